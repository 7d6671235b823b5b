import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { KubernetesObjects, ServiceAccountSet, ServiceAccountWithRole } from '../../lib';
import { newCluster, newStack } from '../stacks';

const propertiesIn = (stack: Stack) => Object.values<any>(Template.fromStack(stack).findResources('Custom::KubernetesObjects')).map(({ Properties }) => Properties)
  .find(({ Objects }) => JSON.stringify(Objects).includes('ServiceAccount'));

const account = (options: object = {}) => {
  const stack = newStack();
  new ServiceAccountWithRole(stack, 'Reader', { cluster: newCluster(stack), serviceAccountName: 'reader', ...options });
  return propertiesIn(stack);
};

test.each([undefined, true])('with waitForCredentials: %s, the custom resource has no further property', (waitForCredentials) => {
  expect(Object.keys(account({ waitForCredentials })).sort()).toEqual(['Cluster', 'Existing', 'Objects', 'ServiceTimeout', 'ServiceToken']);
});

test('with waitForCredentials: false, the custom resource names the account', () => {
  expect(account({ waitForCredentials: false, namespace: 'reports' })).toMatchObject({ UnprobedAccounts: ['reports/reader'] });
  expect(account({ waitForCredentials: false })).toMatchObject({ UnprobedAccounts: ['default/reader'] });
});

test('waitForCredentials is set for each account of a set, and an account that was removed does not count', () => {
  const stack = newStack();
  const set = new ServiceAccountSet(stack, 'Team', { cluster: newCluster(stack) });
  set.addServiceAccountWithRole('A', { serviceAccountName: 'a' });
  set.addServiceAccountWithRole('B', { serviceAccountName: 'b', waitForCredentials: false });
  set.addServiceAccountWithRole('C', { serviceAccountName: 'c', waitForCredentials: false });
  set.node.tryRemoveChild('C');
  expect(propertiesIn(stack)).toMatchObject({ UnprobedAccounts: ['default/b'] });
});

test('the custom resource names accounts with an EKS Pod Identity association, unless nobody waits for them', () => {
  const stack = newStack();
  const objects = new KubernetesObjects(stack, 'Objects', { cluster: newCluster(stack) });
  const add = (name: string, credentials: object) => objects._add(stack, () => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'n' } }), credentials);
  add('a', { hasAssociation: true });
  add('b', { hasAssociation: true, waitForCredentials: false });
  add('c', {});
  expect(propertiesIn(stack)).toMatchObject({ PodIdentityAccounts: ['n/a'], UnprobedAccounts: ['n/b'] });
});
