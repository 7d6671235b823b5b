import { Set, TestStack } from './cloudformation';
import { Invocations } from './invocations';
import { arnOf, Scene } from './scene';
import { BOUNDS } from '../bench/figures';

const scene = new Scene();
const invocations = new Invocations();

// On a busy machine the API server sometimes rejects a request, which the function then repeats. More requests than the limit every time are a defect.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

/** The number of requests for a change of a stack. */
async function count(work: () => Promise<unknown>): Promise<number> {
  invocations.sent = [];
  await work();
  return invocations.sent.length;
}

async function expectAtMost(most: typeof BOUNDS.requestsWithRole, accounts: object[]): Promise<void> {
  await new TestStack('First').deploy({ Set: { objects: [scene.config('first')] } }); // so that the namespace of the records exists
  const set: Set = { objects: accounts };
  const stack = new TestStack('One');
  expect(await count(() => stack.deploy({ Set: set }))).toBeLessThanOrEqual(most.create);
  // the same objects with other properties
  expect(await count(() => stack.deploy({ Set: { ...set, cluster: 'arn:aws:eks:us-west-2:123456789012:cluster/same' } }))).toBeLessThanOrEqual(most.update);
  expect(await count(() => stack.destroy())).toBeLessThanOrEqual(most.remove);
}

test.each(Object.entries(BOUNDS.requests))('the number of requests for a set of %s stays within the limits', async (objects, most) => {
  await expectAtMost(most, Array.from({ length: Number(objects) }, (_, i) => scene.account(`a-${i}`)));
});

test('the number of requests for a service account with a role stays within the limits', async () => {
  await expectAtMost(BOUNDS.requestsWithRole, [scene.account('a', arnOf('reader'))]);
});
