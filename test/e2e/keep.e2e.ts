import { TestStack } from './cloudformation';
import { arnOf, madeBy, ROLE, Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';

const scene = new Scene();
const { account, config, look, annotations, uid } = scene;
const KEEP = { existing: ExistingObjects.KEEP };

/** Expects that the objects that a set has given up have no owner and no managers. */
const givenUp = async () => {
  for (const [name, { annotations: marks, managers }] of Object.entries(await look()).filter(([each]) => !each.startsWith('Namespace'))) {
    expect({ name, owner: marks?.['cdk-irsa/owner'], managers }).toEqual({ name, owner: undefined, managers: [] });
  }
};

describe('a managed set that changes to KEEP', () => {
  const managed = () => [config('a'), account('s', arnOf('role'))];

  test.each([
    ['and changes nothing else', () => managed()],
    ['and gets another object', () => [...managed(), config('more')]],
  ])('%s leaves its objects with their values, and no longer deletes them', async (_, wanted) => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: managed() } });
    const [a, s] = [await uid(config('a')), await uid(account('s'))];
    await stack.deploy({ Set: { objects: wanted(), ...KEEP } });
    await stack.deploy({ Set: { objects: wanted().map((object) => ({ ...object, metadata: { ...object.metadata, labels: { never: 'set' } } })), ...KEEP } });
    await stack.destroy();
    expect([await uid(config('a')), await uid(account('s'))]).toEqual([a, s]);
    expect(await annotations(account('s'))).toEqual({ [ROLE]: arnOf('role') });
    expect((await scene.cluster.find(config('a'))).data).toEqual({ key: 'value' });
    await scene.cluster.send('DELETE', `/api/v1/namespaces/${scene.namespace}/configmaps/more`);
    await givenUp();
  });

  test('leaves its objects even if its construct is renamed in the same change', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Old: { objects: managed() } });
    const [a, s] = [await uid(config('a')), await uid(account('s'))];
    await stack.deploy({ New: { objects: managed(), ...KEEP } });
    expect([await uid(config('a')), await uid(account('s'))]).toEqual([a, s]);
    await stack.destroy();
    expect(await annotations(account('s'))).toEqual({ [ROLE]: arnOf('role') });
    await givenUp();
  });

  test('deletes objects that it no longer lists', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: managed() } });
    await stack.deploy({ Set: { objects: [account('s', arnOf('role'))], ...KEEP } });
    expect(await uid(config('a'))).toBeUndefined();
    expect(await annotations(account('s'))).toEqual({ [ROLE]: arnOf('role') });
  });

  test.each(['update', 'delete'] as const)('is restored if the change is rolled back with an %s', async (undoWith) => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: managed() } });
    const before = await look();
    await expect(stack.deploy({ Set: { objects: managed(), ...KEEP } }, { failsElsewhere: true, undoWith })).rejects.toThrow(/^something else failed$/);
    expect(await look()).toEqual(before);
    await expect(stack.deploy({ Set: { objects: [config('a'), config('new')], ...KEEP } }, { failsElsewhere: true, undoWith })).rejects.toThrow(/^something else failed$/);
    const { 'ConfigMap new': left, ...rest } = await look();
    expect(rest).toEqual(before);
    await stack.destroy();
    expect(await uid(account('s'))).toBeUndefined();
  });
});

describe('a set with KEEP that changes to a managed set', () => {
  const kept = async (...existing: object[]) => {
    for (const object of existing) {
      await scene.cluster.create(object);
    }
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [config('a'), account('s', arnOf('one'))], ...KEEP } });
    return stack;
  };

  test('manages and deletes objects that it created itself', async () => {
    const stack = await kept();
    await stack.deploy({ Set: { objects: [config('a', { key: 'new' }), account('s', arnOf('two'))] } });
    expect((await scene.cluster.find(config('a'))).data).toEqual({ key: 'new' });
    expect(await annotations(account('s'))).toEqual({ ...madeBy(stack.owner('Set')), [ROLE]: arnOf('two') });
    await stack.destroy();
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });

  test('rejects objects that already existed', async () => {
    const stack = await kept(config('a', { key: 'theirs' }));
    const before = await look();
    await expect(stack.deploy({ Set: { objects: [config('a'), account('s', arnOf('two'))] } })).rejects.toThrow(/^ConfigMap \S+\/a already exists and is /);
    expect(await look()).toEqual(before);
  });

  test('takes over objects that already existed with TAKE_OVER, and gives them back', async () => {
    const stack = await kept(config('a', { key: 'theirs' }));
    const { 'ConfigMap a': before } = await look();
    await stack.deploy({ Set: { objects: [config('a', { key: 'ours' }), account('s', arnOf('two'))], existing: ExistingObjects.TAKE_OVER } });
    expect((await scene.cluster.find(config('a'))).data).toEqual({ key: 'ours' });
    await stack.destroy();
    expect(await look()).toEqual({ [`Namespace ${scene.namespace}`]: expect.anything(), 'ConfigMap a': before });
  });

  test.each(['update', 'delete'] as const)('is restored if the change is rolled back with an %s, and deletes nothing', async (undoWith) => {
    const stack = await kept();
    const values = async () => Object.fromEntries(Object.entries(await look()).map(([name, { managers, ...rest }]) => [name, rest]));
    const before = await values();
    await expect(stack.deploy({ Set: { objects: [config('a', { key: 'new', more: 'new' }), account('s', arnOf('two'))] } }, { failsElsewhere: true, undoWith }))
      .rejects.toThrow(/^something else failed$/);
    expect(await values()).toEqual(before);
    await stack.destroy();
    expect(await values()).toEqual(before);
  });

  test.each(['update', 'delete'] as const)('is rolled back with an %s although the change has made an object immutable', async (undoWith) => {
    const stack = await kept();
    const update = { Set: { objects: [{ ...config('a', { key: 'new' }), immutable: true }, account('s', arnOf('two'))] } };
    await expect(stack.deploy(update, { failsElsewhere: true, undoWith })).rejects.toThrow(/^something else failed$/);
    expect(await annotations(account('s'))).toEqual({ [ROLE]: arnOf('one') });
    expect((await scene.cluster.find(config('a'))).data).toEqual({ key: 'new' });
    expect(scene.logged.join('\n')).toContain('cannot be restored to its previous state');
  });
});

test('an object that a set gave up gets its values back when an Update that took it again is rolled back', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [config('a', { key: 'given up' })] } });
  await stack.deploy({ Set: { objects: [config('a', { key: 'given up' })], ...KEEP } });
  const update = { Set: { objects: [config('a', { key: 'taken' })], existing: ExistingObjects.TAKE_OVER } };
  await expect(stack.deploy(update, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
  expect((await scene.cluster.find(config('a'))).data).toEqual({ key: 'given up' });
});
