import { properties, Set, TestStack } from './cloudformation';
import { arnOf, ROLE, Scene, withoutOthers } from './scene';
import { OnEventRequest } from '../../lib/kubernetes/function/event';
import { resourceId } from '../../lib/kubernetes/function/resource-id';

const scene = new Scene();
const { account, config, look, annotations, uid } = scene;

/** The id of a set of stack One. */
const idOf = async (set: Set) => resourceId({ StackId: 'arn:aws:cloudformation:us-west-2:123456789012:stack/One/1', LogicalResourceId: 'Set' } as OnEventRequest, properties(set));

describe('what is absent', () => {
  test('is created, marked, and deleted with its stack', async () => {
    const before = await look();
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('role')), config('b')] } });
    const { id } = stack.resources.get('Set')!;
    expect(id).toMatch(/^123456789012\/us-west-2\/One\/Set\/[0-9a-f]{16}$/);
    for (const object of [account('a'), config('b')]) {
      expect(await annotations(object)).toMatchObject({ 'cdk-irsa/owner': id, 'cdk-irsa/uid': await uid(object) });
    }
    await stack.destroy();
    expect(await look()).toEqual(before);
  });

  test('is gone again where its creation fails elsewhere, or by itself', async () => {
    const before = await look();
    await expect(new TestStack('One').deploy({ Set: { objects: [account('a')] } }, { failsElsewhere: true })).rejects.toThrow('something else failed');
    expect(await look()).toEqual(before);
    const lost = { ...config('b'), metadata: { name: 'b', namespace: 'missing' } };
    await expect(new TestStack('One').deploy({ Set: { objects: [account('a'), lost] } })).rejects.toThrow('ConfigMap missing/b: 404 NotFound: namespaces "missing" not found');
    expect(await look()).toEqual(before);
  });
});

describe('what is ours', () => {
  test('is applied, drift undone, and fields of others stay', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('one')), config('b')] } });
    await scene.cluster.patch(account('a'), { metadata: { annotations: { [ROLE]: arnOf('drift'), theirs: 'stays' }, labels: { theirs: 'stays' } } });
    const before = await uid(account('a'));
    await stack.deploy({ Set: { objects: [account('a', arnOf('one')), config('b', { key: 'other' })] } });
    expect(await annotations(account('a'))).toMatchObject({ [ROLE]: arnOf('one'), theirs: 'stays' });
    expect((await scene.cluster.find(account('a'))).metadata.labels).toEqual({ theirs: 'stays' });
    expect(await uid(account('a'))).toBe(before);
  });

  test('loses the fields that leave the manifest', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [config('a', { one: '1', two: '2' })] } });
    await scene.cluster.patch(config('a'), { data: { three: '3' } });
    await stack.deploy({ Set: { objects: [config('a', { one: '1' })] } });
    expect((await scene.cluster.find(config('a'))).data).toEqual({ one: '1', three: '3' });
  });

  test('leaves no mark of its change once the stack has succeeded, and what left the set is deleted only then', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [config('a'), config('b')] } });
    const { id } = stack.resources.get('Set')!;
    await stack.deploy({ Set: { objects: [config('a'), config('c')] } });
    const changed = stack.resources.get('Set')!.id;
    expect(changed).not.toBe(id);
    expect(await annotations(config('a'))).toEqual({ 'cdk-irsa/owner': changed, 'cdk-irsa/uid': await uid(config('a')) });
    expect(await annotations(config('b'))).toBeUndefined();
    expect(await annotations(config('c'))).toBeDefined();
  });

  test.each(['update', 'delete'] as const)('is as before when an update is rolled back with an %s', async (undoWith) => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('one')), config('b')] } });
    const before = await look();
    await expect(stack.deploy({ Set: { objects: [account('a', arnOf('two')), config('c')] } }, { failsElsewhere: true, undoWith })).rejects.toThrow('something else failed');
    expect(withoutOthers(await look())).toEqual(withoutOthers(before));
    await stack.destroy();
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });

  test('is as before when an update fails in the middle, and what it had made is gone', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('one')), config('b')] } });
    const before = await look();
    const lost = { ...config('c'), metadata: { name: 'c', namespace: 'missing' } };
    await expect(stack.deploy({ Set: { objects: [account('a', arnOf('two')), account('new'), lost] } })).rejects.toThrow('missing');
    expect(withoutOthers(await look())).toEqual(withoutOthers(before));
  });

  test('is as before when an update succeeded and its answer was lost', async () => {
    const stack = new TestStack('One');
    const [old, changed] = [{ objects: [account('a', arnOf('one')), config('b')] }, { objects: [account('a', arnOf('two')), config('c')] }];
    await stack.deploy({ Set: old });
    const before = await look();
    const { id } = stack.resources.get('Set')!;
    await stack.send('Update', 'Set', changed, { PhysicalResourceId: id, OldResourceProperties: properties(old) });
    await stack.send('Update', 'Set', old, { PhysicalResourceId: id, OldResourceProperties: properties(changed) });
    expect(withoutOthers(await look())).toEqual(withoutOthers(before));
  });

  test.each([
    ['is no JSON', '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"b"}}', 'object 2 of 2: it must be JSON'],
    ['has no name', '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":""}}', 'object 2 of 2: metadata.name must be neither empty nor . nor .., and without / and %'],
  ])('is as before when an update fails because an object %s, which can be undone', async (_, bad, message) => {
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

  test('is not given up when a stack that is made again fails', async () => {
    const first = new TestStack('One');
    const lost = { ...config('c'), metadata: { name: 'c', namespace: 'missing' } };
    await first.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
    const { metadata: { annotations: marks } } = await scene.cluster.find(account('a'));
    first.retain('Set');
    // the same set as before, of which one object cannot be made any more
    const again = new TestStack('One');
    const set = { objects: [account('a', arnOf('one')), lost] };
    const id = marks['cdk-irsa/owner'].replace(/[^/]*$/, (await idOf(set)).split('/')[4]);
    await scene.cluster.patch(account('a'), { metadata: { annotations: { 'cdk-irsa/owner': id } } });
    await expect(again.deploy({ Set: set })).rejects.toThrow('missing');
    expect(await annotations(account('a'))).toMatchObject({ 'cdk-irsa/owner': id });
  });

  test('is deleted by the Delete that follows a Create whose answer was lost', async () => {
    const stack = new TestStack('One');
    const set = { objects: [config('a')] };
    await stack.send('Create', 'Set', set);
    await stack.send('Delete', 'Set', set, { PhysicalResourceId: 'One-Set-1ABCDEFGH' });
    expect(await annotations(config('a'))).toBeUndefined();
  });

  test('is applied to the cluster that takes the place of another, Jobs included', async () => {
    const stack = new TestStack('One');
    const set = { objects: [scene.job('j', 'true'), config('a')] };
    await stack.deploy({ Set: set });
    await scene.cluster.remove(scene.job('j', ''));
    await stack.deploy({ Set: { ...set, cluster: 'arn:aws:eks:us-west-2:123456789012:cluster/new' } });
    expect(await annotations(scene.job('j', ''))).toMatchObject({ 'cdk-irsa/owner': stack.resources.get('Set')!.id });
  });

  test('is found again by a stack of the same name, after its resources were retained', async () => {
    const first = new TestStack('One');
    await first.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
    const before = await uid(account('a'));
    first.retain('Set');
    const again = new TestStack('One');
    await again.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
    expect(await uid(account('a'))).toBe(before);
    await again.destroy();
    expect(await uid(account('a'))).toBeUndefined();
  });

  test.each([
    ['one after the other', async (send: () => Promise<unknown>) => { await send(); await send(); }],
    ['side by side', async (send: () => Promise<unknown>) => { await Promise.all([send(), send()]); }],
  ])('changes once by the same event twice, %s', async (_, twice) => {
    const stack = new TestStack('One');
    const set = { objects: [account('a', arnOf('one')), config('b')] };
    await twice(() => stack.send('Create', 'Set', set));
    const once = await look();
    expect(once['ServiceAccount a'].annotations).toMatchObject({ 'cdk-irsa/uid': once['ServiceAccount a'].uid });
    const id = await stack.send('Create', 'Set', set);
    expect(await look()).toEqual(once);
    await twice(() => stack.send('Delete', 'Set', set, { PhysicalResourceId: id }));
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });
});
