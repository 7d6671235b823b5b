import { KubernetesError } from '../../../lib/kubernetes/function/client/api-server';
import { StatusCause } from '../../../lib/kubernetes/function/client/safe-message';
import { RetriesFailed } from '../../../lib/kubernetes/function/deadline';
import { describe as said, describeRecords, presentable } from '../../../lib/kubernetes/function/errors';
import { natureOf } from '../../../lib/kubernetes/function/nature';

const refusal = (code: number, reason?: string, causes: StatusCause[] = [], message = 'no') => new KubernetesError('apply', code, { reason, message, details: { causes } });
const unreachable = (code: string) => new Error('failed', { cause: Object.assign(new Error(), { code }) });

test.each([
  ['the connection is refused', unreachable('ECONNREFUSED'), 'passing'],
  ['the name is unknown', unreachable('ENOTFOUND'), 'passing'],
  ['there is no answer', unreachable('ABORT_ERR'), 'passing'],
  ['the certificate is not the cluster\'s', unreachable('DEPTH_ZERO_SELF_SIGNED_CERT'), 'final'],
  ['an input is invalid', new Error('metadata.name must be a valid name'), 'final'],
  ['a webhook is down', refusal(500, 'InternalError'), 'passing'],
  ['the schema has no such field', refusal(500), 'final'],
  ['there are too many requests', refusal(429), 'passing'],
  ['the server restarts', refusal(503), 'passing'],
  ['it takes too long', refusal(504, 'Timeout'), 'passing'],
  ['the token is refused', refusal(401, 'Unauthorized'), 'access'],
  ['the role is not allowed to do this', refusal(403, 'Forbidden'), 'access'],
  ['the namespace is being deleted', refusal(403, 'Forbidden', [{ reason: 'NamespaceTerminating' }]), 'passing'],
  ['something does not exist', refusal(404, 'NotFound'), 'arrival'],
  ['someone else changed the object first', refusal(409, 'Conflict'), 'stale'],
  ['someone else manages the field', refusal(409, 'Conflict', [{ reason: 'FieldManagerConflict' }]), 'final'],
  ['the object was recreated', refusal(422, 'Invalid', [{ field: 'metadata.uid' }]), 'stale'],
  ['the object is invalid', refusal(422, 'Invalid', [{ field: 'spec' }]), 'final'],
  ['the request is invalid', refusal(400, 'BadRequest'), 'final'],
])('if %s, error %# is %s', (_, error, nature) => {
  expect(natureOf(error)).toBe(nature);
});

const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j', namespace: 'n' } };

describe('an error about an object names fields and reasons, but no values', () => {
  const SEE = ': the rest of the message could contain values and is omitted: to see it, run kubectl apply --server-side --dry-run=server';
  const typed = 'failed to create typed patch object (n/c; /v1, Kind=ConfigMap): .data.password: expected string, got &value.valueUnstructured{Value:map[string]interface {}{"a":"S3CR3T4"}}';

  test.each<[string, KubernetesError, string]>([
    ['of fields', refusal(422, 'Invalid', [{ field: 'spec.template', reason: 'FieldValueInvalid', message: 'Invalid value: "S3CR3T4": bad' }, { field: 'spec.x', message: 'S3CR3T4' }], 'S3CR3T4'),
      `422 Invalid: spec.template: FieldValueInvalid; spec.x${SEE}`],
    ['of a field without a name', refusal(422, 'Invalid', [{ message: 'S3CR3T4' }], 'S3CR3T4'), `422 Invalid${SEE}`],
    ['of a type', refusal(500, undefined, [], typed), `500: .data.password: expected string${SEE}`],
    ['of a field that does not exist', refusal(500, undefined, [], 'failed to create typed patch object (n/j; batch/v1, Kind=Job): .spec.S: field not declared in schema'),
      `500: .spec.S: field not declared in schema${SEE}`],
    ['of a text that cannot be read', refusal(400, 'BadRequest', [], 'json: cannot unmarshal "S3CR3T4"'), `400 BadRequest${SEE}`],
    ['of an admission webhook', refusal(403, 'Forbidden', [], 'admission webhook "policy.example.com" denied the request: "S3CR3T4" is not allowed'),
      `403 Forbidden: admission webhook "policy.example.com" denied the request${SEE}`],
    ['of an admission policy', refusal(403, 'Forbidden', [], 'configmaps "c" is forbidden: ValidatingAdmissionPolicy \'p\' with binding \'b\' denied request: S3CR3T4'),
      `403 Forbidden: configmaps "c" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request${SEE}`],
    ['of a webhook that does not answer', refusal(500, 'InternalError', [{ message: 'S3CR3T4' }], 'Internal error occurred: failed calling webhook "a.example.com": S3CR3T4'),
      `500 InternalError: failed calling webhook "a.example.com"${SEE}`],
    ['of another manager', refusal(409, 'Conflict', [{ field: '.data.a', reason: 'FieldManagerConflict', message: 'conflict with "kubectl" using v1' }], 'conflict'),
      '409 Conflict: .data.a: conflict with "kubectl" using v1'],
    ['of permissions', refusal(403, 'Forbidden', [], 'jobs "j" is forbidden: User "f" cannot patch resource "jobs"'), '403 Forbidden: jobs "j" is forbidden: User "f" cannot patch resource "jobs"'],
    ['of a namespace that is being deleted', refusal(403, 'Forbidden', [{ field: 'metadata.namespace', reason: 'NamespaceTerminating', message: 'namespace n is being terminated' }]),
      '403 Forbidden: metadata.namespace: namespace n is being terminated'],
  ])('%s', (_, error, words) => {
    expect(said(job, error).message).toBe(`Job n/j: ${words}`);
    expect(error.message).not.toContain('S3CR3T4');
  });
});

test('a long message keeps its start and its end', () => {
  const text = said(job, refusal(403, 'Forbidden', [], `jobs "${'x'.repeat(2_000)}" is forbidden: User "f" cannot patch it`)).message;
  expect(text).toMatch(/^Job n\/j: 403 Forbidden: jobs "x+ \.\.\. x+" is forbidden: User "f" cannot patch it$/);
  expect(text.length).toBeLessThan(500);
});

test('the number of attempts stays at the end of the message', () => {
  const tried = new RetriesFailed(refusal(503, 'ServiceUnavailable'), 3, 2_000);
  expect(said(job, tried).message).toBe('Job n/j: 503 ServiceUnavailable: no (tried 3 times in 2 s)');
});

test('what the API server writes does not count as the number of attempts', () => {
  expect(said(job, refusal(403, 'Forbidden', [], 'no (tried 3 times in 2 s)')).message).toBe('Job n/j: 403 Forbidden: no (tried 3 times in 2 s)');
});

test('an error about a Secret names only the fields', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'n' } };
  expect(said(secret, refusal(422, 'Invalid', [{ field: 'data[a]', message: 'hunter2' }], 'hunter2')).message)
    .toBe('Secret n/s: 422 Invalid for data[a]: the message of the API server is omitted because it could contain data of the Secret');
});

test('an error about the records says what the function must be allowed to do', () => {
  const forbidden = 'secrets "a" is forbidden: User "function" cannot get resource "secrets" in API group "" in the namespace "cdk-irsa"';
  const tried = new RetriesFailed(refusal(403, 'Forbidden', [], forbidden), 30, 120_000);
  const message = `Namespace cdk-irsa, which contains the records of sets: 403 Forbidden: ${forbidden}`;
  const needs = 'the namespace must exist, and the function must be allowed to get, list, create, update and delete its Secrets';
  expect(describeRecords(tried)).toEqual(new Error(`${message} (tried 30 times in 120 s): ${needs}`));
  expect(describeRecords(tried.cause)).toEqual(new Error(`${message}: ${needs}`));
  expect(describeRecords(refusal(503)).message).toBe('Namespace cdk-irsa, which contains the records of sets: 503: no');
});

test('an error for CloudFormation has no stack trace and fits into the limit', () => {
  const error = presentable(new Error('ä'.repeat(5_000)));
  expect(error.stack).toBe('');
  expect(Buffer.byteLength(error.message)).toBeLessThanOrEqual(2_500);
  expect(error.message).toMatch(/^ä+ \.\.\.$/);
});
