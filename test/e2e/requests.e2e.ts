import { LIMITS, Set, TestStack } from './cloudformation';
import { Invocations } from './invocations';
import { arnOf, Scene } from './scene';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';
import { natureOf } from '../../lib/kubernetes/function/nature';
import { BOUNDS, Requests } from '../bench/figures';

const scene = new Scene();
const invocations = new Invocations();

/** On a slow machine, the function would look at the record again between its requests, and give up its wait for credentials. */
const handler = handlerWithin({ ...LIMITS, look: 600_000, credentials: 600_000 });

/** The number of requests for a change of a stack, without those that a busy API server rejects, which the function repeats. */
async function count(work: () => Promise<unknown>): Promise<number> {
  invocations.sent = [];
  invocations.failed = [];
  await work();
  return invocations.sent.length - invocations.failed.filter(({ error }) => natureOf(error) === 'passing').length;
}

async function expectAtMost(most: Requests, accounts: object[]): Promise<void> {
  await new TestStack('First').deploy({ Set: { objects: [scene.config('first')] } }); // so that the namespace of the records exists
  const set: Set = { objects: accounts };
  const stack = new TestStack('One', handler);
  expect(await count(() => stack.deploy({ Set: set }))).toBeLessThanOrEqual(most.create);
  // the same objects with other properties
  expect(await count(() => stack.deploy({ Set: { ...set, cluster: 'arn:aws:eks:us-west-2:123456789012:cluster/same' } }))).toBeLessThanOrEqual(most.update);
  expect(await count(() => stack.destroy())).toBeLessThanOrEqual(most.remove);
}

test.each(Object.entries(BOUNDS.requests))('the number of requests for a set of %s stays within the limits', async (objects, most) => {
  await expectAtMost(most, Array.from({ length: Number(objects) }, (_, i) => scene.account(`a-${i}`)));
});

test.each(Object.entries(BOUNDS.requestsWithRoles))('the number of requests for a set of %s with roles stays within the limits', async (objects, most) => {
  await expectAtMost(most, Array.from({ length: Number(objects) }, (_, i) => scene.account(`a-${i}`, arnOf('reader'))));
});
