import { LIMITS, Set, TestStack } from './cloudformation';
import { Invocations } from './invocations';
import { associate, makeRole } from './pod-identities';
import { arnOf, Scene } from './scene';
import { skip, until } from './waiting';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const invocations = new Invocations();

const { account, config } = scene;
const CREDENTIALS = 240_000;
const handler = handlerWithin({ ...LIMITS, work: 3 * CREDENTIALS, all: 4 * CREDENTIALS, credentials: CREDENTIALS });
const stack = () => new TestStack('One', handler);

/** The paths of the requests for pods, which are dry runs. */
const PROBE = /\/pods$/;
const probes = () => invocations.sent.filter((request) => PROBE.test(request));
const probesIn = (namespace: string, times: number) => Array.from({ length: times }, () => `POST /api/v1/namespaces/${namespace}/pods`);
/** Deploys, and lets the time for credentials end after some attempts. */
async function deployInVain(sets: { [logicalId: string]: Set }, one = stack()): Promise<void> {
  const begun = invocations.sent.length;
  const deployed = one.deploy(sets);
  await Promise.race([deployed, invocations.sends(PROBE, { times: 20, from: begun })]);
  skip(CREDENTIALS);
  await deployed;
}

const pods = async () => (await scene.cluster.ask('GET', `/api/v1/namespaces/${scene.namespace}/pods`)).items;

/** Creates a quota that refuses pods without resources. No controller of this cluster writes its status, which is what counts. */
async function setQuota(name: string, hard: { [resource: string]: string }): Promise<void> {
  const { namespace, cluster } = scene;
  const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name, namespace }, spec: { hard } };
  await cluster.create(quota);
  const used = Object.fromEntries(Object.keys(hard).map((resource) => [resource, '0']));
  await cluster.ask('PATCH', `/api/v1/namespaces/${namespace}/resourcequotas/${name}/status`, { status: { hard, used } }, 'application/merge-patch+json');
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'x-' }, spec: { containers: [{ name: 'x', image: 'x' }] } };
  await until(async () => (await cluster.send('POST', `/api/v1/namespaces/${namespace}/pods?dryRun=All`, pod)).status === 403);
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

  test('once for each account, and three times for the last of the new accounts and of the others, because the webhook learns of changes in their order', async () => {
    const one = stack();
    const accounts = (role: string, count: number) => Array.from({ length: count }, (_, i) => account(`a-${i}`, arnOf(role)));
    await one.deploy({ Set: { objects: accounts('reader', 5) } });
    expect(probes()).toEqual(probesIn(scene.namespace, 5 + 2));
    invocations.sent = [];
    await one.deploy({ Set: { objects: accounts('writer', 7) } });
    expect(probes()).toEqual(probesIn(scene.namespace, 7 + 2 + 2));
    invocations.sent = [];
    await one.deploy({ Set: { objects: [...accounts('writer', 7), config('c')] } }); // accounts that do not change have been written, too
    expect(probes()).toEqual(probesIn(scene.namespace, 7 + 2));
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
    await deployInVain({ Set: { objects: [account('a', arnOf('reader'))], more } });
    expect(scene.logged).toEqual([
      `WARNING: pods of ${nameOf('a')} that start now may not get its credentials: expected AWS_CONTAINER_CREDENTIALS_FULL_URI in a test pod, `
      + 'but the last attempt found: no AWS_CONTAINER_CREDENTIALS_FULL_URI',
    ]);
  });
});

test('an account with an association is ready when pods get the variable of EKS Pod Identity, and needs no role in an annotation', async () => {
  await makeRole(scene.aws, 'associated');
  await associate(scene.aws, 'test', 'a', 'associated', '--namespace', scene.namespace);
  await stack().deploy({ Set: { objects: [account('a')], more: { PodIdentityAccounts: [`${scene.namespace}/a`] } } });
  expect(probes()).toHaveLength(3);
  expect(scene.logged).toEqual([]);
});

test('an account whose association someone else has yet to delete is not waited for', async () => {
  await makeRole(scene.aws, 'left');
  await associate(scene.aws, 'test', 'b', 'left', '--namespace', scene.namespace);
  await stack().deploy({ Set: { objects: [account('b', arnOf('reader'))] } });
  expect(probes()).toHaveLength(1);
  expect(scene.logged).toEqual([expect.stringMatching(/^the function does not wait until pods of ServiceAccount \S+\/b get the credentials of the annotation, because they get those of an EKS Pod Identity association/)]);
});

test('an account that gets an association is probed, although no object changes', async () => {
  const one = stack();
  const objects = [account('a', arnOf('reader'))];
  await one.deploy({ Set: { objects } });
  invocations.sent = [];
  await deployInVain({ Set: { objects, more: { PodIdentityAccounts: [`${scene.namespace}/a`] } } }, one);
  expect(probes().length).toBeGreaterThanOrEqual(20);
});

const ask = (what: 'hold' | 'split' | 'disable' | 'release') => scene.aws.control({ do: `${what}_webhook`, cluster: 'test' });

describe('while the webhook does not see what has changed', () => {
  beforeEach(() => ask('hold'));
  afterEach(() => ask('release'));

  /** Deploys, and lets the webhook see the change after some attempts. */
  async function deployInTime(sets: { [logicalId: string]: Set }, one = stack()): Promise<void> {
    const deployed = one.deploy(sets);
    await Promise.race([deployed, invocations.sends(PROBE, { times: 10, from: invocations.sent.length })]);
    await ask('release');
    await deployed;
  }

  /** A Job that succeeds if its pod has a role. */
  const job = (role: string) => {
    const { spec: { template }, ...rest } = scene.job('j', `test "$AWS_ROLE_ARN" = ${arnOf(role)}`);
    return { ...rest, spec: { backoffLimit: 0, template: { spec: { ...template.spec, serviceAccountName: 'a' } } } };
  };
  const endOf = async () => {
    const isEnd = ({ type, status }: any) => ['Complete', 'Failed'].includes(type) && status === 'True';
    const { status: { conditions, succeeded = 0 } } = await until(() => scene.cluster.find(job('')), ({ status }) => status.conditions?.some(isEnd));
    return `${conditions.find(isEnd).type} ${succeeded}/1`;
  };

  test('a Job of the next set fails without the probe, and completes with it', async () => {
    const one = stack();
    await one.deploy({ Set: { objects: [account('a', arnOf('reader'))], more: { UnprobedAccounts: [`${scene.namespace}/a`] } }, Jobs: { objects: [job('reader')] } });
    expect(await endOf()).toBe('Failed 0/1');
    await one.destroy();
    await deployInTime({ Set: { objects: [account('a', arnOf('reader'))] }, Jobs: { objects: [job('reader')] } });
    expect(await endOf()).toBe('Complete 1/1');
    expect(scene.logged).toEqual([]);
  });

  test('a Job of the same set completes, also after the role has changed', async () => {
    const one = stack();
    await deployInTime({ Set: { objects: [account('a', arnOf('reader')), job('reader')] } }, one);
    expect(await endOf()).toBe('Complete 1/1');
    await ask('hold');
    await deployInTime({ Set: { objects: [account('a', arnOf('writer')), job('writer')] } }, one);
    expect(await endOf()).toBe('Complete 1/1');
  });

  test('the warning names the role that pods still get', async () => {
    await deployInTime({ Set: { objects: [account('a', arnOf('reader'))] } });
    await ask('hold');
    await deployInVain({ Set: { objects: [account('a', arnOf('writer'))], existing: ExistingObjects.TAKE_OVER } }, new TestStack('Other', handler));
    expect(scene.logged).toContainEqual(`WARNING: pods of ${nameOf('a')} that start now may not get its credentials: expected AWS_ROLE_ARN ${arnOf('writer')} `
      + `in a test pod, but the last attempt found: AWS_ROLE_ARN "${arnOf('reader')}"`);
  });
});

test('one of several webhooks that does not see the account that was written last is a warning', async () => {
  await ask('split');
  await deployInVain({ Set: { objects: [account('a', arnOf('reader'))] } }).finally(() => ask('release'));
  expect(scene.logged).toEqual([expect.stringMatching(new RegExp(`^WARNING: pods of ${nameOf('a')} that start now may not get its credentials: .* found: no AWS_ROLE_ARN$`))]);
});

test('a webhook that changes no pod is a warning with the name of each account, and not an error', async () => {
  await ask('disable');
  const accounts = Array.from({ length: 25 }, (_, i) => account(`a-${i}`, arnOf('reader')));
  const deployed = stack().deploy({ Set: { objects: accounts } });
  await invocations.sends(PROBE, { times: 2 * accounts.length });
  const before = probes().length;
  skip(CREDENTIALS); // the end for all of them: none has a limit of its own
  await deployed.finally(() => ask('release'));
  expect(probes().length - before).toBeLessThan(accounts.length);
  expect(scene.logged.sort()).toEqual(accounts.map(({ metadata: { name } }) => expect.stringMatching(new RegExp(`^WARNING: pods of ${nameOf(name)} .* but the last attempt found: no AWS_ROLE_ARN$`)))
    .sort((one, other) => (one.sample < other.sample ? -1 : 1)));
});
