import { properties, TestStack } from './cloudformation';
import { arnOf, madeBy, managerOf, recordPath, ROLE, Scene } from './scene';

const scene = new Scene();
const { account, config, look, annotations, uid } = scene;

describe('an absent object', () => {
  test('is created, and deleted with its stack', async () => {
    const before = await look();
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('role')), config('b')] } });
    expect(stack.resources.get('Set')!.id).toMatch(/^123456789012\/us-west-2\/One\/Set\/\d{8}T\d{6}Z-[0-9a-f]{8}$/);
    expect((await look())['ConfigMap b']).toMatchObject({ annotations: madeBy(stack.owner('Set')), managers: [`${managerOf(stack.owner('Set'))} Apply`] });
    expect(await annotations(account('a'))).toEqual({ ...madeBy(stack.owner('Set')), [ROLE]: arnOf('role') });
    await stack.destroy();
    expect(await look()).toEqual(before);
  });

  test('is deleted again if another resource or its own set fails', async () => {
    const before = await look();
    await expect(new TestStack('One').deploy({ Set: { objects: [account('a')] } }, { failsElsewhere: true })).rejects.toThrow('something else failed');
    expect(await look()).toEqual(before);
    const lost = { ...config('b'), metadata: { name: 'b', namespace: 'missing' } };
    await expect(new TestStack('One').deploy({ Set: { objects: [account('a'), lost] } })).rejects.toThrow('ConfigMap missing/b: 404 NotFound: namespaces "missing" not found');
    expect(await look()).toEqual(before);
  });
});

describe('an object of ours', () => {
  test('is applied, which undoes drift and keeps fields of others', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('one')), config('b')] } });
    await scene.cluster.patch(account('a'), { metadata: { annotations: { [ROLE]: arnOf('drift'), theirs: 'stays' }, labels: { theirs: 'stays' } } });
    const before = await uid(account('a'));
    await stack.deploy({ Set: { objects: [account('a', arnOf('one')), config('b', { key: 'other' })] } });
    expect(await annotations(account('a'))).toMatchObject({ [ROLE]: arnOf('one'), theirs: 'stays' });
    expect((await scene.cluster.find(account('a'))).metadata.labels).toEqual({ theirs: 'stays' });
    expect(await uid(account('a'))).toBe(before);
  });

  test('loses fields that are removed from the manifest', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [config('a', { one: '1', two: '2' })] } });
    await scene.cluster.patch(config('a'), { data: { three: '3' } });
    await stack.deploy({ Set: { objects: [config('a', { one: '1' })] } });
    expect((await scene.cluster.find(config('a'))).data).toEqual({ one: '1', three: '3' });
  });

  test('is deleted when it has left the set and the stack has succeeded', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [config('a'), config('b')] } });
    const { id } = stack.resources.get('Set')!;
    await stack.deploy({ Set: { objects: [config('a'), config('c')] } });
    expect(stack.resources.get('Set')!.id).not.toBe(id);
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`, 'ConfigMap a', 'ConfigMap c']);
  });

  test.each(['update', 'delete'] as const)('is restored when an Update is rolled back with an %s', async (undoWith) => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('one')), config('b')] } });
    const before = await look();
    await expect(stack.deploy({ Set: { objects: [account('a', arnOf('two')), config('c')] } }, { failsElsewhere: true, undoWith })).rejects.toThrow('something else failed');
    expect(await look()).toEqual(before);
    await stack.destroy();
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });

  test('is restored when an Update fails, and objects that it created are deleted', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('one')), config('b')] } });
    const before = await look();
    const lost = { ...config('c'), metadata: { name: 'c', namespace: 'missing' } };
    await expect(stack.deploy({ Set: { objects: [account('a', arnOf('two')), account('new'), lost] } })).rejects.toThrow('missing');
    expect(await look()).toEqual(before);
  });

  test('is restored when an Update succeeded and its answer was lost', async () => {
    const stack = new TestStack('One');
    const [old, changed] = [{ objects: [account('a', arnOf('one')), config('b')] }, { objects: [account('a', arnOf('two')), config('c')] }];
    await stack.deploy({ Set: old });
    const before = await look();
    const { id } = stack.resources.get('Set')!;
    await stack.send('Update', 'Set', changed, { PhysicalResourceId: id, OldResourceProperties: properties(old) });
    expect(await stack.send('Update', 'Set', old, { PhysicalResourceId: id, OldResourceProperties: properties(changed) })).not.toBe(id);
    await stack.send('Delete', 'Set', changed, { PhysicalResourceId: id });
    expect(await look()).toEqual(before);
  });

  test.each([
    ['is not JSON', '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"b"}}', 'object 2 of 2: it must be JSON'],
    ['has no name', '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":""}}', 'object 2 of 2: metadata.name must be a name that does not contain / or % and is not empty, . or ..'],
  ])('is restored when an Update fails because an object %s', async (_, bad, message) => {
    const stack = new TestStack('One');
    const old = { objects: [config('a')] };
    await stack.deploy({ Set: old });
    const before = await look();
    const { id } = stack.resources.get('Set')!;
    const failed = { ...properties(old), Objects: [...properties({ objects: [config('a', { key: 'other' })] }).Objects, bad] };
    await expect(stack.send('Update', 'Set', old, { PhysicalResourceId: id, OldResourceProperties: properties(old), ResourceProperties: failed })).rejects.toThrow(message);
    expect(await stack.send('Update', 'Set', old, { PhysicalResourceId: id, OldResourceProperties: failed })).toBe(id);
    expect(await look()).toEqual(before);
  });

  test('is not given up when a stack of the same name fails', async () => {
    const first = new TestStack('One');
    await first.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
    const before = await look();
    first.retain('Set');
    const lost = { ...config('c'), metadata: { name: 'c', namespace: 'missing' } };
    await expect(new TestStack('One').deploy({ Set: { objects: [account('a', arnOf('two')), lost] } })).rejects.toThrow('missing');
    expect(await look()).toEqual(before);
  });

  test('is deleted by the Delete that follows a Create whose answer was lost', async () => {
    const stack = new TestStack('One');
    const set = { objects: [config('a')] };
    await stack.send('Create', 'Set', set);
    await stack.send('Delete', 'Set', set, { PhysicalResourceId: 'One-Set-1ABCDEFGH' });
    expect(await annotations(config('a'))).toBeUndefined();
  });

  test('is applied to a cluster that replaces another one, including Jobs', async () => {
    const stack = new TestStack('One');
    const set = { objects: [scene.job('j', 'true'), config('a')] };
    await stack.deploy({ Set: set });
    for (const object of set.objects) {
      await scene.cluster.remove(object);
    }
    await scene.cluster.ask('DELETE', recordPath(stack.owner('Set')));
    await stack.deploy({ Set: { ...set, cluster: 'arn:aws:eks:us-west-2:123456789012:cluster/new' } });
    expect(await annotations(scene.job('j', ''))).toEqual(expect.objectContaining(madeBy(stack.owner('Set'))));
  });

  describe('that was retained is found again by a stack of the same name', () => {
    const again = async () => {
      const first = new TestStack('One');
      await first.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
      const before = await look();
      first.retain('Set');
      const stack = new TestStack('One');
      await stack.deploy({ Set: { objects: [account('a', arnOf('two'))] } });
      expect(await uid(account('a'))).toBe(before['ServiceAccount a'].uid);
      expect((await annotations(account('a')))[ROLE]).toBe(arnOf('two'));
      return { stack, before };
    };

    test('and is restored when that stack is deleted without an Update, as after a failure', async () => {
      const { stack, before } = await again();
      await stack.destroy();
      expect(await look()).toEqual(before);
    });

    test('and is deleted with that stack after an update', async () => {
      const { stack } = await again();
      await stack.deploy({ Set: { objects: [account('a', arnOf('three'))] } });
      await stack.destroy();
      expect(await uid(account('a'))).toBeUndefined();
    });
  });

  test.each([
    ['one after the other', async (deliver: () => Promise<unknown>) => [await deliver(), await deliver()]],
    ['concurrently', async (deliver: () => Promise<unknown>) => Promise.all([deliver(), deliver()])],
  ])('changes once if the same event is delivered twice (%s), and both answers are the same', async (_, twice) => {
    const stack = new TestStack('One');
    const set = { objects: [account('a', arnOf('one')), config('b')] };
    const create = stack.event('Create', 'Set', set);
    const [id, other] = await twice(() => stack.deliver(create));
    expect(other).toBe(id);
    const once = await look();
    expect(await stack.deliver(create)).toBe(id);
    expect(await look()).toEqual(once);
    const remove = stack.event('Delete', 'Set', set, { PhysicalResourceId: id as string });
    await twice(() => stack.deliver(remove));
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });
});
