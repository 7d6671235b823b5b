import { ApiServer } from '../../../../lib/kubernetes/function/client/api-server';
import { KubernetesApi } from '../../../../lib/kubernetes/function/client/kubernetes-api';
import { Answer, changes, discoverable, loopback } from '../loopback';

const fence = { timeout: 15_000, check: async () => {} };

async function serve(answer: Answer = discoverable()) {
  const there = await loopback(answer);
  return { ...there, api: new KubernetesApi(new ApiServer(there.options), fence) };
}

const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a', namespace: 'd' } };
const widget = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' } };

test('an object is sent as it was written', async () => {
  const { api, arrived } = await serve();
  await api.apply({ ...account, new: [{ from: null }] }, { fieldManager: 'me', force: true });
  expect(arrived[1]).toMatchObject({
    method: 'PATCH',
    url: '/api/v1/namespaces/d/serviceaccounts/a?fieldManager=me&fieldValidation=Strict&force=true&timeout=15000ms',
    headers: { 'content-type': 'application/apply-patch+yaml' },
  });
  expect(JSON.parse(arrived[1].body)).toEqual({ ...account, new: [{ from: null }] });
});

test('a dry run is sent as a dry run, without a time limit for writes', async () => {
  const { api, arrived } = await serve();
  await api.apply(account, { fieldManager: 'me', dryRun: true });
  expect(arrived[1].url).toBe('/api/v1/namespaces/d/serviceaccounts/a?fieldManager=me&fieldValidation=Strict&dryRun=All');
});

test('an invocation that has lost the lock can read and dry-run, but cannot write', async () => {
  const there = await loopback(discoverable());
  const api = new KubernetesApi(new ApiServer(there.options), { ...fence, check: async () => { throw new Error('lost'); } });
  await api.get(account);
  await api.apply(account, { fieldManager: 'me', dryRun: true });
  await expect(api.apply(account, { fieldManager: 'me' })).rejects.toThrow('lost');
  await expect(api.remove(account)).rejects.toThrow('lost');
  await expect(api.patchJson(account, [], 'me')).rejects.toThrow('lost');
  expect(there.arrived.filter(({ method, url }) => method !== 'GET' && !url.includes('dryRun=All'))).toEqual([]);
});

test('paths keep their case, and a subresource is not mistaken for its resource', async () => {
  const { api, arrived } = await serve();
  await api.remove({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'cdk:Reader' } });
  await api.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n', namespace: 'ignored' } });
  await api.remove({ ...account, metadata: { name: 'a' } });
  expect(changes(arrived)).toEqual([
    'DELETE /apis/rbac.authorization.k8s.io/v1/clusterroles/cdk%3AReader', 'DELETE /api/v1/namespaces/n', 'DELETE /api/v1/namespaces/default/serviceaccounts/a',
  ]);
});

test('concurrent requests discover each API group version once', async () => {
  const { api, arrived } = await serve();
  await Promise.all([api.get(account), api.get(account), api.remove(account)]);
  expect(arrived.filter(({ url }) => url === '/api/v1')).toHaveLength(1);
});

test('a kind is found as soon as it is defined', async () => {
  let resources: object[] = [];
  const { api } = await serve(({ url }) => [200, url === '/apis/example.com/v1' ? { resources } : widget]);
  await expect(api.apply(widget, { fieldManager: 'me' })).rejects.toThrow('apply of Widget w failed: 404: the cluster has no kind Widget in example.com/v1');
  resources = [{ kind: 'Widget', name: 'widgets', namespaced: false }];
  expect(await api.get(widget)).toEqual(widget);
});

test('a failed discovery is retried', async () => {
  let status = 503;
  const { api } = await serve((request, response) => (status === 503 ? [status, 'wait'] : discoverable()(request, response)));
  await expect(api.get(account)).rejects.toThrow('discovery of v1 failed: 503: wait');
  status = 200;
  expect(await api.get(account)).toEqual({});
});

test('an object that does not exist can be requested and deleted, and so can an object of an unknown kind', async () => {
  const { api } = await serve(discoverable(() => [404, 'gone']));
  expect([await api.get(account), await api.get(widget)]).toEqual([undefined, undefined]);
  expect([await api.remove(account), await api.remove(widget)]).toEqual([false, false]);
});

test('preconditions and patches are sent in the format of Kubernetes', async () => {
  const { api, arrived } = await serve();
  await api.remove(account, { propagationPolicy: 'Foreground', preconditions: { uid: 'u' } });
  await api.patchJson(account, [{ op: 'test', path: '/metadata/uid', value: 'u' }], 'me');
  expect(JSON.parse(arrived[1].body)).toEqual({ apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Foreground', preconditions: { uid: 'u' } });
  expect(arrived[2]).toMatchObject({ method: 'PATCH', headers: { 'content-type': 'application/json-patch+json' }, body: '[{"op":"test","path":"/metadata/uid","value":"u"}]' });
});

test.each(['', '.', '..'])('"%s" is not a valid name, because the path would refer to something else', async (name) => {
  const { api, arrived } = await serve();
  await expect(api.remove({ ...account, metadata: { name, namespace: 'd' } })).rejects.toThrow('metadata.name must be a valid name');
  expect(arrived).toEqual([]);
});

const IMPOSSIBLE: [string, { apiVersion?: any; namespace?: any }][] = [
  ['apiVersion', { apiVersion: '' }],
  ['apiVersion', { apiVersion: 1 }],
  ['apiVersion', { apiVersion: '..' }],
  ['apiVersion', { apiVersion: 'v1/../v1' }],
  ['apiVersion', { apiVersion: '../v1' }],
  ['apiVersion', { apiVersion: 'v1?x=' }],
  ['apiVersion', { apiVersion: 'v1#' }],
  ['apiVersion', { apiVersion: 'v%31' }],
  ['apiVersion', { apiVersion: 'V1' }],
  ['apiVersion', { apiVersion: '1v' }],
  ['apiVersion', { apiVersion: '/v1' }],
  ['apiVersion', { apiVersion: 'apps/' }],
  ['apiVersion', { apiVersion: 'a/b/v1' }],
  ['apiVersion', { apiVersion: 'a..b/v1' }],
  ['apiVersion', { apiVersion: `${'a'.repeat(64)}/v1` }],
  ['apiVersion', { apiVersion: 'v1\n' }],
  ['metadata.namespace', { namespace: '..' }],
  ['metadata.namespace', { namespace: '.' }],
  ['metadata.namespace', { namespace: '' }],
  ['metadata.namespace', { namespace: 'a/b' }],
  ['metadata.namespace', { namespace: 1 }],
];

test.each(IMPOSSIBLE)('an object whose %s is invalid is rejected without a request, and counts as absent: %j', async (property, { apiVersion = 'v1', namespace = 'd' }) => {
  const { api, arrived } = await serve();
  const object = { ...account, apiVersion, metadata: { name: 'a', namespace } };
  await expect(api.apply(object, { fieldManager: 'me' })).rejects.toThrow(`failed: ${property} must be `);
  await expect(api.isValidAsNew(object, 'me')).rejects.toThrow(`failed: ${property} must be `);
  expect([await api.get(object), await api.remove(object)]).toEqual([undefined, false]);
  expect(arrived).toEqual([]);
});

test.each(['v1', 'v1beta1', 'apps/v1', 'rbac.authorization.k8s.io/v1', 'a-b.example.com/v1-x'])('"%s" is a valid apiVersion', async (apiVersion) => {
  const { api, arrived } = await serve(() => [200, { resources: [{ kind: 'ServiceAccount', name: 'serviceaccounts', namespaced: true }] }]);
  await api.get({ ...account, apiVersion });
  expect(arrived.map(({ url }) => url)).toEqual([
    `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`, `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}/namespaces/d/serviceaccounts/a`,
  ]);
});

test.each(['..', '.', 'a/../b', 'a?b', 'A', ''])('a kind with the plural %j, which would change the path, is not found', async (name) => {
  const { api, arrived } = await serve(() => [200, { resources: [{ kind: 'ServiceAccount', name, namespaced: true }] }]);
  await expect(api.apply(account, { fieldManager: 'me' })).rejects.toThrow('404: the cluster has no kind ServiceAccount in v1');
  expect(changes(arrived)).toEqual([]);
});
