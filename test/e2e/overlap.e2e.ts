import { setTimeout } from 'node:timers/promises';
import { LIMITS, properties, TestStack } from './cloudformation';
import { arnOf, Scene } from './scene';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const { account, config, look } = scene;
const ROUNDS = 15;
let overlaps = 0;
const handler = handlerWithin({ ...LIMITS, look: 100, write: 1_000, margin: 100 });

const few = () => [account('a', arnOf('one')), config('b')];
const many = () => [account('a', arnOf('two')), ...Array.from({ length: 12 }, (_, i) => config(`c-${i}`))];

/** The names of all our objects. */
const ours = async () => Object.keys(await look()).filter((name) => !name.startsWith('Namespace'));

/** Sends an event while an earlier one is in progress, a little later from round to round. The later event gets the answer of the earlier one if it exists. */
async function overlap<T>(first: () => Promise<string>, second: (answer?: string) => Promise<T>): Promise<T> {
  let answer: string | undefined;
  const outcome = first().then((id) => { answer = id; }, (error: Error) => expect(error.message).toMatch(/^superseded/));
  await setTimeout((overlaps++ % ROUNDS) * 250 / ROUNDS);
  const result = await second(answer);
  await outcome;
  return result;
}

test('a Delete while a cancelled Create still runs leaves nothing behind', async () => {
  for (let i = 0; i < ROUNDS; i++) {
    const stack = new TestStack(`Stack${i}`, handler);
    const create = stack.event('Create', 'Set', { objects: many() });
    await overlap(
      () => stack.deliver(create),
      (id = 'One-Set-1ABCDEFGH') => stack.send('Delete', 'Set', { objects: many() }, { PhysicalResourceId: id }),
    );
    expect(await ours()).toEqual([]);
  }
});

test('a Delete while an Update still runs leaves nothing behind', async () => {
  for (let i = 0; i < ROUNDS; i++) {
    const stack = new TestStack(`Stack${i}`, handler);
    await stack.deploy({ Set: { objects: few() } });
    const { id } = stack.resources.get('Set')!;
    // nothing is dropped, so that the ID stays the same: CloudFormation would not know a new ID yet
    const changed = { objects: [...many(), config('b')] };
    await overlap(
      () => stack.send('Update', 'Set', changed, { PhysicalResourceId: id, OldResourceProperties: properties({ objects: few() }) }),
      () => stack.send('Delete', 'Set', { objects: few() }, { PhysicalResourceId: id }),
    );
    expect(await ours()).toEqual([]);
  }
});

test('the rollback of an Update that still runs restores the previous objects', async () => {
  for (let i = 0; i < ROUNDS; i++) {
    const stack = new TestStack(`Stack${i}`, handler);
    await stack.deploy({ Set: { objects: few() } });
    const before = await look();
    const { id } = stack.resources.get('Set')!;
    const restored = await overlap(
      () => stack.send('Update', 'Set', { objects: many() }, { PhysicalResourceId: id, OldResourceProperties: properties({ objects: few() }) }),
      (changed = id) => stack.send('Update', 'Set', { objects: few() }, { PhysicalResourceId: changed, OldResourceProperties: properties({ objects: many() }) }),
    );
    if (restored !== id) {
      await stack.send('Delete', 'Set', { objects: many() }, { PhysicalResourceId: id });
    }
    expect(await look()).toEqual(before);
    await stack.send('Delete', 'Set', { objects: few() }, { PhysicalResourceId: restored });
    expect(await ours()).toEqual([]);
  }
});

test('two concurrent Deletes of a set succeed or are superseded, and leave nothing behind', async () => {
  for (let i = 0; i < ROUNDS; i++) {
    const stack = new TestStack(`Stack${i}`, handler);
    await stack.deploy({ Set: { objects: many() } });
    const { id } = stack.resources.get('Set')!;
    const remove = () => stack.send('Delete', 'Set', { objects: many() }, { PhysicalResourceId: id });
    await overlap(remove, remove);
    expect(await ours()).toEqual([]);
  }
});
