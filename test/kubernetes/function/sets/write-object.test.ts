import { ExistingObjects } from '../../../../lib/kubernetes/contract/existing-objects';
import { KubernetesError } from '../../../../lib/kubernetes/function/client/api-server';
import { KubernetesApi } from '../../../../lib/kubernetes/function/client/kubernetes-api';
import { Deadline } from '../../../../lib/kubernetes/function/deadline';
import { LIMITS } from '../../../../lib/kubernetes/function/limits';
import { natureOf } from '../../../../lib/kubernetes/function/nature';
import { ObjectWriter, Step } from '../../../../lib/kubernetes/function/sets/write-object';
import { TestClock } from '../test-clock';

const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'n' } };
const { REFUSE, KEEP } = ExistingObjects;
const entry = { object, token: 't', epoch: 1, landed: false, origin: 'absent' as const, fields: [] };
const conflict = (reason: string) => new KubernetesError('apply', 409, { reason: 'Conflict', message: 'Apply failed with 1 conflict', details: { causes: [{ reason, field: '.data.a' }] } });

const creating = (existing: ExistingObjects): Step => ({
  desired: { object, owner: '123456789012/us-west-2/Stack/Set', existing, isUndo: false, token: 't' }, judgement: { verdict: 'create', entry },
});

/** The error of a write if the API server gives this answer. */
function errorOf(step: Step, error: Error): Promise<unknown> {
  const api = { apply: async () => { throw error; } } as unknown as KubernetesApi;
  const deadline = new Deadline(1_000, LIMITS, { clock: new TestClock() });
  return new ObjectWriter(api, deadline).send(step).catch((failure) => failure);
}

test.each([REFUSE, KEEP])('with %s, a conflict of field managers during a creation means that the object exists now, and is judged again', async (existing) => {
  expect(natureOf(await errorOf(creating(existing), conflict('FieldManagerConflict')))).toBe('stale');
});

test('other errors of a creation stay as they are', async () => {
  const error = new KubernetesError('apply', 422, { reason: 'Invalid', message: 'Invalid value' });
  expect(await errorOf(creating(REFUSE), error)).toBe(error);
});
