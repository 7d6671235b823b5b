import { expectedVariable } from '../../../../lib/kubernetes/function/credentials/expected-variable';
import { valueIn } from '../../../../lib/kubernetes/function/credentials/probe-pod';

const ROLE = 'arn:aws:iam::123456789012:role/reader';
const account = (metadata: object = {}) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a', namespace: 'n', ...metadata } });
const withRole = (metadata: object = {}) => account({ annotations: { 'eks.amazonaws.com/role-arn': ROLE }, ...metadata });
const OF_IRSA = { name: 'AWS_ROLE_ARN', value: ROLE };
const OF_POD_IDENTITY = { name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI' };

test.each([
  ['no role', account(), {}, undefined],
  ['an empty annotation', account({ annotations: { 'eks.amazonaws.com/role-arn': '' } }), {}, undefined],
  ['a role', withRole(), {}, OF_IRSA],
  ['an association', account(), { PodIdentityAccounts: ['n/a'] }, OF_POD_IDENTITY],
  ['a role and an association, which takes precedence', withRole(), { PodIdentityAccounts: ['n/a'] }, OF_POD_IDENTITY],
  ['a role, while another account of this name has an association', withRole(), { PodIdentityAccounts: ['m/a'] }, OF_IRSA],
  ['a role that nobody waits for', withRole(), { UnprobedAccounts: ['n/a'] }, undefined],
  ['an association without a namespace', account({ namespace: undefined }), { PodIdentityAccounts: ['default/a'] }, OF_POD_IDENTITY],
])('an account with %s', (_, object, properties, variable) => {
  expect(expectedVariable(object, properties)).toEqual(variable);
});

test('only the container of the probe counts, because others may be added to the pod', () => {
  const containers = [{ name: 'proxy', env: [{ name: 'AWS_ROLE_ARN', value: 'theirs' }] }, { name: 'probe', env: [{ name: 'A', value: 'x' }, { name: 'AWS_ROLE_ARN', value: 'ours' }] }];
  const pod = (some: object[]) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: some } });
  expect(valueIn(pod(containers), 'AWS_ROLE_ARN')).toBe('ours');
  expect(valueIn(pod(containers.slice(0, 1)), 'AWS_ROLE_ARN')).toBeUndefined();
  expect(valueIn(pod([{ name: 'probe' }]), 'AWS_ROLE_ARN')).toBeUndefined();
});
