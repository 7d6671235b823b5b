import { Answer, Arrived, changes, discoverable, loopback } from './loopback';
import { handler } from '../../../lib/manifests/handler/apply-objects';

async function serve(answer: Answer = discoverable()) {
  const { options, arrived } = await loopback(answer);
  Object.assign(process.env, {
    CLUSTER_NAME: 'my-cluster',
    CLUSTER_ENDPOINT: options.endpoint,
    CLUSTER_CERTIFICATE_AUTHORITY: options.certificateAuthority,
    STS_HOST: 'sts.us-east-1.amazonaws.com',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  });
  return arrived;
}

const account = (name: string, namespace?: string) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
const json = (...objects: object[]) => ({ Objects: objects.map((o) => JSON.stringify(o)) });
const applied = (arrived: Arrived[]) => arrived.filter(({ method }) => method === 'PATCH');
const path = (name: string) => `/api/v1/namespaces/default/serviceaccounts/${name}`;

test('objects are applied in their order, with a token for the cluster', async () => {
  const arrived = await serve();
  const response = await handler({ RequestType: 'Create', LogicalResourceId: 'Objects', ResourceProperties: json(account('a'), account('b')) });
  expect(response).toEqual({ PhysicalResourceId: 'Objects' });
  expect(changes(arrived)).toEqual([`PATCH ${path('a')}`, `PATCH ${path('b')}`]);
  expect(arrived[0].headers.authorization).toMatch(/^Bearer k8s-aws-v1\./);
});

test('an update deletes what is no longer there, last first', async () => {
  const arrived = await serve(discoverable(({ method }) => [method === 'DELETE' ? 404 : 200, {}]));
  const response = await handler({
    RequestType: 'Update',
    LogicalResourceId: 'Objects',
    PhysicalResourceId: 'first',
    ResourceProperties: json(account('a')),
    OldResourceProperties: json(account('a'), account('b'), account('c')),
  });
  expect(response).toEqual({ PhysicalResourceId: 'first' });
  expect(changes(arrived)).toEqual([`PATCH ${path('a')}`, `DELETE ${path('c')}`, `DELETE ${path('b')}`]);
});

test('writing the default namespace out deletes nothing', async () => {
  const arrived = await serve();
  await handler({ RequestType: 'Update', LogicalResourceId: 'Objects', ResourceProperties: json(account('a', 'default')), OldResourceProperties: json(account('a')) });
  expect(changes(arrived)).toEqual([`PATCH ${path('a')}`]);
});

test.each([[undefined, null], ['true' as const, 'true']])('fields of others are taken by force only where overwrite is %s', async (overwrite, force) => {
  const arrived = await serve();
  await handler({ RequestType: 'Create', LogicalResourceId: 'Objects', ResourceProperties: { ...json(account('a')), Overwrite: overwrite } });
  expect(applied(arrived).map(({ url }) => new URL(url, 'https://a').searchParams.get('force'))).toEqual([force]);
});

describe('what is only created', () => {
  const createOnly = (...objects: object[]) => ({ ...json(...objects), CreateOnly: 'true' as const });

  test('is created with a resourceVersion, which makes it a conflict where it is there', async () => {
    const arrived = await serve();
    await handler({ RequestType: 'Create', LogicalResourceId: 'Objects', ResourceProperties: createOnly(account('a')) });
    expect(JSON.parse(applied(arrived)[0].body).metadata).toMatchObject({ name: 'a', resourceVersion: '1' });
  });

  test('stays as it is where it is there', async () => {
    const arrived = await serve(discoverable(() => [409, { kind: 'Status', reason: 'Conflict', message: 'modified' }]));
    await handler({ RequestType: 'Create', LogicalResourceId: 'Objects', ResourceProperties: createOnly(account('a'), account('b')) });
    expect(applied(arrived)).toHaveLength(2);
  });

  test('is not deleted', async () => {
    const arrived = await serve();
    await handler({ RequestType: 'Update', LogicalResourceId: 'Objects', ResourceProperties: createOnly(), OldResourceProperties: createOnly(account('a')) });
    await handler({ RequestType: 'Delete', LogicalResourceId: 'Objects', ResourceProperties: createOnly(account('a')) });
    expect(changes(arrived)).toEqual([]);
  });
});

test('a kind that the set defines may take a moment to be served', async () => {
  const definition = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'widgets.example.com' } };
  const widget = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' } };
  let asked = 0;
  const arrived = await serve(({ url }) => {
    switch (url) {
      case '/apis/apiextensions.k8s.io/v1': return [200, { resources: [{ kind: 'CustomResourceDefinition', name: 'customresourcedefinitions', namespaced: false }] }];
      case '/apis/example.com/v1': return ++asked < 4 ? [404, '404 page not found'] : [200, { resources: [{ kind: 'Widget', name: 'widgets', namespaced: false }] }];
      default: return [200, {}];
    }
  });
  await handler({ RequestType: 'Create', LogicalResourceId: 'Objects', ResourceProperties: json(definition, widget) });
  expect(changes(arrived)[1]).toBe('PATCH /apis/example.com/v1/widgets/w');
});

test('what the cluster says reaches the user', async () => {
  await serve(discoverable(() => [403, { kind: 'Status', reason: 'Forbidden', message: 'said no' }]));
  await expect(handler({ RequestType: 'Create', LogicalResourceId: 'Objects', ResourceProperties: json(account('a', 'd')) }))
    .rejects.toThrow('apply of ServiceAccount d/a failed: 403 Forbidden: said no');
});
