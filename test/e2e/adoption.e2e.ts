import { TestStack } from './cloudformation';
import { arnOf, ROLE, Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';

const scene = new Scene();
const { account, config, look, annotations } = scene;

const secret = (name: string, value: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: scene.namespace }, stringData: { password: value } });

/** How other tools create an object, and the field manager that they leave in it. */
const TOOLS: [string, (object: any) => Promise<unknown>, string][] = [
  ['kubectl create', (object) => scene.cluster.create(object, 'kubectl-create'), 'kubectl-create Update'],
  ['kubectl apply', (object) => scene.cluster.create(object, 'kubectl-client-side-apply'), 'kubectl-client-side-apply Update'],
  ['kubectl apply --server-side', (object) => scene.cluster.applyAs('kubectl', object), 'kubectl Apply'],
  ['Helm 3', (object) => scene.cluster.create(object, 'helm'), 'helm Update'],
  ['Helm 4', (object) => scene.cluster.applyAs('helm', object), 'helm Apply'],
];

describe.each(TOOLS)('an object that %s created', (_, make, manager) => {
  test('is an error that names its manager and the possible fixes', async () => {
    await make(account('a', arnOf('theirs')));
    const before = await look();
    await expect(new TestStack('One').deploy({ Set: { objects: [account('a', arnOf('ours'))] } })).rejects.toThrow(
      `ServiceAccount ${scene.namespace}/a already exists and is managed by ${manager.split(' ')[0]}: take it over with existing: ExistingObjects.TAKE_OVER, delete it, or give this object another name`);
    expect(await look()).toEqual(before);
  });

  test('is taken over with TAKE_OVER, and given back with its former role and managers when the stack is deleted', async () => {
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

  test('is restored when the take-over is rolled back', async () => {
    await make(account('a', arnOf('theirs')));
    const before = await look();
    await expect(new TestStack('One').deploy({ Set: { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER } }, { failsElsewhere: true })).rejects.toThrow();
    expect(await look()).toEqual(before);
  });
});

test('if two stacks take over an object at once, one takes it from the other, and both are remembered', async () => {
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

test('a role that did not exist before a take-over does not exist after it', async () => {
  await scene.cluster.create(account('a'));
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER } });
  await stack.destroy();
  expect(await annotations(account('a'))).toEqual({});
});

test('a role that was the same before a take-over stays after it', async () => {
  await scene.cluster.create(account('a', arnOf('same')));
  const before = await look();
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('same'))], existing: ExistingObjects.TAKE_OVER } });
  await stack.destroy();
  expect(await look()).toEqual(before);
});

test('a role that someone else set in the meantime stays', async () => {
  await scene.cluster.create(account('a', arnOf('theirs')));
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER } });
  await scene.cluster.patch(account('a'), { metadata: { annotations: { [ROLE]: arnOf('newer') } } });
  await stack.destroy();
  expect(await annotations(account('a'))).toEqual({ [ROLE]: arnOf('newer') });
});

test('values that a take-over changed are restored, unless someone else changed them in the meantime', async () => {
  await scene.cluster.create(config('a', { changed: 'theirs', newer: 'theirs', other: 'theirs' }));
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [config('a', { changed: 'ours', newer: 'ours', added: 'ours' })], existing: ExistingObjects.TAKE_OVER } });
  await scene.cluster.patch(config('a'), { data: { newer: 'newer' } });
  await stack.destroy();
  expect((await scene.cluster.find(config('a'))).data).toEqual({ changed: 'theirs', newer: 'newer', other: 'theirs' });
});

test('an Update that takes over an object and then fails gives it back', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [config('b')] } });
  await scene.cluster.create(account('a', arnOf('theirs')));
  const before = await look();
  const lost = { ...config('c'), metadata: { name: 'c', namespace: 'missing' } };
  await expect(stack.deploy({ Set: { objects: [config('b'), account('a', arnOf('ours')), lost], existing: ExistingObjects.TAKE_OVER } })).rejects.toThrow('missing');
  expect((await look())['ServiceAccount a']).toEqual(before['ServiceAccount a']);
});

test('a role is restored even if it changed several times after the take-over', async () => {
  await scene.cluster.create(account('a', arnOf('theirs')));
  const before = await look();
  const stack = new TestStack('One');
  for (const role of ['one', 'two', 'three']) {
    await stack.deploy({ Set: { objects: [account('a', arnOf(role))], existing: ExistingObjects.TAKE_OVER } });
  }
  await stack.destroy();
  expect(await look()).toEqual(before);
});

test('an object that was taken over is still given back after its construct was renamed', async () => {
  await scene.cluster.create(account('a', arnOf('theirs')));
  const before = await look();
  const stack = new TestStack('One');
  await stack.deploy({ Old: { objects: [account('a', arnOf('one'))], existing: ExistingObjects.TAKE_OVER } });
  await stack.deploy({ New: { objects: [account('a', arnOf('two'))], existing: ExistingObjects.TAKE_OVER } });
  await stack.destroy();
  expect(await look()).toEqual(before);
});

describe('an object that someone else recreated', () => {
  const MARKED: [string, (marks: object) => object][] = [
    ['without our annotations', () => account('a', arnOf('theirs'))],
    ['with our annotations, as from a backup', (marks) => ({ ...account('a'), metadata: { ...account('a').metadata, annotations: marks } })],
  ];
  const madeAnew = async (make: (marks: object) => object) => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('one'))] } });
    const marks = await annotations(account('a'));
    await scene.cluster.remove(account('a'));
    await scene.cluster.create(make(marks), 'velero');
    return { stack, before: await look() };
  };

  test.each(MARKED)('%s makes an Update fail with an error that names the fix, and the rollback leaves it alone', async (_, make) => {
    const { stack, before } = await madeAnew(make);
    await expect(stack.deploy({ Set: { objects: [account('a', arnOf('two'))] } })).rejects.toThrow(
      `ServiceAccount ${scene.namespace}/a already exists (someone else has created it again) and is managed by velero: take it over with existing: ExistingObjects.TAKE_OVER, delete it, or give this object another name`);
    expect(await look()).toEqual(before);
    expect(scene.logged).toContain(`ServiceAccount ${scene.namespace}/a is left alone: it no longer belongs to this stack and is managed by velero`);
  });

  test.each(MARKED)('%s stays when the stack is deleted', async (_, make) => {
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

test('two concurrent deliveries of a Delete give an object back once', async () => {
  await scene.cluster.create(account('a', arnOf('theirs')));
  const before = await look();
  const stack = new TestStack('One');
  const set = { objects: [account('a', arnOf('ours'))], existing: ExistingObjects.TAKE_OVER };
  const id = await stack.send('Create', 'Set', set);
  const event = stack.event('Delete', 'Set', set, { PhysicalResourceId: id });
  await Promise.all([stack.deliver(event), stack.deliver(event)]);
  expect(await look()).toEqual(before);
});

test('a set that changes to KEEP leaves its objects in the cluster', async () => {
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

test('the data of a Secret is in no error, log or annotation', async () => {
  const bad = { ...secret('a', ''), stringData: undefined, data: { password: 'hunter2-not-base64' } };
  const error: Error = await new TestStack('One').deploy({ Set: { objects: [bad] } }).then(() => undefined, (failure) => failure);
  expect(error.message).toContain(`Secret ${scene.namespace}/a: `);
  await new TestStack('One').deploy({ Set: { objects: [secret('b', 'hunter2')] } });
  expect(JSON.stringify([error.message, error.stack, scene.logged, await annotations(secret('b', ''))])).not.toContain('hunter2');
});

test('empty maps and lists claim no ownership, so that others can add entries', async () => {
  const empty = { ...account('a'), metadata: { ...account('a').metadata, labels: {}, annotations: null }, imagePullSecrets: [] };
  await new TestStack('One').deploy({ Set: { objects: [empty] } });
  const theirs = { ...account('a'), metadata: { ...account('a').metadata, labels: { team: 'data' }, annotations: { note: 'theirs' } }, imagePullSecrets: [{ name: 'pull' }] };
  expect((await scene.cluster.applyAs('theirs', theirs)).status).toBe(200);
});
