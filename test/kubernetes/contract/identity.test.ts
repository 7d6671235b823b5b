import { identity, nameOf } from '../../../lib/kubernetes/contract/identity';

test('an object is the same in another version of its API, and with an explicit default namespace', () => {
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'a' } };
  expect(identity({ ...role, apiVersion: 'rbac.authorization.k8s.io/v1beta1', metadata: { name: 'a', namespace: 'default' } })).toBe(identity(role));
  expect(identity({ ...role, metadata: { name: 'a', namespace: 'other' } })).not.toBe(identity(role));
  expect(identity({ ...role, apiVersion: 'v1' })).not.toBe(identity(role));
});

test.each([
  ['Namespace', { name: 'team' }, 'Namespace team'],
  ['ServiceAccount', { name: 'reader' }, 'ServiceAccount reader'],
  ['ServiceAccount', { name: 'reader', namespace: 'reports' }, 'ServiceAccount reports/reader'],
])('messages name a %s as it was written: %j', (kind, metadata, name) => {
  expect(nameOf({ apiVersion: 'v1', kind, metadata })).toBe(name);
});
