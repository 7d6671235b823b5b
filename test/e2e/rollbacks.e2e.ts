import { Set, TestStack } from './cloudformation';
import { arnOf, madeBy, ROLE, Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';

const scene = new Scene();
const { account, config, secret, job, binding, look, annotations, uid } = scene;
const TAKE_OVER = { existing: ExistingObjects.TAKE_OVER };

/** Makes a deployment fail, and expects that everything is restored. */
async function rollBack(stack: TestStack, sets: { [logicalId: string]: Set }, undoWith?: 'update' | 'delete'): Promise<void> {
  const before = await look();
  await expect(stack.deploy(sets, { failsElsewhere: true, undoWith })).rejects.toThrow(/^something else failed$/);
  expect(await look()).toEqual(before);
}

describe.each(['update', 'delete'] as const)('a rollback by %s', (undoWith) => {
  test('restores the content of a set that was renamed', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Old: { objects: [config('a', { k: 'old', gone: 'x' })] } });
    await rollBack(stack, { New: { objects: [config('a', { k: 'new' })] } }, undoWith);
    await rollBack(stack, { New: { objects: [config('a', { k: 'new' }), config('b')], ...TAKE_OVER } }, undoWith);
  });

  test.each([['A', 'B'], ['B', 'A']])('restores the content of an object that moved to another set (%s is updated first)', async (first, second) => {
    const stack = new TestStack('One');
    const sets = (moved: boolean) => {
      const all: { [id: string]: Set } = {
        A: { objects: [config('x'), ...(moved ? [] : [config('a', { k: 'old', gone: 'x' })])] },
        B: { objects: [config('y'), ...(moved ? [config('a', { k: 'new' })] : [])] },
      };
      return { [first]: all[first], [second]: all[second] };
    };
    await stack.deploy(sets(false));
    await rollBack(stack, sets(true), undoWith);
  });

  test('gives back an object that was taken over when TAKE_OVER was turned on', async () => {
    const stack = new TestStack('One');
    await scene.cluster.create(account('a', arnOf('theirs')));
    await stack.deploy({ Set: { objects: [config('b')] } });
    await rollBack(stack, { Set: { objects: [config('b'), account('a', arnOf('ours'))], ...TAKE_OVER } }, undoWith);
    await stack.destroy();
    expect(await annotations(account('a'))).toEqual({ [ROLE]: arnOf('theirs') });
  });

  test('gives back to another stack an object that was taken back when TAKE_OVER was turned on', async () => {
    const [one, two] = [new TestStack('One'), new TestStack('Two')];
    await one.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
    await two.deploy({ Set: { objects: [account('a', arnOf('two'))], ...TAKE_OVER } });
    await rollBack(one, { Set: { objects: [account('a', arnOf('three'))], ...TAKE_OVER } }, undoWith);
    await two.destroy();
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('one'));
  });

  test.each([
    ['RoleBinding', () => binding('r', 'view'), () => binding('r', 'edit')],
    ['Job', () => job('r', 'true', { suspend: true }), () => job('r', 'false', { suspend: true })],
  ])('creates a %s again that was recreated, also if it was moved to the set before', async (kind, old, changed) => {
    const stack = new TestStack('One');
    const sets = (one: object[], two: object[]) => ({ One: { objects: [config('a'), ...one] }, Two: { objects: [config('b'), ...two] } });
    await stack.deploy(sets([old()], []));
    await stack.deploy(sets([], [old()]));
    const before = (await look())[`${kind} r`];
    await expect(stack.deploy(sets([], [changed()]), { failsElsewhere: true, undoWith })).rejects.toThrow(/^something else failed$/);
    const now = (await look())[`${kind} r`];
    expect([now.rest.roleRef, now.rest.spec?.template.spec]).toEqual([before.rest.roleRef, before.rest.spec?.template.spec]);
    expect(now.annotations).toEqual(madeBy(stack.owner('Two')));
    await stack.destroy();
    expect(await uid(old())).toBeUndefined();
  });

  test.each<[string, () => Promise<void>]>([
    ['another stack had taken over', () => new TestStack('Two').deploy({ Set: { objects: [account('a', arnOf('two'))], ...TAKE_OVER } })],
    ['someone had recreated', async () => {
      await scene.cluster.remove(account('a'));
      await scene.cluster.create(account('a', arnOf('two')));
    }],
  ])('gives back what %s, and another set of the stack has taken', async (_, lose) => {
    const stack = new TestStack('One');
    await stack.deploy({ A: { objects: [config('x'), account('a', arnOf('one'))] }, B: { objects: [config('y')] } });
    await lose();
    await rollBack(stack, { A: { objects: [config('x')] }, B: { objects: [config('y'), account('a', arnOf('three'))], ...TAKE_OVER } }, undoWith);
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('two'));
  });

  test('restores the objects that the last Update had added, if the failed one returned to the properties before it', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [config('a')] } });
    await stack.deploy({ Set: { objects: [config('a'), config('b')] } });
    await rollBack(stack, { Set: { objects: [config('a')] } }, undoWith);
    await stack.deploy({ Set: { objects: [config('a')] } });
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`, 'ConfigMap a']);
  });

  test('restores objects that had left the set, without running a Job again', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [config('a'), secret('s', 'one'), binding('r', 'view'), job('j', 'true', { suspend: true })] } });
    await rollBack(stack, { Set: { objects: [config('a', { k: 'new' }), config('new')] } }, undoWith);
  });
});

test('an Update that is tried again after its rollback is not a rollback, even if no clean-up arrived', async () => {
  const stack = new TestStack('One');
  const [old, changed] = [{ objects: [config('a')] }, { objects: [config('b')] }];
  const first = await stack.send('Create', 'Set', old);
  const second = await stack.send('Update', 'Set', changed, { PhysicalResourceId: first });
  const third = await stack.send('Update', 'Set', old, { PhysicalResourceId: second });
  await scene.cluster.remove(config('b'));
  await scene.cluster.create(config('b'));
  await expect(stack.send('Update', 'Set', changed, { PhysicalResourceId: third })).rejects.toThrow(/^ConfigMap \S+\/b already exists/);
});

test('a Delete that rolls back alone, and that CloudFormation repeats because it got no answer, does so once', async () => {
  const stack = new TestStack('One');
  const first = await stack.send('Create', 'Set', { objects: [config('a')] });
  const second = await stack.send('Update', 'Set', { objects: [config('b')] }, { PhysicalResourceId: first });
  await stack.send('Delete', 'Set', { objects: [config('b')] }, { PhysicalResourceId: second });
  await stack.send('Delete', 'Set', { objects: [config('b')] }, { PhysicalResourceId: second });
  expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`, 'ConfigMap a']);
});

describe('a rollback leaves an object alone that someone else recreated, if', () => {
  const madeAnew = async (make: object, sets: { [logicalId: string]: Set }) => {
    const stack = new TestStack('One');
    await stack.deploy(sets);
    await scene.cluster.remove(make);
    await scene.cluster.create(make);
    return stack;
  };
  const both = () => ({ Set: { objects: [account('a', arnOf('one')), config('b')] } });

  test('it is dropped', async () => {
    const stack = await madeAnew(account('a', arnOf('theirs')), both());
    await rollBack(stack, { Set: { objects: [config('b')] } });
    await stack.deploy({ Set: { objects: [config('b')] } });
    expect(await annotations(account('a'))).toEqual({ [ROLE]: arnOf('theirs') });
  });

  test('it moves to another set, which is an error', async () => {
    const stack = await madeAnew(account('a', arnOf('theirs')), both());
    const before = await look();
    await expect(stack.deploy({ Set: { objects: [config('b')] }, Other: { objects: [account('a', arnOf('one'))] } }))
      .rejects.toThrow(/^ServiceAccount \S+\/a already exists and is managed by kubectl-create: take it over with existing: ExistingObjects\.TAKE_OVER/);
    expect(await look()).toEqual(before);
  });

  test.each([
    ['Secret', () => secret('a', 'ours'), () => secret('a', 'theirs')],
    ['Job', () => job('a', 'true', { suspend: true }), () => job('a', 'false', { suspend: true })],
    ['RoleBinding', () => binding('a', 'view'), () => binding('a', 'edit')],
  ])('it is a %s, which cannot be taken over', async (kind, ours, theirs) => {
    const set = (value: string) => ({ Set: { objects: [ours(), config('b', { value })], ...TAKE_OVER } });
    const stack = await madeAnew(theirs(), set('one'));
    const before = await look();
    await expect(stack.deploy(set('two'))).rejects.toThrow(new RegExp(`^${kind} \\S+/a`));
    expect(await look()).toEqual(before);
    await stack.destroy();
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`, `${kind} a`]);
  });
});

test('an object whose annotations someone removed is still ours', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('one')), config('b')] } });
  const before = await look();
  await scene.cluster.patch(account('a'), { metadata: { annotations: { 'cdk-irsa/owner': null, 'cdk-irsa/token': null } } });
  await expect(stack.deploy({ Set: { objects: [config('b')] } }, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
  expect(await look()).toEqual(before);
  await stack.deploy({ Set: { objects: [config('b')] } });
  expect(await uid(account('a'))).toBeUndefined();
});

test('an object that another stack took stays with that stack, and does not block changes to the former owner', async () => {
  const [one, two] = [new TestStack('One'), new TestStack('Two')];
  await one.deploy({ Set: { objects: [account('a', arnOf('one')), config('b')] } });
  await two.deploy({ Set: { objects: [account('a', arnOf('two'))], ...TAKE_OVER } });
  await one.deploy({ Set: { objects: [account('a', arnOf('one')), config('b'), config('c')] } });
  await rollBack(one, { Set: { objects: [config('b'), config('c')] } });
  await one.deploy({ Set: { objects: [config('b'), config('c')] } });
  await two.destroy();
  expect(await uid(account('a'))).toBeUndefined();
});

test.each([
  ['ConfigMap', () => config('a'), (more: object) => ({ ...config('a', { key: 'other' }), ...more })],
  ['Secret', () => secret('a', 'one'), (more: object) => ({ ...secret('a', 'two'), ...more })],
])('an immutable %s is recreated', async (kind, before, after) => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [before(), config('b')] } });
  const { uid: first, ...rest } = (await look())[`${kind} a`];
  await expect(stack.deploy({ Set: { objects: [after({ immutable: true }), config('b')] } }, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
  const { uid: second, ...now } = (await look())[`${kind} a`];
  expect(second).not.toBe(first);
  expect(now).toEqual({ ...rest, annotations: madeBy(stack.owner('Set')) });
  await stack.destroy();
  expect(await uid(before())).toBeUndefined();
});
