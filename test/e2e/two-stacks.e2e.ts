import { TestStack } from './cloudformation';
import { arnOf, ROLE, Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';

const scene = new Scene();
const { account, config, look, annotations, uid } = scene;
const TAKE_OVER = { existing: ExistingObjects.TAKE_OVER };
const stacks = () => [new TestStack('One'), new TestStack('Two')];
const nameOf = (stack: string) => `stack ${stack} in us-west-2 of account 123456789012 (resource Set)`;

describe('a stack that takes over an object of another stack', () => {
  const labelled = () => account('a', undefined, { metadata: { name: 'a', namespace: scene.namespace, labels: { two: 'yes' } } });
  const keys = async () => (await scene.cluster.find(config('c'))).data;

  test('leaves the other stack the fields that it does not set itself', async () => {
    const [one, two] = stacks();
    await one.deploy({ Set: { objects: [account('a', arnOf('one')), config('c', { one: '1', both: '1' })] } });
    await two.deploy({ Set: { objects: [labelled(), config('c', { both: '2' })], ...TAKE_OVER } });
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('one'));
    expect(await keys()).toEqual({ one: '1', both: '2' });
  });

  test.each([
    ['is rolled back', true],
    ['is deleted', false],
  ])('gives everything back when it %s', async (_, failsElsewhere) => {
    const [one, two] = stacks();
    await one.deploy({ Set: { objects: [account('a', arnOf('one')), config('c', { one: '1', both: '1' })] } });
    const before = await look();
    await two.deploy({ Set: { objects: [labelled(), config('c', { both: '2', two: '2' })], ...TAKE_OVER } }, { failsElsewhere }).catch((error) => expect(error.message).toBe('something else failed'));
    await two.destroy();
    expect(await look()).toEqual(before);
  });

  test('gives back an object from which the other stack can remove a field', async () => {
    const [one, two] = stacks();
    await one.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
    await two.deploy({ Set: { objects: [account('a', arnOf('two'))], ...TAKE_OVER } });
    await two.destroy();
    await one.deploy({ Set: { objects: [account('a')] } });
    expect((await annotations(account('a')))[ROLE]).toBeUndefined();
  });

  test('gives back an object with what the other stack wants by then', async () => {
    const [one, two] = stacks();
    await one.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
    await two.deploy({ Set: { objects: [account('a', arnOf('two'))], ...TAKE_OVER } });
    await one.deploy({ Set: { objects: [account('a', arnOf('newer'))] } });
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('two'));
    await two.destroy();
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('newer'));
    await one.destroy();
    expect(await uid(account('a'))).toBeUndefined();
  });
});

describe('two stacks that take over from each other', () => {
  const both = async () => {
    const [one, two] = stacks();
    await one.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
    await two.deploy({ Set: { objects: [account('a', arnOf('two'))], ...TAKE_OVER } });
    return { one, two, first: await uid(account('a')) };
  };
  const change = async (stack: TestStack, role: string) => {
    scene.logged.length = 0;
    await stack.deploy({ Set: { objects: [account('a', arnOf(role))], ...TAKE_OVER } });
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf(role));
    expect((await annotations(account('a')))['cdk-irsa/owner']).toBe(stack.owner('Set'));
  };

  test('each take the object with their own next change, and log it', async () => {
    const { one, two } = await both();
    await change(one, 'one-again');
    expect(scene.logged).toContain(`ServiceAccount ${scene.namespace}/a is taken back from ${nameOf('Two')}`);
    await change(two, 'two-again');
    expect(scene.logged).toContain(`ServiceAccount ${scene.namespace}/a is taken back from ${nameOf('One')}`);
    await change(two, 'two-once-more');
    expect(scene.logged.join()).not.toContain('taken back');
    await change(one, 'one-at-last');
  });

  test.each([['One', 'Two'], ['Two', 'One']])('leave nothing behind when they are deleted (%s first)', async (firstName) => {
    const { one, two, first } = await both();
    await change(one, 'one-again');
    await change(two, 'two-again');
    const [earlier, later] = firstName === 'One' ? [one, two] : [two, one];
    await earlier.destroy();
    expect(await uid(account('a'))).toBe(first);
    expect((await annotations(account('a')))['cdk-irsa/owner']).toBe(later.owner('Set'));
    await later.destroy();
    expect(await uid(account('a'))).toBeUndefined();
  });

  test('leave it alone and log that after TAKE_OVER is turned off', async () => {
    const { one, two } = await both();
    await change(one, 'one-again');
    await two.deploy({ Set: { objects: [account('a', arnOf('two-again'))] } });
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('one-again'));
    expect(scene.logged).toContain(`ServiceAccount ${scene.namespace}/a is left alone: ${nameOf('One')} has taken it over`);
    await one.destroy();
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('two-again'));
    await two.destroy();
    expect(await uid(account('a'))).toBeUndefined();
  });

  test('give back an object that someone else recreated', async () => {
    const { one, two } = await both();
    await scene.cluster.remove(account('a'));
    await scene.cluster.create(account('a', arnOf('theirs')));
    const before = await look();
    await two.deploy({ Set: { objects: [account('a', arnOf('two-again'))], ...TAKE_OVER } });
    await two.destroy();
    await one.destroy();
    expect(await look()).toEqual(before);
  });
});
