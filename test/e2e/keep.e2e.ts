import { TestStack } from './cloudformation';
import { arnOf, madeBy, ROLE, Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';

const scene = new Scene();
const { account, config, look, annotations, uid } = scene;
const KEEP = { existing: ExistingObjects.KEEP };

/** What the objects look like that a set has given up: with their values, and nobody's. */
const givenUp = async () => {
  for (const [name, { annotations: marks, managers }] of Object.entries(await look()).filter(([each]) => !each.startsWith('Namespace'))) {
    expect({ name, owner: marks?.['cdk-irsa/owner'], managers }).toEqual({ name, owner: undefined, managers: [] });
  }
};

describe('a set that becomes one that keeps what exists', () => {
  const managed = () => [config('a'), account('s', arnOf('role'))];

  test.each([
    ['alone', () => managed()],
    ['and gets another object', () => [...managed(), config('more')]],
  ])('%s leaves its objects with their values, and deletes them no more', async (_, wanted) => {
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

  test('leaves them too where its construct is renamed in the same change', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Old: { objects: managed() } });
    const [a, s] = [await uid(config('a')), await uid(account('s'))];
    await stack.deploy({ New: { objects: managed(), ...KEEP } });
    expect([await uid(config('a')), await uid(account('s'))]).toEqual([a, s]);
    await stack.destroy();
    expect(await annotations(account('s'))).toEqual({ [ROLE]: arnOf('role') });
    await givenUp();
  });

  test('deletes what it does not want any more', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: managed() } });
    await stack.deploy({ Set: { objects: [account('s', arnOf('role'))], ...KEEP } });
    expect(await uid(config('a'))).toBeUndefined();
    expect(await annotations(account('s'))).toEqual({ [ROLE]: arnOf('role') });
  });

  test.each(['update', 'delete'] as const)('is as before where that is rolled back with an %s', async (undoWith) => {
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

describe('a set that kept what exists, and becomes a managed one,', () => {
  const kept = async (...existing: object[]) => {
    for (const object of existing) {
      await scene.cluster.create(object);
    }
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [config('a'), account('s', arnOf('one'))], ...KEEP } });
    return stack;
  };

  test('manages and deletes what it has created itself', async () => {
    const stack = await kept();
    await stack.deploy({ Set: { objects: [config('a', { key: 'new' }), account('s', arnOf('two'))] } });
    expect((await scene.cluster.find(config('a'))).data).toEqual({ key: 'new' });
    expect(await annotations(account('s'))).toEqual({ ...madeBy(stack.owner('Set')), [ROLE]: arnOf('two') });
    await stack.destroy();
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });

  test('refuses what it has found', async () => {
    const stack = await kept(config('a', { key: 'theirs' }));
    const before = await look();
    await expect(stack.deploy({ Set: { objects: [config('a'), account('s', arnOf('two'))] } })).rejects.toThrow(/^ConfigMap \S+\/a already exists and is /);
    expect(await look()).toEqual(before);
  });

  test('takes over what it has found, if it may, and gives it back', async () => {
    const stack = await kept(config('a', { key: 'theirs' }));
    const { 'ConfigMap a': before } = await look();
    await stack.deploy({ Set: { objects: [config('a', { key: 'ours' }), account('s', arnOf('two'))], existing: ExistingObjects.TAKE_OVER } });
    expect((await scene.cluster.find(config('a'))).data).toEqual({ key: 'ours' });
    await stack.destroy();
    expect(await look()).toEqual({ [`Namespace ${scene.namespace}`]: expect.anything(), 'ConfigMap a': before });
  });

  test.each(['update', 'delete'] as const)('is as before where that is rolled back with an %s, and deletes nothing', async (undoWith) => {
    const stack = await kept();
    const values = async () => Object.fromEntries(Object.entries(await look()).map(([name, { managers, ...rest }]) => [name, rest]));
    const before = await values();
    await expect(stack.deploy({ Set: { objects: [config('a', { key: 'new', more: 'new' }), account('s', arnOf('two'))] } }, { failsElsewhere: true, undoWith }))
      .rejects.toThrow(/^something else failed$/);
    expect(await values()).toEqual(before);
    await stack.destroy();
    expect(await values()).toEqual(before);
  });
});

test('what a set has given up has its values again when an update that took it is rolled back', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [config('a', { key: 'given up' })] } });
  await stack.deploy({ Set: { objects: [config('a', { key: 'given up' })], ...KEEP } });
  const update = { Set: { objects: [config('a', { key: 'taken' })], existing: ExistingObjects.TAKE_OVER } };
  await expect(stack.deploy(update, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
  expect((await scene.cluster.find(config('a'))).data).toEqual({ key: 'given up' });
});
