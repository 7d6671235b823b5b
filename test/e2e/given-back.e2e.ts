import { TestStack } from './cloudformation';
import { arnOf, ROLE, Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';

const scene = new Scene();
const { account, config, look, annotations } = scene;
const TAKE_OVER = { existing: ExistingObjects.TAKE_OVER };

describe('a field that someone else set', () => {
  test('is restored when the stack is deleted, if a later Update took it', async () => {
    await scene.cluster.create(account('a', arnOf('theirs')));
    const before = await look();
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a')], ...TAKE_OVER } });
    await stack.deploy({ Set: { objects: [account('a', arnOf('ours'))], ...TAKE_OVER } });
    await stack.destroy();
    expect(await look()).toEqual(before);
  });

  test('is restored as soon as the set stops setting it', async () => {
    await scene.cluster.create(account('a', arnOf('theirs')));
    const before = await look();
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('ours'))], ...TAKE_OVER } });
    await stack.deploy({ Set: { objects: [account('a')], ...TAKE_OVER } });
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('theirs'));
    await stack.destroy();
    expect(await look()).toEqual(before);
  });

  test('is restored in an object that the set created, too', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [config('a', { ours: '1' })] } });
    await scene.cluster.patch(config('a'), { data: { theirs: '1' } });
    const before = await look();
    await expect(stack.deploy({ Set: { objects: [config('a', { ours: '2', theirs: '2' })] } }, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
    expect(await look()).toEqual(before);
    await stack.deploy({ Set: { objects: [config('a', { ours: '3', theirs: '3' })] } });
    await stack.deploy({ Set: { objects: [config('a', { ours: '3' })] } });
    expect((await scene.cluster.find(config('a'))).data).toEqual({ ours: '3', theirs: '1' });
  });

  test('stays as it is if it was changed in the meantime', async () => {
    await scene.cluster.create(config('a', { one: 'theirs', two: 'theirs' }));
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [config('a', { one: 'ours', two: 'ours' })], ...TAKE_OVER } });
    await scene.cluster.patch(config('a'), { data: { one: 'newer' } });
    await stack.destroy();
    expect((await scene.cluster.find(config('a'))).data).toEqual({ one: 'newer', two: 'theirs' });
  });

  test('is restored if someone has cleared the managed fields', async () => {
    await scene.cluster.create(config('a', { one: 'theirs', two: 'theirs' }));
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [config('a', { one: 'ours', added: 'ours' })], ...TAKE_OVER } });
    await scene.cluster.patch(config('a'), { metadata: { managedFields: [{}] } });
    await stack.destroy();
    const left = await scene.cluster.find(config('a'));
    expect(left.data).toEqual({ one: 'theirs', two: 'theirs' });
    expect(left.metadata.annotations ?? {}).toEqual({});
  });
});

test.each(['kubectl', 'helm'])('%s can apply again without a conflict after all fields of its server-side apply were taken and given back', async (manager) => {
  await scene.cluster.applyAs(manager, account('a', arnOf('theirs')));
  const before = await look();
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('ours'))], ...TAKE_OVER } });
  expect((await scene.cluster.applyAs(manager, account('a', arnOf('newer')))).status).toBe(409);
  await stack.destroy();
  expect(await look()).toEqual(before);
  expect((await scene.cluster.applyAs(manager, account('a', arnOf('newer')))).status).toBe(200);
  expect(await annotations(account('a'))).toEqual({ [ROLE]: arnOf('newer') });
});

describe('forging an annotation', () => {
  const FORGED = 'arn:aws:iam::666666666666:role/admin';

  test.each([
    ['of the owner', { 'cdk-irsa/owner': '123456789012/us-west-2/Two/Set' }],
    ['of the token', { 'cdk-irsa/token': 'f'.repeat(32) }],
    ['that earlier versions used', { 'cdk-irsa/adopted-role-arn': FORGED, 'cdk-irsa/replaced-role-arn': FORGED, 'cdk-irsa/uid': 'forged' }],
    ['by removing all annotations of ours', { 'cdk-irsa/owner': null, 'cdk-irsa/token': null }],
  ])('%s has no effect', async (_, forged) => {
    await scene.cluster.create(account('theirs', arnOf('theirs')));
    const before = await look();
    const [one, two] = [new TestStack('One'), new TestStack('Two')];
    await one.deploy({ Set: { objects: [account('theirs', arnOf('ours')), account('made', arnOf('one'))], ...TAKE_OVER } });
    const forge = () => Promise.all(['theirs', 'made'].map((name) => scene.cluster.patch(account(name), { metadata: { annotations: forged } })));
    await forge();
    await expect(two.deploy({ Set: { objects: [account('made', arnOf('two'))] } })).rejects.toThrow(/^ServiceAccount \S+\/made belongs to stack One /);
    await one.deploy({ Set: { objects: [account('theirs', arnOf('ours')), account('made', arnOf('other'))], ...TAKE_OVER } });
    expect((await annotations(account('made')))[ROLE]).toBe(arnOf('other'));
    await forge();
    await one.destroy();
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`, 'ServiceAccount theirs']);
    expect((await annotations(account('theirs')))[ROLE]).toBe(arnOf('theirs'));
    expect((await look())['ServiceAccount theirs'].uid).toBe(before['ServiceAccount theirs'].uid);
  });

  test('on a foreign object, so that it looks like ours, has no effect', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a')] } });
    const marks = await annotations(account('a'));
    await scene.cluster.create({ ...account('b'), metadata: { ...account('b').metadata, annotations: marks } });
    const before = (await look())['ServiceAccount b'];
    await expect(stack.deploy({ Set: { objects: [account('a'), account('b')] } })).rejects.toThrow(/^ServiceAccount \S+\/b already exists/);
    await stack.destroy();
    expect(await look()).toEqual({ [`Namespace ${scene.namespace}`]: expect.anything(), 'ServiceAccount b': before });
  });
});
