import { LIMITS, TestStack } from './cloudformation';
import { recordData } from './record-data';
import { arnOf, managerOf, recordPath, RECORDS, ROLE, Scene } from './scene';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const { account, config, look, record, annotations, uid } = scene;
const OWNER = '123456789012/us-west-2/One/Set';
const deployed = async (...objects: object[]) => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: objects.length > 0 ? objects : [account('a', arnOf('one')), config('b')] } });
  return stack;
};

/** Replaces the record with another Secret, as someone with write access can. */
async function put({ metadata: { name, labels, annotations: marks }, type, data }: any): Promise<void> {
  await scene.cluster.ask('DELETE', `${RECORDS}/${name}`);
  await scene.cluster.ask('POST', RECORDS, { apiVersion: 'v1', kind: 'Secret', type, metadata: { name, labels, annotations: marks }, data });
}

test('a record contains what people and the function need to know about a set', async () => {
  const stack = await deployed();
  const { secret, content } = await record(OWNER);
  expect(secret).toMatchObject({
    type: 'cdk-irsa/record',
    metadata: { namespace: 'cdk-irsa', annotations: { 'cdk-irsa/owner': OWNER, 'cdk-irsa/stack': 'One', 'cdk-irsa/resource': 'Set', 'cdk-irsa/objects': '2', 'cdk-irsa/state': 'Ready' } },
  });
  expect(Object.keys(secret.metadata.labels)).toHaveLength(2);
  const entries: any[] = Object.values(content.current.objects);
  expect(entries.map((entry) => entry.uid).sort()).toEqual([await uid(account('a')), await uid(config('b'))].sort());
  await stack.destroy();
  const { labels, annotations: marks } = (await record(OWNER)).secret.metadata;
  expect([labels, marks['cdk-irsa/objects'], marks['cdk-irsa/state']]).toEqual([undefined, '0', 'Deleted']);
});

test('the annotations and labels of a record do not contain the data of a Secret', async () => {
  await deployed(scene.secret('s', 'hunter2'));
  const { secret: { data, ...rest } } = await record(OWNER);
  expect(data.record).toBeDefined();
  expect(JSON.stringify([rest, await annotations(scene.secret('s', ''))])).not.toContain('hunter2');
});

describe.each<[string, () => Promise<void>]>([
  ['that an administrator has deleted', async () => { await scene.cluster.ask('DELETE', recordPath(OWNER)); }],
  ['that was restored from a backup, with another uid', async () => { await put((await record(OWNER)).secret); }],
])('a record %s', (_, lose) => {
  test('makes a Delete succeed without deleting anything', async () => {
    const stack = await deployed();
    await lose();
    const before = await look();
    await stack.destroy();
    expect(await look()).toEqual(before);
    expect(scene.logged.join('\n')).toMatch(new RegExp(`there is no record of ${OWNER}.*: nothing is deleted`));
  });

  test('makes an Update fail with an error that names the fix, and its rollback succeed', async () => {
    const stack = await deployed();
    await lose();
    const before = await look();
    await expect(stack.deploy({ Set: { objects: [account('a', arnOf('two'))] } })).rejects.toThrow(
      `ServiceAccount ${scene.namespace}/a already exists and is managed by ${managerOf(OWNER)}: take it over with existing: ExistingObjects.TAKE_OVER`);
    expect(await look()).toEqual(before);
  });

  test('makes a Create fail if the objects exist', async () => {
    const stack = await deployed();
    await lose();
    stack.retain('Set');
    const before = await look();
    await expect(new TestStack('One').deploy({ Set: { objects: [account('a', arnOf('two'))] } })).rejects.toThrow(/^ServiceAccount \S+\/a already exists/);
    expect(await look()).toEqual(before);
  });

  test('does not prevent an Update from creating absent objects', async () => {
    const stack = await deployed();
    await lose();
    await scene.cluster.remove(account('a'));
    await scene.cluster.remove(config('b'));
    await stack.deploy({ Set: { objects: [account('a', arnOf('two'))] } });
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('two'));
    await stack.destroy();
    expect(await uid(account('a'))).toBeUndefined();
  });
});

test('a record that is copied to the name of another set gives that set nothing', async () => {
  await deployed();
  const other = new TestStack('Two');
  await other.deploy({ Set: { objects: [config('two')] } });
  const { secret: { type, data, metadata: { labels, annotations: marks } } } = await record(OWNER);
  await put({ type, data, metadata: { labels, annotations: marks, name: recordPath(other.owner('Set')).split('/').pop() } });
  const before = await look();
  await other.destroy();
  expect(await look()).toEqual(before);
});

test.each([
  ['is of a newer format', recordData({ format: 2 }), /^record [0-9a-f]{32} has format 2, but this function supports only format 1: /],
  ['cannot be read', Buffer.from('nothing').toString('base64'), /^record [0-9a-f]{32} cannot be read: /],
])('a record that %s makes every event fail, and nothing is changed', async (_, content, message) => {
  const stack = await deployed();
  const before = await look();
  const { secret } = await record(OWNER);
  await scene.cluster.ask('PATCH', recordPath(OWNER), { data: { record: content } }, 'application/merge-patch+json');
  const { id, set } = stack.resources.get('Set')!;
  await expect(stack.send('Create', 'Set', set)).rejects.toThrow(message);
  await expect(stack.send('Update', 'Set', { objects: [config('b')] }, { PhysicalResourceId: id })).rejects.toThrow(message);
  await expect(stack.send('Delete', 'Set', set, { PhysicalResourceId: id })).rejects.toThrow(message);
  expect(await look()).toEqual(before);
  await scene.cluster.ask('PATCH', recordPath(OWNER), { data: { record: secret.data.record } }, 'application/merge-patch+json');
  await stack.destroy();
  expect(await uid(config('b'))).toBeUndefined();
});

test('a record that is older than the cluster, as after a restore of etcd, deletes only the objects that it names', async () => {
  const stack = await deployed(account('a'));
  const { secret } = await record(OWNER);
  await stack.deploy({ Set: { objects: [account('a'), config('later')] } });
  await scene.cluster.ask('PATCH', recordPath(OWNER), { data: { record: secret.data.record } }, 'application/merge-patch+json');
  await stack.destroy();
  expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`, 'ConfigMap later']);
});

test('the record of a deleted set is removed by the next event of any set, once no event of the set can be queued', async () => {
  const stack = await deployed();
  await stack.destroy();
  await new TestStack('Two').deploy({ Set: { objects: [config('two')] } });
  expect((await record(OWNER)).secret.metadata.annotations['cdk-irsa/state']).toBe('Deleted');
  const late = new TestStack('Three', handlerWithin({ ...LIMITS, service: -Infinity }));
  await late.deploy({ Set: { objects: [config('three')] } });
  expect(await record(OWNER)).toBeUndefined();
  expect((await record('123456789012/us-west-2/Two/Set')).secret.metadata.annotations['cdk-irsa/state']).toBe('Ready');
});

test('a set cannot contain objects in the namespace of the records', async () => {
  const foreign = { ...scene.secret('s', 'x'), metadata: { name: 's', namespace: 'cdk-irsa' } };
  await expect(new TestStack('One').deploy({ Set: { objects: [foreign] } })).rejects.toThrow(/metadata\.namespace must be a namespace other than cdk-irsa/);
});
