import { setTimeout } from 'node:timers/promises';
import { LIMITS, properties, TestStack } from './cloudformation';
import { Invocations } from './invocations';
import { Scene } from './scene';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const invocations = new Invocations();
const { config, look } = scene;
const nothing = () => [`Namespace ${scene.namespace}`];
const names = async () => Object.keys(await look());

describe('an event that is older than the last one changes nothing:', () => {
  const SUPERSEDED = /^superseded by a later \w+ of this resource: nothing was changed$/;
  const set = () => ({ objects: [config('a')] });

  test('a Create after the Delete of its stack', async () => {
    const stack = new TestStack('One');
    const create = stack.event('Create', 'Set', set());
    await stack.send('Delete', 'Set', set(), { PhysicalResourceId: 'One-Set-1ABCDEFGH' });
    await expect(stack.deliver(create)).rejects.toThrow(SUPERSEDED);
    expect(await names()).toEqual(nothing());
  });

  test('an Update after its rollback', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: set() });
    const before = await look();
    const old = { PhysicalResourceId: stack.resources.get('Set')!.id, OldResourceProperties: properties(set()) };
    const update = stack.event('Update', 'Set', { objects: [config('a', { key: 'new' }), config('b')] }, old);
    await stack.send('Update', 'Set', set(), old);
    await expect(stack.deliver(update)).rejects.toThrow(SUPERSEDED);
    expect(await look()).toEqual(before);
  });

  test('an old clean-up Delete that is delivered again', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: set() });
    await stack.deploy({ Set: { objects: [config('a'), config('b')] } });
    const { id } = stack.resources.get('Set')!;
    const changed = await stack.send('Update', 'Set', set(), { PhysicalResourceId: id, OldResourceProperties: properties({ objects: [config('a'), config('b')] }) });
    expect(changed).not.toBe(id);
    const cleanUp = stack.event('Delete', 'Set', { objects: [config('a'), config('b')] }, { PhysicalResourceId: id });
    await stack.deliver(cleanUp);
    const before = await look();
    expect(Object.keys(before)).toEqual([...nothing(), 'ConfigMap a']);
    await stack.deliver(cleanUp);
    await stack.send('Update', 'Set', { objects: [config('a'), config('b')] }, { PhysicalResourceId: changed, OldResourceProperties: properties(set()) });
    await expect(stack.deliver(cleanUp)).rejects.toThrow(SUPERSEDED);
    expect(await names()).toEqual(expect.arrayContaining(['ConfigMap a', 'ConfigMap b']));
  });

  test('a Create with the same second as a Delete', async () => {
    const stack = new TestStack('One');
    const create = stack.event('Create', 'Set', set());
    await stack.send('Delete', 'Set', set(), { PhysicalResourceId: 'One-Set-1ABCDEFGH', ResponseURL: create.ResponseURL });
    await expect(stack.deliver(create)).rejects.toThrow(SUPERSEDED);
    expect(await names()).toEqual(nothing());
  });
});

describe('a second delivery of an event', () => {
  const slow = { ...LIMITS, look: 100, write: 1_000, margin: 100 };
  const set = () => ({ objects: Array.from({ length: 8 }, (_, i) => config(`a-${i}`)) });

  test('that failed fails with the same message, and does nothing', async () => {
    const stack = new TestStack('One');
    const create = stack.event('Create', 'Set', { objects: [config('a'), { ...config('c'), metadata: { name: 'c', namespace: 'missing' } }] });
    const message = await stack.deliver(create).then(() => undefined, (error) => error.message);
    expect(message).toContain('namespaces "missing" not found');
    invocations.sent = [];
    await expect(stack.deliver(create)).rejects.toThrow(message);
    expect(invocations.sent.filter((request) => !request.startsWith('GET'))).toEqual([]);
    expect(await names()).toEqual(nothing());
  });

  test.each(['Create', 'Update', 'Delete'] as const)('(%s) while the first one runs has the same answer, whenever it begins', async (type) => {
    for (let i = 0; i < 12; i++) {
      const stack = new TestStack(`Stack${type}${i}`, handlerWithin(slow));
      if (type !== 'Create') {
        await stack.deploy({ Set: { objects: [config('a-0', { key: 'old' }), config('old')] } });
      }
      const { id, set: old } = stack.resources.get('Set') ?? {};
      const event = stack.event(type, 'Set', type === 'Delete' ? old! : set(), { PhysicalResourceId: id, OldResourceProperties: old && properties(old) });
      const [first, second] = await Promise.all([stack.deliver(event), setTimeout(i * 12).then(() => stack.deliver(event))]);
      expect(second).toBe(first);
      const now = await look();
      expect(Object.keys(now).filter((name) => name.startsWith('ConfigMap a'))).toHaveLength(type === 'Delete' ? 0 : 8);
      await stack.send('Delete', 'Set', set(), { PhysicalResourceId: id ?? first }); // cleans up or ends the set
      if (id && first !== id) {
        await stack.send('Delete', 'Set', set(), { PhysicalResourceId: first });
      }
      expect(await names()).toEqual(nothing());
    }
  });
});
