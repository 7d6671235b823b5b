import { TestStack } from './cloudformation';
import { arnOf, ROLE, Scene, withoutOthers } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';

const scene = new Scene();
const { account, config, look, annotations, uid } = scene;

const secret = (name: string, value: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: scene.namespace }, stringData: { password: value } });

/** How the tools of others leave an object: what they create it with, and their part in it. */
const TOOLS: [string, (object: any) => Promise<unknown>, string][] = [
  ['kubectl create', (object) => scene.cluster.create(object, 'kubectl-create'), 'kubectl-create Update'],
  ['kubectl apply', (object) => scene.cluster.create(object, 'kubectl-client-side-apply'), 'kubectl-client-side-apply Update'],
  ['kubectl apply --server-side', (object) => scene.cluster.applyAs('kubectl', object), 'kubectl Apply'],
  ['Helm 3', (object) => scene.cluster.create(object, 'helm'), 'helm Update'],
  ['Helm 4', (object) => scene.cluster.applyAs('helm', object), 'helm Apply'],
];

describe.each(TOOLS)('what %s has made', (_, make, manager) => {
  test('is an error that names who manages it, and the ways out', async () => {
    await make(account('a', arnOf('theirs')));
    const before = await look();
    await expect(new TestStack('One').deploy({ Set: { objects: [account('a', arnOf('ours'))] } })).rejects.toThrow(
      `ServiceAccount ${scene.namespace}/a is there already, managed by ${manager.split(' ')[0]}: take it over with existing: ExistingObjects.TAKE_OVER, delete it, or give this one another name`);
    expect(await look()).toEqual(before);
  });

  test('is adopted with TAKE_OVER, and released with its own role when the stack goes', async () => {
    const theirs = { ...account('a', arnOf('theirs')), automountServiceAccountToken: false };
    await make(theirs);
    const before = await look();
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER } });
    expect(await annotations(account('a'))).toEqual({
      'cdk-irsa/owner': stack.resources.get('Set')!.id,
      'cdk-irsa/uid': await uid(account('a')),
      'cdk-irsa/adopted': 'true',
      'cdk-irsa/adopted-role-arn': arnOf('theirs'),
      [ROLE]: arnOf('ours'),
    });
    expect((await look())['ServiceAccount a'].rest).toEqual({ automountServiceAccountToken: false });
    await stack.destroy();
    expect(await look()).toEqual(before);
  });

  test('and is as before when its adoption is rolled back', async () => {
    await make(account('a', arnOf('theirs')));
    const before = await look();
    await expect(new TestStack('One').deploy({ Set: { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER } }, { failsElsewhere: true })).rejects.toThrow();
    expect(withoutOthers(await look())).toEqual(withoutOthers(before));
  });
});

test('of two stacks that adopt at once, one takes over from the other, and neither is forgotten', async () => {
  for (let i = 0; i < 20; i++) {
    const object = account(`race-${i}`, arnOf('ours'));
    await scene.cluster.create(account(`race-${i}`, arnOf('theirs')));
    const before = await look();
    const stacks = [new TestStack('One'), new TestStack('Two')];
    await Promise.all(stacks.map((stack) => stack.deploy({ [`Set${i}`]: { objects: [object], existing: ExistingObjects.TAKE_OVER } })));
    const ids = stacks.map((stack) => stack.resources.get(`Set${i}`)!.id);
    const marks = await annotations(object);
    expect([marks['cdk-irsa/owner'], marks['cdk-irsa/replaced']].sort()).toEqual(ids.sort());
    expect(marks['cdk-irsa/adopted-role-arn']).toBe(arnOf('theirs'));
    for (const stack of stacks) {
      await stack.destroy();
    }
    expect(await look()).toEqual(before);
  }
});

test('a role that was not there before an adoption is not there after it', async () => {
  await scene.cluster.create(account('a'));
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER } });
  await stack.destroy();
  expect(await annotations(account('a'))).toEqual({});
});

test('a role that was the same before an adoption is there after it', async () => {
  await scene.cluster.create(account('a', arnOf('same')));
  const before = await look();
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('same'))], existing: ExistingObjects.TAKE_OVER } });
  await stack.destroy();
  expect(await look()).toEqual(before);
});

const FORGED = 'arn:aws:iam::666666666666:role/admin';

test.each([
  ['of another account', FORGED],
  ['with a second one behind it', `${arnOf('theirs')} ${FORGED}`],
  ['that is no ARN', 'admin'],
])('a forged mark of a role %s is not given back: the account names no role, and the log says so', async (_, forged) => {
  await scene.cluster.create(account('a', arnOf('theirs')));
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER } });
  await scene.cluster.patch(account('a'), { metadata: { annotations: { 'cdk-irsa/adopted-role-arn': forged } } });
  await stack.destroy();
  expect(await annotations(account('a'))).toEqual({});
  expect(scene.logged).toContain(
    `ServiceAccount ${scene.namespace}/a names no role any more: its mark of the role that it named before is not the ARN of a role in the cluster's account`);
  expect(scene.logged.join()).not.toContain('admin');
});

test('a forged mark of a role is not given back to the stack that had the account either', async () => {
  const [one, two] = [new TestStack('One'), new TestStack('Two')];
  await one.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
  await two.deploy({ Set: { objects: [account('a', arnOf('two'))], existing: ExistingObjects.TAKE_OVER } });
  await scene.cluster.patch(account('a'), { metadata: { annotations: { 'cdk-irsa/replaced-role-arn': FORGED } } });
  await two.destroy();
  expect(await annotations(account('a'))).toEqual({ 'cdk-irsa/owner': one.resources.get('Set')!.id, 'cdk-irsa/uid': await uid(account('a')) });
});

test('a role that someone else has set since stays', async () => {
  await scene.cluster.create(account('a', arnOf('theirs')));
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER } });
  await scene.cluster.patch(account('a'), { metadata: { annotations: { [ROLE]: arnOf('newer') } } });
  await stack.destroy();
  expect(await annotations(account('a'))).toEqual({ [ROLE]: arnOf('newer') });
});

test('values that an adoption has changed stay', async () => {
  await scene.cluster.create(config('a', { key: 'theirs', other: 'theirs' }));
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [config('a', { key: 'ours' })], existing: ExistingObjects.TAKE_OVER } });
  await stack.destroy();
  expect((await scene.cluster.find(config('a'))).data).toEqual({ key: 'ours', other: 'theirs' });
});

test('an update that adopts, and fails in the middle, gives back what it took', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [config('b')] } });
  await scene.cluster.create(account('a', arnOf('theirs')));
  const before = await look();
  const lost = { ...config('c'), metadata: { name: 'c', namespace: 'missing' } };
  await expect(stack.deploy({ Set: { objects: [config('b'), account('a', arnOf('ours')), lost], existing: ExistingObjects.TAKE_OVER } })).rejects.toThrow('missing');
  expect((await look())['ServiceAccount a']).toEqual(before['ServiceAccount a']);
});

test('an adopted object passes on as adopted when its construct is renamed', async () => {
  await scene.cluster.create(account('a', arnOf('theirs')));
  const before = await look();
  const stack = new TestStack('One');
  await stack.deploy({ Old: { objects: [account('a', arnOf('one'))], existing: ExistingObjects.TAKE_OVER } });
  await stack.deploy({ New: { objects: [account('a', arnOf('two'))], existing: ExistingObjects.TAKE_OVER } });
  await stack.destroy();
  expect(await look()).toEqual(before);
});

test('what is restored from a backup, with our marks and another uid, is applied and not deleted any more', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
  const { metadata: { annotations: copied } } = await scene.cluster.find(account('a'));
  await scene.cluster.remove(account('a'));
  await scene.cluster.create({ ...account('a'), metadata: { ...account('a').metadata, annotations: copied } }, 'velero');
  await stack.deploy({ Set: { objects: [account('a', arnOf('two'))] } });
  expect(await annotations(account('a'))).toMatchObject({ [ROLE]: arnOf('two'), 'cdk-irsa/uid': await uid(account('a')), 'cdk-irsa/adopted': 'true' });
  await stack.destroy();
  expect(await annotations(account('a'))).toEqual({});
});

test('a restored object is not even deleted where nothing was deployed in between', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
  const { metadata: { annotations: copied } } = await scene.cluster.find(account('a'));
  await scene.cluster.remove(account('a'));
  await scene.cluster.create({ ...account('a'), metadata: { ...account('a').metadata, annotations: copied } }, 'velero');
  await stack.destroy();
  expect(await annotations(account('a'))).toEqual({});
});

test('what someone else makes under the name of a deleted object of ours is left alone, in updates, rollbacks and deletions', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
  await scene.cluster.remove(account('a'));
  await scene.cluster.create(account('a', arnOf('theirs')));
  const before = await look();
  await expect(stack.deploy({ Set: { objects: [account('a', arnOf('two'))] } }, { failsElsewhere: true })).rejects.toThrow('something else failed');
  await stack.deploy({ Set: { objects: [account('a', arnOf('two'))] } });
  expect(scene.logged).toContain(`ServiceAccount ${scene.namespace}/a is left alone: it is not ours any more, managed by kubectl-create`);
  await stack.destroy();
  expect(await look()).toEqual(before);
});

test('one and the same release twice, side by side, is one release', async () => {
  await scene.cluster.create(account('a', arnOf('theirs')));
  const before = await look();
  const stack = new TestStack('One');
  const set = { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER };
  const id = await stack.send('Create', 'Set', set);
  const remove = () => stack.send('Delete', 'Set', set, { PhysicalResourceId: id });
  await Promise.all([remove(), remove()]);
  expect(await look()).toEqual(before);
});

test('a set that becomes one that is only created leaves its objects in the cluster', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [config('a')] } });
  await stack.deploy({ Set: { objects: [config('a')], existing: ExistingObjects.KEEP } });
  await stack.destroy();
  expect(await annotations(config('a'))).toEqual({});
});

test('a Secret of others is not taken over, not even with TAKE_OVER', async () => {
  await scene.cluster.create(secret('a', 'theirs'));
  const before = await look();
  await expect(new TestStack('One').deploy({ Set: { objects: [secret('a', 'ours')], existing: ExistingObjects.TAKE_OVER } }))
    .rejects.toThrow(`Secret ${scene.namespace}/a is there already and not ours: a Secret is not taken over, not even with existing: ExistingObjects.TAKE_OVER`);
  expect(await look()).toEqual(before);
});

test('a Secret\'s data is in no error, log or mark', async () => {
  const bad = { ...secret('a', ''), stringData: undefined, data: { password: 'hunter2-not-base64' } };
  const error: Error = await new TestStack('One').deploy({ Set: { objects: [bad] } }).then(() => undefined, (failure) => failure);
  expect(error.message).toContain(`Secret ${scene.namespace}/a: `);
  await new TestStack('One').deploy({ Set: { objects: [secret('b', 'hunter2')] } });
  expect(JSON.stringify([error.message, error.stack, scene.logged, await annotations(secret('b', ''))])).not.toContain('hunter2');
});

test('empty maps and lists claim nothing: others may add what they want', async () => {
  const empty = { ...account('a'), metadata: { ...account('a').metadata, labels: {}, annotations: null }, imagePullSecrets: [] };
  await new TestStack('One').deploy({ Set: { objects: [empty] } });
  const theirs = { ...account('a'), metadata: { ...account('a').metadata, labels: { team: 'data' }, annotations: { note: 'theirs' } }, imagePullSecrets: [{ name: 'pull' }] };
  expect((await scene.cluster.applyAs('theirs', theirs)).status).toBe(200);
});
