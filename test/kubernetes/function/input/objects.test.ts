import { parse, ranked } from '../../../../lib/kubernetes/function/input/objects';

const parsed = (object: object) => parse({ Objects: [JSON.stringify(object)] })[0];

test('an empty map or list that would only claim ownership is not sent', () => {
  expect(parsed({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a', labels: {}, annotations: null, finalizers: [] }, imagePullSecrets: [], secrets: null }))
    .toEqual({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a' } });
});

test('an empty map that has a meaning is sent', () => {
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'a' }, spec: { podSelector: {}, ingress: [] } };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { volumes: [{ name: 'v', emptyDir: {} }], containers: [] } };
  const custom = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' }, rules: {} };
  for (const object of [policy, pod, custom]) {
    expect(parsed(object)).toEqual(object);
  }
});

test('objects are applied after the objects that they need', () => {
  const kinds = ['ValidatingWebhookConfiguration', 'Job', 'Widget', 'RoleBinding', 'Role', 'ServiceAccount', 'CustomResourceDefinition', 'Namespace'];
  expect(ranked(kinds.map((kind) => ({ apiVersion: 'v1', kind, metadata: { name: 'a' } })), (object) => object).map((rank) => rank.map(({ kind }) => kind)))
    .toEqual([['Namespace'], ['CustomResourceDefinition'], ['ServiceAccount'], ['Role'], ['RoleBinding'], ['Job', 'Widget'], ['ValidatingWebhookConfiguration']]);
});
