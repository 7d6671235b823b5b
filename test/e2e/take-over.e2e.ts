import { TestStack } from './cloudformation';
import { arnOf, madeBy, ROLE, Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';

const scene = new Scene();
const { account, config, look, annotations, uid } = scene;

describe('an object of another resource in the stack', () => {
  test('passes to the new resource when a construct is renamed, and stays the same object', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Old: { objects: [account('a', arnOf('one'))] } });
    const before = await uid(account('a'));
    await stack.deploy({ New: { objects: [account('a', arnOf('two'))] } });
    expect(await uid(account('a'))).toBe(before);
    expect(await annotations(account('a'))).toEqual({ 'cdk-irsa/owner': stack.owner('New'), [ROLE]: arnOf('two') });
    await stack.destroy();
    expect(await uid(account('a'))).toBeUndefined();
  });

  test('is given back with its role when the renaming is rolled back', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Old: { objects: [account('a', arnOf('one'))] } });
    const before = await look();
    await expect(stack.deploy({ New: { objects: [account('a', arnOf('two'))] } }, { failsElsewhere: true })).rejects.toThrow();
    expect(await look()).toEqual(before);
    await stack.deploy({ Old: { objects: [account('a', arnOf('three'))] } });
    expect(await annotations(account('a'))).toMatchObject({ [ROLE]: arnOf('three') });
  });

  test.each([['A', 'B'], ['B', 'A']])('moves between sets, whichever is updated first (%s)', async (first, second) => {
    const stack = new TestStack('One');
    const sets = (moved: boolean) => {
      const all = { A: { objects: [config('x'), ...(moved ? [] : [account('a', arnOf('one'))])] }, B: { objects: [config('y'), ...(moved ? [account('a', arnOf('one'))] : [])] } };
      return { [first]: all[first as 'A'], [second]: all[second as 'B'] };
    };
    await stack.deploy(sets(false));
    const before = await look();
    await expect(stack.deploy(sets(true), { failsElsewhere: true })).rejects.toThrow();
    expect(await look()).toEqual(before);
    await stack.deploy(sets(true));
    expect(await uid(account('a'))).toBe(before['ServiceAccount a'].uid);
    expect(await annotations(account('a'))).toEqual({ 'cdk-irsa/owner': stack.owner('B'), [ROLE]: arnOf('one') });
    await stack.destroy();
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });
});

describe('an object of another stack', () => {
  const bothStacks = async () => {
    const [one, two] = [new TestStack('One'), new TestStack('Two')];
    await one.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
    return { one, two, before: await look() };
  };

  test('is an error that names that stack', async () => {
    const { two, before } = await bothStacks();
    await expect(two.deploy({ Set: { objects: [account('a', arnOf('two'))] } })).rejects.toThrow(
      `ServiceAccount ${scene.namespace}/a belongs to stack One in us-west-2 of account 123456789012 (resource Set): remove it there, or take it over with existing: ExistingObjects.TAKE_OVER`);
    expect(await look()).toEqual(before);
  });

  test('is taken over with TAKE_OVER, and given back when the new stack is deleted first', async () => {
    const { one, two, before } = await bothStacks();
    await two.deploy({ Set: { objects: [account('a', arnOf('two'))], existing: ExistingObjects.TAKE_OVER } });
    expect(await annotations(account('a'))).toEqual({ ...madeBy(one.owner('Set')), 'cdk-irsa/owner': two.owner('Set'), [ROLE]: arnOf('two') });
    await two.destroy();
    expect(await look()).toEqual(before);
    await one.destroy();
    expect(await uid(account('a'))).toBeUndefined();
  });

  test('is given back after failed and successful changes to the new stack', async () => {
    const { two, before } = await bothStacks();
    await two.deploy({ Set: { objects: [account('a', arnOf('two'))], existing: ExistingObjects.TAKE_OVER } });
    await expect(two.deploy({ Set: { objects: [account('a', arnOf('three')), config('b')], existing: ExistingObjects.TAKE_OVER } }, { failsElsewhere: true })).rejects.toThrow();
    await two.deploy({ Set: { objects: [account('a', arnOf('three')), config('c')], existing: ExistingObjects.TAKE_OVER } });
    expect(await annotations(account('a'))).toMatchObject({ 'cdk-irsa/owner': two.owner('Set'), [ROLE]: arnOf('three') });
    await two.destroy();
    expect(await look()).toEqual(before);
  });

  test('stays with the new stack when the update in which the old stack gives it up is rolled back', async () => {
    const [one, two] = [new TestStack('One'), new TestStack('Two')];
    await one.deploy({ Set: { objects: [account('a', arnOf('one')), config('b')] } });
    await two.deploy({ Set: { objects: [account('a', arnOf('two'))], existing: ExistingObjects.TAKE_OVER } });
    const before = await look();
    await expect(one.deploy({ Set: { objects: [config('b'), config('c')] } }, { failsElsewhere: true })).rejects.toThrow('something else failed');
    expect(await look()).toEqual(before);
    await one.deploy({ Set: { objects: [config('b')] } });
    expect(await annotations(account('a'))).toEqual({ 'cdk-irsa/owner': two.owner('Set'), [ROLE]: arnOf('two') });
  });

  test('moves permanently when the old stack gives it up afterwards', async () => {
    const { one, two, before } = await bothStacks();
    await two.deploy({ Set: { objects: [account('a', arnOf('two'))], existing: ExistingObjects.TAKE_OVER } });
    await one.destroy();
    expect(await uid(account('a'))).toBe(before['ServiceAccount a'].uid);
    expect(await annotations(account('a'))).toEqual({ 'cdk-irsa/owner': two.owner('Set'), [ROLE]: arnOf('two') });
    await two.destroy();
    expect(await uid(account('a'))).toBeUndefined();
  });

  test('is created again when the old stack gives it up first', async () => {
    const { one, two, before } = await bothStacks();
    await one.destroy();
    await two.deploy({ Set: { objects: [account('a', arnOf('two'))] } });
    expect(await uid(account('a'))).not.toBe(before['ServiceAccount a'].uid);
  });

  test('is left alone by the former owner, even in a rollback', async () => {
    const { one, two } = await bothStacks();
    await two.deploy({ Set: { objects: [account('a', arnOf('two'))], existing: ExistingObjects.TAKE_OVER } });
    const taken = (await look())['ServiceAccount a'];
    await expect(one.deploy({ Set: { objects: [account('a', arnOf('three')), config('b')] } }, { failsElsewhere: true })).rejects.toThrow('something else failed');
    expect((await look())['ServiceAccount a']).toEqual(taken);
    await one.deploy({ Set: { objects: [account('a', arnOf('three')), config('b')] } });
    expect((await look())['ServiceAccount a']).toEqual(taken);
    expect(scene.logged).toContain(`ServiceAccount ${scene.namespace}/a is left alone: stack Two in us-west-2 of account 123456789012 (resource Set) has taken it over`);
    await one.destroy();
    await two.destroy();
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });

  test('goes to one of two stacks that create it at the same time', async () => {
    for (let i = 0; i < 50; i++) {
      const object = account(`race-${i}`, arnOf('role'));
      const stacks = [new TestStack('One'), new TestStack('Two')];
      const results = await Promise.allSettled(stacks.map((stack) => stack.deploy({ [`Set${i}`]: { objects: [object] } })));
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const winner = stacks[results.findIndex(({ status }) => status === 'fulfilled')];
      expect(await annotations(object)).toEqual({ ...madeBy(winner.owner(`Set${i}`)), [ROLE]: arnOf('role') });
      await winner.destroy();
      expect(await uid(object)).toBeUndefined();
    }
  });
});
