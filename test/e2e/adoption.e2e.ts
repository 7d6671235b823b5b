import { TestStack } from './cloudformation';
import { arnOf, ROLE, Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';

const scene = new Scene();
const { account, config, look, annotations } = scene;

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
      `ServiceAccount ${scene.namespace}/a already exists and is managed by ${manager.split(' ')[0]}: take it over with existing: ExistingObjects.TAKE_OVER, delete it, or give this object another name`);
    expect(await look()).toEqual(before);
  });

  test('is adopted with TAKE_OVER, and given back with its own role and managers when the stack goes', async () => {
    const theirs = { ...account('a', arnOf('theirs')), automountServiceAccountToken: false };
    await make(theirs);
    const before = await look();
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER } });
    expect(await annotations(account('a'))).toEqual({ 'cdk-irsa/owner': stack.owner('Set'), [ROLE]: arnOf('ours') });
    expect((await look())['ServiceAccount a'].rest).toEqual({ automountServiceAccountToken: false });
    await stack.destroy();
    expect(await look()).toEqual(before);
  });

  test('and is as before when its adoption is rolled back', async () => {
    await make(account('a', arnOf('theirs')));
    const before = await look();
    await expect(new TestStack('One').deploy({ Set: { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER } }, { failsElsewhere: true })).rejects.toThrow();
    expect(await look()).toEqual(before);
  });
});

test('of two stacks that adopt at once, one takes over from the other, and neither is forgotten', async () => {
  for (let i = 0; i < 20; i++) {
    const object = account(`race-${i}`, arnOf('ours'));
    await scene.cluster.create(account(`race-${i}`, arnOf('theirs')));
    const before = await look();
    const stacks = [new TestStack('One'), new TestStack('Two')];
    await Promise.all(stacks.map((stack) => stack.deploy({ [`Set${i}`]: { objects: [object], existing: ExistingObjects.TAKE_OVER } })));
    expect((await annotations(object))[ROLE]).toBe(arnOf('ours'));
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

test('a role that someone else has set since stays', async () => {
  await scene.cluster.create(account('a', arnOf('theirs')));
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER } });
  await scene.cluster.patch(account('a'), { metadata: { annotations: { [ROLE]: arnOf('newer') } } });
  await stack.destroy();
  expect(await annotations(account('a'))).toEqual({ [ROLE]: arnOf('newer') });
});

test('values that an adoption has changed come back, unless someone has changed them since', async () => {
  await scene.cluster.create(config('a', { changed: 'theirs', newer: 'theirs', other: 'theirs' }));
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [config('a', { changed: 'ours', newer: 'ours', added: 'ours' })], existing: ExistingObjects.TAKE_OVER } });
  await scene.cluster.patch(config('a'), { data: { newer: 'newer' } });
  await stack.destroy();
  expect((await scene.cluster.find(config('a'))).data).toEqual({ changed: 'theirs', newer: 'newer', other: 'theirs' });
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

test('a role that changed twice since an adoption comes back all the same', async () => {
  await scene.cluster.create(account('a', arnOf('theirs')));
  const before = await look();
  const stack = new TestStack('One');
  for (const role of ['one', 'two', 'three']) {
    await stack.deploy({ Set: { objects: [account('a', arnOf(role))], existing: ExistingObjects.TAKE_OVER } });
  }
  await stack.destroy();
  expect(await look()).toEqual(before);
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

describe('what someone has made anew', () => {
  const MARKED: [string, (marks: object) => object][] = [
    ['without our annotations', () => account('a', arnOf('theirs'))],
    ['with our annotations, as a backup has them', (marks) => ({ ...account('a'), metadata: { ...account('a').metadata, annotations: marks } })],
  ];
  const madeAnew = async (make: (marks: object) => object) => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
    const marks = await annotations(account('a'));
    await scene.cluster.remove(account('a'));
    await scene.cluster.create(make(marks), 'velero');
    return { stack, before: await look() };
  };

  test.each(MARKED)('%s fails an update, which names the way out, and its roll-back leaves it alone', async (_, make) => {
    const { stack, before } = await madeAnew(make);
    await expect(stack.deploy({ Set: { objects: [account('a', arnOf('two'))] } })).rejects.toThrow(
      `ServiceAccount ${scene.namespace}/a already exists (someone else has created it again) and is managed by velero: take it over with existing: ExistingObjects.TAKE_OVER, delete it, or give this object another name`);
    expect(await look()).toEqual(before);
    expect(scene.logged).toContain(`ServiceAccount ${scene.namespace}/a is left alone: it no longer belongs to this stack and is managed by velero`);
  });

  test.each(MARKED)('%s stays when the stack goes', async (_, make) => {
    const { stack, before } = await madeAnew(make);
    await stack.destroy();
    expect(await look()).toEqual(before);
  });

  test.each(MARKED)('%s is taken over with TAKE_OVER, and given back', async (_, make) => {
    const { stack, before } = await madeAnew(make);
    await stack.deploy({ Set: { objects: [account('a', arnOf('two'))], existing: ExistingObjects.TAKE_OVER } });
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('two'));
    await stack.destroy();
    const { annotations: marked, ...rest } = before['ServiceAccount a'];
    expect((await look())['ServiceAccount a']).toEqual({ ...rest, annotations: { [ROLE]: marked![ROLE] } });
  });
});

test('one and the same release twice, side by side, is one release', async () => {
  await scene.cluster.create(account('a', arnOf('theirs')));
  const before = await look();
  const stack = new TestStack('One');
  const set = { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER };
  const id = await stack.send('Create', 'Set', set);
  const event = stack.event('Delete', 'Set', set, { PhysicalResourceId: id });
  await Promise.all([stack.deliver(event), stack.deliver(event)]);
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
    .rejects.toThrow(`Secret ${scene.namespace}/a already exists and is managed by kubectl-create: a Secret cannot be taken over, even with existing: ExistingObjects.TAKE_OVER`);
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
