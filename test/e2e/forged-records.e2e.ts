import { createHash } from 'node:crypto';
import { LIMITS, TestStack } from './cloudformation';
import { recordData } from './record-data';
import { arnOf, recordPath, RECORDS, ROLE, Scene } from './scene';
import { identity } from '../../lib/kubernetes/contract/identity';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const { account, config, look, annotations, uid } = scene;
const OWNER = '123456789012/us-west-2/One/Set';
const EVIL = '123456789012/us-west-2/Evil/Set';
/** A record of this event is due to be cleaned up by a function that does not wait for Creates that did not end. */
const CREATING = { type: 'Create', time: '20991231T000000Z' };

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
const sweeper = () => new TestStack('Sweeper', handlerWithin({ ...LIMITS, service: -Infinity }));

async function deployed() {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [account('a', arnOf('one')), config('b')] } });
  return stack;
}

interface Forgery {
  readonly name?: string;
  readonly epoch?: number;
  readonly objects: any[];
  /** @default - none: the Create was killed */
  readonly answer?: object;
  /** The annotation about the event. */
  readonly mark?: string;
}

/** Creates a record that says that a Create of a set was killed after it had created these objects. */
async function forge(owner: string, { name = hashOf(owner), epoch = 1, objects, answer, mark = `${CREATING.type} ${CREATING.time}` }: Forgery): Promise<void> {
  const entries = await Promise.all(objects.map(async (object): Promise<[string, object]> =>
    [identity(object), { object, uid: await uid(object), epoch, landed: true, origin: 'absent', fields: [] }]));
  const current = { ids: [], hash: '', existing: 'REFUSE', objects: Object.fromEntries(entries) };
  const event = { request: 'r', nonce: 'n', earlier: [], answer, ...CREATING };
  await scene.cluster.ask('POST', RECORDS, {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'cdk-irsa/record',
    metadata: {
      name,
      labels: Object.fromEntries(entries.map(([id]) => [`cdk-irsa/${hashOf(id)}`, ''])),
      annotations: { 'cdk-irsa/owner': owner, 'cdk-irsa/state': 'Creating', 'cdk-irsa/event': mark },
    },
    data: { record: recordData({ format: 1, stackId: 'arn:aws:cloudformation:us-west-2:123456789012:stack/Evil/1', event, current, dropped: {}, retained: {} }) },
  });
}

/** Makes a Secret look as if the function had written it, which needs the permission to change it. */
async function complete(owner: string, data?: string): Promise<void> {
  const { metadata } = await scene.cluster.get(recordPath(owner));
  const change = { metadata: { annotations: { 'cdk-irsa/self': metadata.uid } }, ...(data && { data: { record: data } }) };
  await scene.cluster.ask('PATCH', recordPath(owner), change, 'application/merge-patch+json');
}

const nameAndUid = async () => Object.entries(await look()).map(([name, object]) => [name, object.uid]);

describe('whoever can create Secrets in the namespace of the records', () => {
  test.each<[string, string, string | undefined]>([
    ['of another set', EVIL, undefined],
    ['of the set that owns them, in a Secret with another name', OWNER, 'forged'],
  ])('cannot have objects deleted with a record %s', async (_, owner, name) => {
    await deployed();
    await scene.cluster.create(config('theirs'));
    await forge(owner, { name, objects: [account('a'), config('b'), config('theirs')] });
    const before = await nameAndUid();
    await sweeper().deploy({ Set: { objects: [config('new')] } });
    expect((await nameAndUid()).filter(([made]) => made !== 'ConfigMap new')).toEqual(before);
  });

  test('cannot make a set keep its objects, or let others have them', async () => {
    const stack = await deployed();
    await forge(EVIL, { objects: [account('a'), config('b')], epoch: 9 });
    await stack.deploy({ Set: { objects: [account('a', arnOf('two')), config('b')] } });
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('two'));
    await stack.destroy();
    expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
  });

  test('cannot make a new set treat existing objects as its own', async () => {
    await scene.cluster.create(config('theirs'));
    await forge(OWNER, { objects: [config('theirs')], answer: { id: 'x' } });
    await expect(new TestStack('One').deploy({ Set: { objects: [config('theirs', { key: 'new' })] } })).rejects.toThrow(/^ConfigMap \S+\/theirs already exists/);
  });

  test.each(['', 'Create', 'Create x'])('cannot make the events of others fail with an event that is %j', async (mark) => {
    await forge(EVIL, { objects: [], mark });
    await sweeper().deploy({ Set: { objects: [config('new')] } });
    expect(await uid(config('new'))).toBeDefined();
  });

  test('leaves only what the next event of any set cleans up', async () => {
    await forge(EVIL, { objects: [] });
    await sweeper().deploy({ Set: { objects: [config('new')] } });
    expect(await scene.cluster.get(recordPath(EVIL))).toBeUndefined();
  });
});

describe('whoever can change Secrets in the namespace of the records', () => {
  test('cannot have objects deleted that the claimed set has not applied', async () => {
    await deployed();
    await scene.cluster.create(config('theirs'));
    await forge(EVIL, { objects: [account('a'), config('b'), config('theirs')], epoch: 9 });
    await complete(EVIL);
    const before = await nameAndUid();
    await sweeper().deploy({ Set: { objects: [config('new')] } });
    expect((await nameAndUid()).filter(([made]) => made !== 'ConfigMap new')).toEqual(before);
  });

  test('cannot have a content applied to an object by a set that never had the object', async () => {
    await scene.cluster.create(config('theirs'));
    const OTHER = '123456789012/us-west-2/Other/Set';
    await forge(EVIL, { objects: [config('theirs')], epoch: 2 });
    await forge(OTHER, { objects: [config('theirs', { key: 'evil' })] });
    await complete(EVIL);
    await complete(OTHER);
    const before = await look();
    await sweeper().deploy({ Set: { objects: [config('new')] } });
    expect(await look()).toMatchObject(before);
  });

  test.each<[string, string]>([
    ['no data', Buffer.from('nothing').toString('base64')],
    ['other data', recordData({ format: 1, event: {}, current: { objects: { a: null } } })],
  ])('cannot block a set with a record that has %s, and the set leaves in place what that may share', async (_, data) => {
    const stack = await deployed();
    await forge(EVIL, { objects: [account('a')] });
    await complete(EVIL, data);
    await stack.deploy({ Set: { objects: [account('a', arnOf('two')), config('b', { key: 'new' })] } });
    await expect(stack.deploy({ Set: { objects: [account('a', arnOf('three'))] } }, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
    await stack.destroy();
    expect(await uid(config('b'))).toBeUndefined();
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('two'));
    expect(scene.logged.join('\n')).toMatch(/record [0-9a-f]{32} cannot be read/);
  });
});
