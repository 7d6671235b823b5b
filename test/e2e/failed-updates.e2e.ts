import { LIMITS, properties, Set, TestStack } from './cloudformation';
import { Invocations } from './invocations';
import { arnOf, ROLE, Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const invocations = new Invocations();
const { account, config, look, annotations } = scene;
const handler = handlerWithin({ ...LIMITS, arrival: 300, look: 100, write: 500, margin: 100 });
const TAKE_OVER = { existing: ExistingObjects.TAKE_OVER };

const old = (): Set => ({ objects: [account('a', arnOf('old')), config('b')], ...TAKE_OVER });
/** Fails after everything else has been applied. */
const failing = (role = 'failed', ...more: object[]): Set => {
  const lost = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'lost', namespace: 'missing' }, spec: deploymentSpec };
  return { objects: [account('a', arnOf(role)), config('c'), config('theirs', { k: 'ours' }), lost, ...more], ...TAKE_OVER };
};
const deploymentSpec = { selector: { matchLabels: { app: 'x' } }, template: { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'x', image: 'x' }] } } };

/** A stack with a failed Update and without a rollback, because rollbacks are disabled or another deployment comes first. */
async function failed(...updates: Set[]) {
  await scene.cluster.create(config('theirs', { k: 'theirs' }));
  const stack = new TestStack('One', handler);
  await stack.deploy({ Set: old() });
  const before = await look();
  const { id } = stack.resources.get('Set')!;
  for (const update of updates) {
    await expect(stack.send('Update', 'Set', update, { PhysicalResourceId: id, OldResourceProperties: properties(old()) })).rejects.toThrow('namespaces "missing" not found');
  }
  expect((await scene.cluster.find(config('theirs'))).data).toEqual({ k: 'ours' });
  const update = async (set: Set, from: Set) => {
    const now = await stack.send('Update', 'Set', set, { PhysicalResourceId: id, OldResourceProperties: properties(from) });
    if (now !== id) {
      await stack.send('Delete', 'Set', from, { PhysicalResourceId: id });
    }
    return now;
  };
  const remove = (now = id) => stack.send('Delete', 'Set', old(), { PhysicalResourceId: now });
  return { before, update, remove };
}

/** What is left when the stack is deleted: objects of others, as they were. */
async function expectNothingOfOurs() {
  expect(await look()).toEqual({
    [`Namespace ${scene.namespace}`]: expect.anything(),
    'ConfigMap theirs': expect.objectContaining({ annotations: undefined, managers: ['kubectl-create Update'], rest: { data: { k: 'theirs' } } }),
  });
}

describe('an Update that failed and was not rolled back', () => {
  test('can be followed by another Update, which continues from there', async () => {
    const { update, remove } = await failed(failing());
    const now = await update({ objects: [account('a', arnOf('next')), config('d')], ...TAKE_OVER }, failing());
    expect(Object.keys(await look()).sort()).toEqual(['ConfigMap d', 'ConfigMap theirs', `Namespace ${scene.namespace}`, 'ServiceAccount a']);
    expect((await scene.cluster.find(config('theirs'))).data).toEqual({ k: 'theirs' });
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('next'));
    await remove(now);
    await expectNothingOfOurs();
  });

  test.each([
    ['one failed Update', () => [failing()]],
    ['two failed Updates', () => [failing('failed'), failing('again', config('e'))]],
  ])('is undone by an Update to the earlier properties, after %s in total', async (_, updates) => {
    const { before, update, remove } = await failed(...updates());
    const now = await update(old(), failing());
    expect(await look()).toEqual(before);
    await remove(now);
    await expectNothingOfOurs();
  });

  test('leaves nothing behind when the stack is deleted', async () => {
    const { remove } = await failed(failing());
    await remove();
    await expectNothingOfOurs();
  });

  test('records the previous state, regardless of the old properties in the next event', async () => {
    const { update, remove } = await failed(failing());
    const now = await update({ objects: [account('a', arnOf('next'))], ...TAKE_OVER }, { objects: [config('never')] });
    expect(Object.keys(await look()).sort()).toEqual(['ConfigMap theirs', `Namespace ${scene.namespace}`, 'ServiceAccount a']);
    await remove(now);
    await expectNothingOfOurs();
  });
});

test('an Update that was killed and is followed by another one leaves nothing behind', async () => {
  let killed = true;
  for (let at = 3; killed; at += 2) {
    await scene.cluster.create(config('theirs', { k: 'theirs' }));
    const stack = new TestStack(`Stack${at}`, handler);
    await stack.deploy({ Set: old() });
    const { id } = stack.resources.get('Set')!;
    const changed = { ...failing(), objects: failing().objects.slice(0, 3) };
    killed = await invocations.killed(stack, stack.event('Update', 'Set', changed, { PhysicalResourceId: id, OldResourceProperties: properties(old()) }), at);
    const next = { objects: [account('a', arnOf('next')), config('d')], ...TAKE_OVER };
    const now = await stack.send('Update', 'Set', next, { PhysicalResourceId: id, OldResourceProperties: properties(changed) });
    await stack.send('Delete', 'Set', changed, { PhysicalResourceId: id });
    expect(Object.keys(await look()).sort()).toEqual(['ConfigMap d', 'ConfigMap theirs', `Namespace ${scene.namespace}`, 'ServiceAccount a']);
    await stack.send('Delete', 'Set', next, { PhysicalResourceId: now });
    await expectNothingOfOurs();
    await scene.cluster.remove(config('theirs'));
  }
});
