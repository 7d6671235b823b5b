import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS, properties, Set, TestStack } from './cloudformation';
import { Invocations } from './invocations';
import { killing } from './killing';
import { Scene } from './scene';
import { until } from './waiting';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const invocations = new Invocations();
const { config, job, look, uid } = scene;

/** A set that waits until a Job is complete. */
const waiting = (command: string, objects: object[] = []): Set => ({ objects: [job('j', command), ...objects], more: { WaitFor: [conditionOf('j')] } });
/** The longest time that a set can wait, in seconds. */
const LONG = 300;
const conditionOf = (Name: string) => ({ ApiVersion: 'batch/v1', Kind: 'Job', Namespace: scene.namespace, Name, Type: 'Complete' });
const statusOf = async (name: string) => (await scene.cluster.find(job(name, '')))?.status;
const failure = () => new RegExp(`^Job ${scene.namespace}/j has failed: BackoffLimitExceeded: Job has reached the specified backoff limit: while it exists, see kubectl logs -n ${scene.namespace} job/j$`);

describe('a Create', () => {
  test('ends when the Job is complete', async () => {
    await new TestStack('One').deploy({ Set: waiting('sleep 1') });
    expect(await statusOf('j')).toMatchObject({ succeeded: 1 });
  });

  test('fails at once when the Job fails, and leaves nothing behind', async () => {
    await expect(new TestStack('One').deploy({ Set: waiting('exit 3', [config('c')]) })).rejects.toThrow(failure());
    const before = invocations.answers.slice(0, invocations.answers.findIndex(({ request }) => /^DELETE .*\/jobs\/j$/.test(request)));
    const noticed = before.filter(({ request, body }) => /^GET .*\/jobs\/j$/.test(request) && body.status?.failed);
    expect(noticed).toHaveLength(2); // one look to notice it, and one to delete the Job
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });

  test('fails when the time is over, and says what the Job does', async () => {
    const set = waiting('sleep 600');
    const deployed = new TestStack('One').deploy({ Set: { ...set, more: { ...set.more, WaitTimeout: `${LONG}` } } });
    await until(() => statusOf('j'), (status) => status?.active);
    invocations.skipDuring(/^GET .*\/jobs\/j$/, 1, LONG * 1_000);
    await expect(deployed).rejects.toThrow(new RegExp('^after 3\\d\\d s, waitFor does not hold:\n'
      + `Job ${scene.namespace}/j is not ready: 0 of 1 pods succeeded, 1 active: while it exists, see kubectl logs -n ${scene.namespace} job/j$`));
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });

  test('fails for what is not in the set, before anything changes', async () => {
    const set = { objects: [config('c')], more: { WaitFor: [conditionOf('j')] } };
    await expect(new TestStack('One').deploy({ Set: set })).rejects.toThrow(/^waitFor\[0\] must be an object of this set: the set has no such Job$/);
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });

  test.each(['0', '301', 'soon'])('fails for the timeout %s, before anything changes', async (WaitTimeout) => {
    await expect(new TestStack('One').deploy({ Set: { objects: [config('c')], more: { WaitTimeout } } })).rejects.toThrow(/^waitTimeout must be at most 300 seconds, and more than 0$/);
  });

  test('fails if someone deletes the Job while it runs, because nobody knows its result', async () => {
    const deployed = new TestStack('One').deploy({ Set: waiting('sleep 600') });
    deployed.catch(() => undefined);
    await until(() => statusOf('j'));
    await scene.cluster.remove(job('j', ''));
    await expect(deployed).rejects.toThrow(new RegExp(`^Job ${scene.namespace}/j has failed: it no longer exists, so its result is unknown$`));
  });
});

describe('an Update', () => {
  const before = () => waiting('true', [config('c', { k: 'old' })]);
  const changed = (command: string) => waiting(command, [config('c', { k: 'new' }), config('d')]);

  test('that fails because its Job fails is rolled back, and the rollback does not wait', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: before() });
    const { 'Job j': first, ...rest } = await look();
    await expect(stack.deploy({ Set: changed('exit 3') })).rejects.toThrow(failure());
    const { 'Job j': second, ...now } = await look();
    expect(now).toEqual(rest);
    expect(second.rest.spec.template.spec.containers).toEqual(first.rest.spec.template.spec.containers);
    await stack.destroy();
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });

  test('is rolled back even if the earlier Job fails when it runs again', async () => {
    const stack = new TestStack('One');
    const once = waiting(`mkdir ${join(scene.aws.folder, 'once')}`);
    await stack.deploy({ Set: once });
    await expect(stack.deploy({ Set: waiting('exit 3') })).rejects.toThrow(failure());
    expect((await scene.record(stack.owner('Set')))!.content.event).toMatchObject({ type: 'Update', answer: { id: expect.any(String) } });
    await until(() => statusOf('j'), ({ failed }) => failed);
    expect((await scene.cluster.find(job('j', ''))).spec.template.spec.containers[0].command[2]).toMatch(/^mkdir/);
  });

  test('that was not rolled back can be followed by another one', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: before() });
    const { id } = stack.resources.get('Set')!;
    await expect(stack.send('Update', 'Set', changed('exit 3'), { PhysicalResourceId: id, OldResourceProperties: properties(before()) })).rejects.toThrow(failure());
    expect(Object.keys(await look())).toContain('ConfigMap d');
    await stack.send('Update', 'Set', changed('true'), { PhysicalResourceId: id, OldResourceProperties: properties(changed('exit 3')) });
    expect(await statusOf('j')).toMatchObject({ succeeded: 1 });
  });

  test('that only adds waitFor waits, and does not run the Job again', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [job('j', 'sleep 2')] } });
    const first = await uid(job('j', ''));
    await stack.deploy({ Set: waiting('sleep 2') });
    expect(await statusOf('j')).toMatchObject({ succeeded: 1 });
    expect(await uid(job('j', ''))).toBe(first);
  });

  test('does not wait for a Job that has finished and was deleted, while its definition stays the same', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: waiting('true') });
    await scene.cluster.remove(job('j', ''));
    await stack.deploy({ Set: waiting('true', [config('c')]) });
    expect(await uid(job('j', ''))).toBeUndefined();
    expect(scene.logged).toEqual([`Job ${scene.namespace}/j is gone and its definition has not changed: it does not run again`]);
  });
});

test('a Job that has failed and was deleted runs again, although its definition has not changed', async () => {
  const done = join(scene.aws.folder, 'done');
  const set = waiting(`test -e ${done}`, [config('c')]);
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [job('j', `test -e ${done}`)] } });
  await expect(stack.deploy({ Set: set })).rejects.toThrow(/^Job \S+\/j has failed/);
  await scene.cluster.remove(job('j', ''));
  writeFileSync(done, '');
  await stack.deploy({ Set: set });
  expect(await statusOf('j')).toMatchObject({ succeeded: 1 });
});

describe('an event that is killed while it waits', () => {
  const handler = handlerWithin({ ...LIMITS, look: 50, write: 500, margin: 50 });
  /** Kills the invocation when it looks at the Job for the second time after its creation. */
  const killed = () => {
    let looks = 0;
    return killing((attempt, { method }) => (method === 'GET' && attempt === `get of Job ${scene.namespace}/j` && ++looks > 3 ? 'after' : undefined));
  };

  test('continues to wait when it is delivered again, and the Job runs once', async () => {
    const stack = new TestStack('One', handler);
    const event = stack.event('Create', 'Set', waiting('sleep 3'));
    const dead = killed();
    stack.deliver(event).catch(() => undefined);
    await dead;
    const first = await uid(job('j', ''));
    const { content: { current } } = (await scene.record(stack.owner('Set')))!;
    expect(Object.values<any>(current.objects).map((entry) => [entry.landed, entry.uid])).toEqual([[true, first]]);
    await stack.deliver(event);
    expect(await statusOf('j')).toMatchObject({ succeeded: 1 });
    expect(await uid(job('j', ''))).toBe(first);
  });

  test('is undone by the Delete of a cancelled Create', async () => {
    const stack = new TestStack('One', handler);
    const dead = killed();
    stack.deliver(stack.event('Create', 'Set', waiting('sleep 60'))).catch(() => undefined);
    await dead;
    await stack.send('Delete', 'Set', waiting('sleep 60'), { PhysicalResourceId: 'Stack-Set-1ABCDEFGH' });
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });

  test('is undone by the rollback of the Update', async () => {
    const stack = new TestStack('One', handler);
    const old = { objects: [config('c', { k: 'old' })] };
    await stack.deploy({ Set: old });
    const before = await look();
    const { id } = stack.resources.get('Set')!;
    const changed = waiting('sleep 60', [config('c', { k: 'new' })]);
    const dead = killed();
    stack.deliver(stack.event('Update', 'Set', changed, { PhysicalResourceId: id, OldResourceProperties: properties(old) })).catch(() => undefined);
    await dead;
    const now = await stack.send('Update', 'Set', old, { PhysicalResourceId: id, OldResourceProperties: properties(changed) });
    await stack.send('Delete', 'Set', changed, { PhysicalResourceId: id });
    expect(now).not.toBe(id);
    expect(await look()).toEqual(before);
  });
});

describe('a Deployment', () => {
  /** No node runs its pods: the tests say which of them are ready, because the kubelet of the local AWS does not. */
  const server = (version: string) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'server', namespace: scene.namespace },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'server' } },
      template: { metadata: { labels: { app: 'server', version } }, spec: { nodeSelector: { no: 'node' }, containers: [{ name: 'main', image: 'any' }] } },
    },
  });
  const set = (version: string) => ({
    objects: [server(version)],
    more: { WaitFor: [{ ApiVersion: 'apps/v1', Kind: 'Deployment', Namespace: scene.namespace, Name: 'server', Type: 'Available' }], WaitTimeout: `${LONG}` },
  });
  const pods = () => `/api/v1/namespaces/${scene.namespace}/pods`;

  /** Deploys a version, and meanwhile makes its pods ready. */
  async function deploy(stack: TestStack, version: string): Promise<void> {
    let isOver = false;
    const deployed = stack.deploy({ Set: set(version) }).finally(() => { isOver = true; });
    while (!isOver) {
      const { items } = await scene.cluster.ask('GET', `${pods()}?labelSelector=version%3D${version}`);
      const conditions = [{ type: 'Ready', status: 'True' }];
      await Promise.all(items.filter(({ status }: any) => status.phase === 'Pending').map(({ metadata: { name } }: any) =>
        scene.cluster.ask('PATCH', `${pods()}/${name}/status`, { status: { phase: 'Running', conditions } }, 'application/merge-patch+json')));
    }
    await deployed;
  }

  test('is ready when all its replicas are up to date and available', async () => {
    const stack = new TestStack('One');
    await deploy(stack, 'one');
    await deploy(stack, 'two');
    expect((await scene.cluster.find(server(''))).status).toMatchObject({ replicas: 2, updatedReplicas: 2, availableReplicas: 2, observedGeneration: 2 });
  });

  test('is not ready while its old replicas serve and the new ones do not start, although it is available', async () => {
    const stack = new TestStack('One');
    await deploy(stack, 'one');
    const deployed = stack.deploy({ Set: set('two') });
    await until(() => scene.cluster.find(server('')), ({ status }) => status.updatedReplicas === 1 && status.replicas === 3);
    invocations.skipDuring(/^GET .*\/deployments\/server$/, 1, LONG * 1_000);
    await expect(deployed).rejects.toThrow(new RegExp('^after 3\\d\\d s, waitFor does not hold:\n'
      + `Deployment ${scene.namespace}/server is not ready: of 2 replicas, 1 are up to date and 2 are available; 2 old ones remain: `
      + `while it exists, see kubectl describe -n ${scene.namespace} deployment.apps/server$`));
    expect((await scene.cluster.find(server(''))).status.conditions).toContainEqual(expect.objectContaining({ type: 'Available', status: 'True' }));
  });
});
