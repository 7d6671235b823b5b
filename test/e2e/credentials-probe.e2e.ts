import { setTimeout } from 'node:timers/promises';
import { LIMITS, TestStack } from './cloudformation';
import { Invocations } from './invocations';
import { arnOf, Scene } from './scene';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const invocations = new Invocations();
const { account, config } = scene;
const handler = handlerWithin({ ...LIMITS, credentials: 1_000 });
const stack = () => new TestStack('One', handler);

/** The paths of the requests for pods, which are dry runs. */
const probes = () => invocations.sent.filter((request) => request.includes('/pods'));
const probesIn = (namespace: string, times: number) => Array.from({ length: times }, () => `POST /api/v1/namespaces/${namespace}/pods`);
const pods = async () => (await scene.cluster.ask('GET', `/api/v1/namespaces/${scene.namespace}/pods`)).items;

/** Creates a quota that refuses pods without resources. No controller of this cluster writes its status, which is what counts. */
async function setQuota(name: string, hard: { [resource: string]: string }): Promise<void> {
  const { namespace, cluster } = scene;
  const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name, namespace }, spec: { hard } };
  await cluster.create(quota);
  const used = Object.fromEntries(Object.keys(hard).map((resource) => [resource, '0']));
  await cluster.ask('PATCH', `/api/v1/namespaces/${namespace}/resourcequotas/${name}/status`, { status: { hard, used } }, 'application/merge-patch+json');
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'x-' }, spec: { containers: [{ name: 'x', image: 'x' }] } };
  while ((await cluster.send('POST', `/api/v1/namespaces/${namespace}/pods?dryRun=All`, pod)).status !== 403) {
    await setTimeout(50);
  }
}

const nameOf = (name: string) => `ServiceAccount ${scene.namespace}/${name}`;

describe('after a service account with a role was applied, the function tries a pod', () => {
  afterEach(async () => {
    expect(await pods()).toEqual([]);
  });

  test('three times, and before the objects that can depend on the account', async () => {
    await stack().deploy({ Set: { objects: [config('c'), account('a', arnOf('reader'))] } });
    expect(probes()).toEqual(probesIn(scene.namespace, 3));
    const written = invocations.sent.filter((request) => /^PATCH .*\/(serviceaccounts|configmaps)\/|pods$/.test(request)).slice(2); // after the dry runs
    expect(written.map((request) => request.split('/').at(-1))).toEqual(['a', 'pods', 'pods', 'pods', 'c']);
    expect(scene.logged).toEqual([]);
  });

  test('again in an Update and in its rollback, but not in a Delete', async () => {
    const one = stack();
    await one.deploy({ Set: { objects: [account('a', arnOf('reader'))] } });
    invocations.sent = [];
    await expect(one.deploy({ Set: { objects: [account('a', arnOf('writer'))] } }, { failsElsewhere: true })).rejects.toThrow('something else failed');
    expect(probes()).toEqual(probesIn(scene.namespace, 6));
    invocations.sent = [];
    await one.destroy();
    expect(probes()).toEqual([]);
  });

  test('not in a rollback that consists of a Delete', async () => {
    const one = stack();
    await one.deploy({ Set: { objects: [account('a', arnOf('reader')), config('c')] } });
    invocations.sent = [];
    await expect(one.deploy({ Set: { objects: [account('a', arnOf('writer'))] } }, { failsElsewhere: true, undoWith: 'delete' })).rejects.toThrow('something else failed');
    expect(probes()).toEqual(probesIn(scene.namespace, 3));
  });

  test.each([
    ['names no role', () => ({ objects: [account('a')] })],
    ['is excepted', () => ({ objects: [account('a', arnOf('reader'))], more: { UnprobedAccounts: [`${scene.namespace}/a`] } })],
  ])('unless the account %s', async (_, set) => {
    await stack().deploy({ Set: set() });
    expect(probes()).toEqual([]);
  });

  test('which meets the Pod Security Standard "restricted" and states the resources that a quota requires', async () => {
    const { namespace } = scene;
    await scene.cluster.patch({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } });
    await setQuota('all', { 'requests.cpu': '1', 'requests.memory': '1Gi', 'limits.cpu': '1', 'limits.memory': '1Gi' });
    await stack().deploy({ Set: { objects: [account('a', arnOf('reader'))] } });
    expect(probes()).toHaveLength(3);
    expect(scene.logged).toEqual([]);
  });

  test('and logs that a quota refuses it, without failing', async () => {
    await setQuota('none', { pods: '0' });
    await stack().deploy({ Set: { objects: [account('a', arnOf('reader'))] } });
    expect(probes()).toHaveLength(1);
    expect(scene.logged).toEqual([expect.stringMatching(new RegExp(`^the function does not wait until pods of ${nameOf('a')} get credentials, because it cannot try to create one: `
      + `${nameOf('a')}: 403 Forbidden: pods "cdk-irsa-probe-\\w+" is forbidden: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0$`))]);
  });

  test('and warns if the pod never gets the variable of EKS Pod Identity, without failing', async () => {
    const more = { PodIdentityAccounts: [`${scene.namespace}/a`] };
    await stack().deploy({ Set: { objects: [account('a', arnOf('reader'))], more } });
    expect(probes().length).toBeGreaterThan(10);
    expect(scene.logged).toEqual([
      `WARNING: pods of ${nameOf('a')} that start now may not get its credentials: a pod must get AWS_CONTAINER_CREDENTIALS_FULL_URI from the webhook of Amazon EKS, `
      + 'but a test pod had no AWS_CONTAINER_CREDENTIALS_FULL_URI',
    ]);
  });
});

test('an account that gets an association is probed, although no object changes', async () => {
  const one = stack();
  const objects = [account('a', arnOf('reader'))];
  await one.deploy({ Set: { objects } });
  invocations.sent = [];
  await one.deploy({ Set: { objects, more: { PodIdentityAccounts: [`${scene.namespace}/a`] } } });
  expect(probes().length).toBeGreaterThan(10);
});
