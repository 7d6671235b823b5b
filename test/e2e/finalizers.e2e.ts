import { setTimeout } from 'node:timers/promises';
import { LIMITS, TestStack } from './cloudformation';
import { Scene } from './scene';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const { account, config, job, look, uid } = scene;
const FINALIZERS = ['example.com/held'];

/** An object of a late rank, which is deleted first and is stuck. */
async function stuck() {
  const stack = new TestStack('One', handlerWithin({ ...LIMITS, arrival: 1_000, work: 4_000, all: 6_000 }));
  const objects = [account('a'), config('c'), job('j', 'true', { suspend: true })];
  await stack.deploy({ Set: { objects } });
  await scene.cluster.patch(job('j', ''), { metadata: { finalizers: FINALIZERS } });
  const release = () => scene.cluster.patch(job('j', ''), { metadata: { finalizers: null } });
  return { stack, release };
}

const DYING = /^Job \S+\/j is being deleted \(waiting for the finalizers example\.com\/held.*\): waited \d+ s$/;

test('an object that a finalizer holds makes the Delete fail, but objects of lower rank are deleted', async () => {
  const { stack, release } = await stuck();
  await expect(stack.destroy()).rejects.toThrow(DYING);
  expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`, 'Job j']);
  await expect(stack.destroy()).rejects.toThrow(DYING);
  await release();
  await stack.destroy();
  expect(await uid(job('j', ''))).toBeUndefined();
});

test('a Delete waits for an object that disappears in time', async () => {
  const { stack, release } = await stuck();
  const [, released] = await Promise.all([stack.destroy(), setTimeout(1_500).then(release)]);
  expect(released).toBeDefined();
  expect(await uid(job('j', ''))).toBeUndefined();
});

test('a clean-up that fails is repeated by the Delete of the stack', async () => {
  const { stack, release } = await stuck();
  await expect(stack.deploy({ Set: { objects: [account('a')] } })).rejects.toThrow(DYING);
  expect(await uid(config('c'))).toBeUndefined();
  await release();
  await stack.destroy();
  expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
});

test('a rollback continues without an object that a finalizer holds, and logs it', async () => {
  const { stack, release } = await stuck();
  await scene.cluster.ask('DELETE', `/apis/batch/v1/namespaces/${scene.namespace}/jobs/j`, { propagationPolicy: 'Background' });
  await expect(stack.deploy({ Set: { objects: [account('a', 'arn:role')] } }, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
  expect(scene.logged.join('\n')).toMatch(/Job \S+\/j cannot be restored: .*being deleted/);
  await release();
});
