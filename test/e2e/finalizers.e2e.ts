import { LIMITS, TestStack } from './cloudformation';
import { Invocations } from './invocations';
import { Scene } from './scene';
import { until } from './waiting';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const invocations = new Invocations();
const { account, config, job, look, uid } = scene;
const FINALIZERS = ['example.com/held'];
const LOOK = /^GET .*\/jobs\/j$/;

/** An object of a late rank, which is deleted first and is stuck. */
async function stuck() {
  const stack = new TestStack('One', handlerWithin({ ...LIMITS, arrival: 300 }));
  const objects = [account('a'), config('c'), job('j', 'true', { suspend: true })];
  await stack.deploy({ Set: { objects } });
  await scene.cluster.patch(job('j', ''), { metadata: { finalizers: FINALIZERS } });
  const release = () => scene.cluster.patch(job('j', ''), { metadata: { finalizers: null } });
  return { stack, release };
}

/** Lets the time of a deletion end once everything except the stuck object is gone, or is to stay. */
async function inVain(deletion: Promise<void>, ...staying: string[]): Promise<void> {
  const failed = expect(deletion).rejects.toThrow(/^Job \S+\/j is being deleted \(waiting for the finalizers example\.com\/held.*\): waited \d+ s$/);
  await until(look, (seen) => Object.keys(seen).length === 2 + staying.length);
  invocations.skipDuring(LOOK, 12, LIMITS.all); // later than the looks before the deletion of the others
  await failed;
  expect(Object.keys(await look()).sort()).toEqual([...staying, 'Job j', `Namespace ${scene.namespace}`].sort());
}

test('an object that a finalizer holds makes the Delete fail, but objects of lower rank are deleted', async () => {
  const { stack, release } = await stuck();
  await inVain(stack.destroy());
  await inVain(stack.destroy());
  await release();
  await stack.destroy();
  expect(await uid(job('j', ''))).toBeUndefined();
});

test('a Delete waits for an object that disappears in time', async () => {
  const { stack, release } = await stuck();
  const destroyed = stack.destroy();
  await until(() => scene.cluster.find(job('j', '')), ({ metadata }) => metadata.deletionTimestamp);
  await invocations.sends(LOOK, { times: 2, from: invocations.sent.length });
  await release();
  await destroyed;
  expect(await uid(job('j', ''))).toBeUndefined();
});

test('a clean-up that fails is repeated by the Delete of the stack', async () => {
  const { stack, release } = await stuck();
  await inVain(stack.deploy({ Set: { objects: [account('a')] } }), 'ServiceAccount a');
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
