import { CfnParameter, Stack } from 'aws-cdk-lib';
import { IIrsaCluster, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole, verification } from '../../lib';
import { deployedObjects, deployedTrust } from '../deployed';
import { ExistingCluster, newCluster, newStack } from '../stacks';

const { exact, pattern } = ServiceAccountSubject;
const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/E1';

/** What the OIDC provider and the role answer to a token of `default/reader`. */
function answersTo(reader: ServiceAccountWithRole, audience: string) {
  const { provider, outcome } = verification.PodAccess.fromStack(Stack.of(reader)).trustPolicyOf(reader).decideToken({ serviceAccountName: 'reader', audience });
  return [provider, outcome];
}

test('the OIDC provider, the trust policy and the service account have the audience of the cluster', () => {
  const stack = newStack();
  const cluster = newCluster(stack, { audience: 'vault' });
  const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader' });
  expect(answersTo(reader, 'vault')).toEqual(['ALLOWED', 'ALLOWED']);
  expect(answersTo(reader, 'sts.amazonaws.com')).toEqual(['DENIED', 'DENIED']);
  expect(deployedObjects(stack).find(({ kind }) => kind === 'ServiceAccount')!.metadata.annotations).toMatchObject({ 'eks.amazonaws.com/audience': 'vault' });
});

test('the audience is sts.amazonaws.com by default, without an annotation', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader' });
  expect(answersTo(reader, 'sts.amazonaws.com')).toEqual(['ALLOWED', 'ALLOWED']);
  expect(answersTo(reader, 'vault')).toEqual(['DENIED', 'DENIED']);
  expect(Object.keys(deployedObjects(stack).find(({ kind }) => kind === 'ServiceAccount')!.metadata.annotations)).toEqual(['eks.amazonaws.com/role-arn']);
});

test('the annotations of a role have the audience of its cluster', () => {
  const stack = newStack();
  const role = new ServiceAccountRole(stack, 'Role', { cluster: new ExistingCluster(stack, 'Cluster', { audience: 'vault' }), subjects: [exact('a', 'x')] });
  expect(stack.resolve(role.annotations)).toEqual({ 'eks.amazonaws.com/role-arn': expect.anything(), 'eks.amazonaws.com/audience': 'vault' });
});

test('a role that trusts clusters with different audiences has a statement for each, and the annotations of the first', () => {
  const stack = newStack();
  const role = new ServiceAccountRole(stack, 'Role', { cluster: new ExistingCluster(stack, 'One', { audience: 'one' }), subjects: [exact('a', 'x')] });
  const two = new ExistingCluster(stack, 'Two', { audience: 'two' });
  role.addTrust(two, exact('a', 'x'), pattern('b', 'y*'));
  role.addTrust(two, exact('a', 'z'));
  expect(deployedTrust(stack).Statement.map(({ Condition }: any) => Condition)).toEqual([
    { StringEquals: { [`${ISSUER}:aud`]: 'one', [`${ISSUER}:sub`]: 'system:serviceaccount:a:x' } },
    { StringEquals: { [`${ISSUER}:aud`]: 'two', [`${ISSUER}:sub`]: ['system:serviceaccount:a:x', 'system:serviceaccount:a:z'] } },
    { StringEquals: { [`${ISSUER}:aud`]: 'two' }, StringLike: { [`${ISSUER}:sub`]: 'system:serviceaccount:b:y*' } },
  ]);
  expect(stack.resolve(role.annotations)).toMatchObject({ 'eks.amazonaws.com/audience': 'one' });
});

describe('fails for an audience that is', () => {
  const allowed = 'but must be 1 to 255 printable ASCII characters without spaces or $: the default is sts.amazonaws.com';

  test.each([
    ['empty', '', `audience is "", ${allowed}`],
    ['longer than a client ID of IAM', 'a'.repeat(256), `audience is "${'a'.repeat(256)}", ${allowed}`],
    ['a policy variable', '${aws:username}', `audience is "\${aws:username}", ${allowed}`],
    ['two words', 'sts amazonaws', `audience is "sts amazonaws", ${allowed}`],
  ])('%s', (_, audience, message) => {
    const stack = newStack();
    expect(() => newCluster(stack, { audience })).toThrow(new Error(`Stack/Cluster: ${message}`));
    expect(() => new ServiceAccountRole(stack, 'Role', { cluster: new ExistingCluster(stack, 'Other', { audience }), subjects: [exact('a', 'x')] }))
      .toThrow(new Error(`Stack/Role: cluster.${message}`));
  });

  test('a token, because the annotation depends on it', () => {
    const stack = newStack();
    const audience = new CfnParameter(stack, 'Audience').valueAsString;
    expect(() => newCluster(stack, { audience })).toThrow(new Error(
      'Stack/Cluster: audience is "<token>", but must be known when the app is synthesized: only an audience that is not the default needs an annotation'));
  });

  test('undefined, for which a trust policy would not have a condition', () => {
    const stack = newStack();
    const cluster: IIrsaCluster = new ExistingCluster(stack, 'Cluster', { audience: undefined });
    expect(() => new ServiceAccountRole(stack, 'Role', { cluster, subjects: [exact('a', 'x')] })).toThrow(new Error(`Stack/Role: cluster.audience is undefined, ${allowed}`));
  });
});
