import { properties, TestStack } from './cloudformation';
import { killing } from './killing';
import { arnOf, ROLE, Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';

const scene = new Scene();
const { account, config, look, annotations } = scene;
const TAKE_OVER = { existing: ExistingObjects.TAKE_OVER };

const data = async () => (await scene.cluster.find(config('a'))).data;
const deployed = async (name: string, values: { [key: string]: string }) => {
  const stack = new TestStack(name);
  await stack.deploy({ Set: { objects: [config('a', values)], ...TAKE_OVER } });
  return stack;
};

test('a field that an Update stops setting is removed, even if another field is given back at the same time', async () => {
  await scene.cluster.create(config('a', { one: 'theirs' }));
  const stack = await deployed('One', { one: 'ours', added: 'ours' });
  await stack.deploy({ Set: { objects: [config('a', { other: 'ours' })], ...TAKE_OVER } });
  expect(await data()).toEqual({ one: 'theirs', other: 'ours' });
});

test('a field that an Update takes goes back later, even if the content of the Update is only valid with what others get back', async () => {
  const deployment = (team: string, image?: string, spec: object = {}) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a', namespace: scene.namespace, labels: { team } },
    ...(image && { spec: { ...spec, template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'main', image }] } } } }),
  });
  await scene.cluster.applyAs('helm', deployment('theirs', 'theirs', { replicas: 0, selector: { matchLabels: { app: 'a' } } }));
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [deployment('theirs', 'ours')], ...TAKE_OVER } });
  await stack.deploy({ Set: { objects: [deployment('ours')], ...TAKE_OVER } });
  await stack.destroy();
  const { metadata: { labels }, spec } = await scene.cluster.find(deployment('theirs'));
  expect([labels, spec.template.spec.containers[0].image]).toEqual([{ team: 'theirs' }, 'theirs']);
});

test('a field goes back to the next set that sets it, skipping a set that does not', async () => {
  await deployed('One', { field: 'one' });
  await deployed('Two', { other: 'two' });
  const three = await deployed('Three', { field: 'three' });
  await three.destroy();
  expect(await data()).toEqual({ field: 'one', other: 'two' });
});

test('a field that an update stops setting goes back to the set that sets it', async () => {
  await deployed('One', { field: 'one' });
  const two = await deployed('Two', { field: 'two', other: 'two' });
  await two.deploy({ Set: { objects: [config('a', { other: 'two' })], ...TAKE_OVER } });
  expect(await data()).toEqual({ field: 'one', other: 'two' });
});

test('a field that nobody manages stays when the last manager of its map ends', async () => {
  await scene.cluster.applyAs('helm', config('a', { unmanaged: 'theirs' }));
  await scene.cluster.applyAs('kubectl', { ...config('a'), metadata: { ...config('a').metadata, labels: { theirs: 'yes' } }, data: undefined });
  const { metadata: { managedFields } } = await scene.cluster.find(config('a'));
  await scene.cluster.patch(config('a'), { metadata: { managedFields: managedFields.filter(({ manager }: { manager: string }) => manager === 'kubectl') } });
  const stack = await deployed('One', { added: 'ours' });
  await stack.destroy();
  expect(await data()).toEqual({ unmanaged: 'theirs' });
});

test('a field that was taken together with an object gets its value and its manager back with the object', async () => {
  const one = new TestStack('One');
  await one.deploy({ Set: { objects: [account('a')], ...TAKE_OVER } });
  await new TestStack('Two').deploy({ Set: { objects: [account('a')], ...TAKE_OVER } });
  await scene.cluster.patch(account('a'), { metadata: { annotations: { [ROLE]: arnOf('theirs') } } });
  const before = await look();
  const update = { objects: [account('a', arnOf('ours')), config('b')], ...TAKE_OVER };
  await expect(one.deploy({ Set: update }, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
  expect(await look()).toEqual(before);
});

test('an object that someone else recreated is theirs again after the rollback of its take-over was killed', async () => {
  const [one, two] = [new TestStack('One'), new TestStack('Two')];
  await two.deploy({ Set: { objects: [account('a', arnOf('two'))] } });
  await one.deploy({ Set: { objects: [account('a', arnOf('one'))], ...TAKE_OVER } });
  await scene.cluster.remove(account('a'));
  await scene.cluster.create(account('a', arnOf('theirs')));
  const { id, set } = one.resources.get('Set')!;
  const update = { objects: [account('a', arnOf('new')), config('c')], ...TAKE_OVER };
  const newId = await one.send('Update', 'Set', update, { PhysicalResourceId: id, OldResourceProperties: properties(set) });
  const killed = killing((attempt) => (/^update of record/.test(attempt) ? 'after' : undefined));
  const back = { PhysicalResourceId: newId, OldResourceProperties: properties(update) };
  void one.send('Update', 'Set', set, back);
  await killed;
  jest.restoreAllMocks();
  await one.send('Update', 'Set', set, back);
  await one.send('Delete', 'Set', update, { PhysicalResourceId: newId });
  expect((await annotations(account('a')))).toEqual({ [ROLE]: arnOf('theirs') });
});

test('an object that a set created under KEEP is restored when an Update that took it is rolled back', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [config('a', { key: 'made' })], existing: ExistingObjects.KEEP } });
  await stack.deploy({ Set: { objects: [config('a', { key: 'wanted' })], existing: ExistingObjects.KEEP } });
  await expect(stack.deploy({ Set: { objects: [config('a', { key: 'ours' })], ...TAKE_OVER } }, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
  expect(await data()).toEqual({ key: 'made' });
});

test('a retained object that a sibling took is not deleted by a resource that takes it back', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ First: { objects: [account('a')] } });
  await stack.deploy({ First: { objects: [account('a')] }, Second: { objects: [account('a')] } });
  stack.retain('First');
  const { id, set } = stack.resources.get('Second')!;
  const first = await stack.send('Create', 'First', { objects: [account('a')] });
  await stack.send('Delete', 'Second', set, { PhysicalResourceId: id });
  await stack.send('Delete', 'First', { objects: [account('a')] }, { PhysicalResourceId: first });
  expect(Object.keys(await look())).toContain('ServiceAccount a');
});

test('a field that a sibling took and left behind when it was retained goes back to its former manager', async () => {
  await scene.cluster.create(config('a', { one: 'theirs' }));
  const stack = new TestStack('One');
  const second = (values: object) => ({ Second: { objects: [config('a', values)], ...TAKE_OVER } });
  await stack.deploy({ First: { objects: [config('a', { one: 'ours' })], ...TAKE_OVER } });
  await stack.deploy({ First: { objects: [config('a', { one: 'ours' })], ...TAKE_OVER }, ...second({ two: '1' }) });
  stack.retain('First');
  await stack.deploy(second({ two: '2' }));
  expect(await data()).toEqual({ one: 'theirs', two: '2' });
});

test('a label that someone removed after it was given to another set does not block the deletion of a stack', async () => {
  const labelled = { ...config('a'), metadata: { ...config('a').metadata, labels: { team: 'one' } } };
  await scene.cluster.create(config('a'));
  const [one, two] = [new TestStack('One'), new TestStack('Two')];
  await one.deploy({ Set: { objects: [labelled], ...TAKE_OVER } });
  await two.deploy({ Set: { objects: [config('a', { key: '2' })], ...TAKE_OVER } });
  await scene.cluster.patch(config('a'), { metadata: { labels: { team: null } } });
  await two.deploy({ Set: { objects: [config('a', { key: '3' })], ...TAKE_OVER } });
  await one.destroy();
  await two.destroy();
  expect(await data()).toEqual({ key: 'value' });
});

test('a stack that made an object of others immutable can be deleted', async () => {
  await scene.cluster.create(config('a', { key: 'theirs' }));
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [{ ...config('a', { key: 'ours' }), immutable: true }], ...TAKE_OVER } });
  await stack.destroy();
  expect(await data()).toEqual({ key: 'ours' });
  expect(scene.logged.join('\n')).toContain('cannot be restored to its previous state');
});

test('among three sets, a rollback leaves each field to the set that had it', async () => {
  const one = await deployed('One', { one: 'one', both: 'one' });
  await deployed('Two', { both: 'two' });
  await deployed('Three', { three: 'three' });
  const before = await look();
  const update = { Set: { objects: [config('a', { one: 'one', both: 'one' }), config('b')], ...TAKE_OVER } };
  await expect(one.deploy(update, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
  expect(await look()).toEqual(before);
});

test('a rollback leaves alone what others changed in an object that a set created under KEEP', async () => {
  const KEEP = { existing: ExistingObjects.KEEP };
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [config('a', { key: 'made', other: 'made' })], ...KEEP } });
  await scene.cluster.patch(config('a'), { data: { key: 'theirs' } });
  const before = await look();
  const update = { Set: { objects: [config('a', { key: 'ours' })], ...TAKE_OVER } };
  await expect(stack.deploy(update, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
  expect(await look()).toEqual(before);
});

describe('the selector of a Service, which has its managers as a whole', () => {
  const service = (spec: object, labels: object = {}) =>
    ({ apiVersion: 'v1', kind: 'Service', metadata: { ...config('a').metadata, labels }, spec: { ports: [{ port: 80 }], ...spec } });
  const selecting = (app: string) => ({ selector: { app } });
  const managers = async () => {
    const { spec: { selector }, metadata: { managedFields } } = await scene.cluster.find(service({}));
    const isSelecting = ({ fieldsV1 }: { fieldsV1: { 'f:spec'?: object } }) => 'f:selector' in (fieldsV1['f:spec'] ?? {});
    return { selector, managers: managedFields.filter(isSelecting).map(({ manager }: { manager: string }) => manager) };
  };
  /** Lets others change the selector, and an Update of the stack that takes it fail. */
  const afterRollBack = async (stack: TestStack) => {
    await scene.cluster.patch(service({}), { spec: selecting('theirs') });
    const update = { Set: { objects: [service(selecting('ours'), { team: 'ours' })], ...TAKE_OVER } };
    await expect(stack.deploy(update, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
    return managers();
  };
  const theirs = { selector: { app: 'theirs' }, managers: ['kubectl-edit'] };

  test('is left alone if others changed it in an object that a set created under KEEP', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [service(selecting('made'))], existing: ExistingObjects.KEEP } });
    expect(await afterRollBack(stack)).toEqual(theirs);
  });

  test('is left alone if others changed it in an object that another stack took', async () => {
    const one = new TestStack('One');
    await one.deploy({ Set: { objects: [service(selecting('one'))], ...TAKE_OVER } });
    await new TestStack('Two').deploy({ Set: { objects: [service({})], ...TAKE_OVER } });
    expect(await afterRollBack(one)).toEqual(theirs);
  });
});

test('a rollback leaves alone what others changed in an object that another stack took', async () => {
  const one = await deployed('One', { key: 'one' });
  await deployed('Two', { other: 'two' });
  await scene.cluster.patch(config('a'), { data: { key: 'theirs' } });
  const before = await look();
  const update = { Set: { objects: [config('a', { key: 'one' }), config('b')], ...TAKE_OVER } };
  await expect(one.deploy(update, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
  expect(await look()).toEqual(before);
});

test('what others set in an object that the set created is restored, even if someone cleared the managed fields', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [config('a', { key: 'ours' })] } });
  await scene.cluster.patch(config('a'), { data: { note: 'theirs' } });
  await scene.cluster.patch(config('a'), { metadata: { managedFields: [{}] } });
  const update = { Set: { objects: [config('a', { key: 'ours', note: 'ours' })] } };
  await expect(stack.deploy(update, { failsElsewhere: true })).rejects.toThrow(/^something else failed$/);
  expect(await data()).toEqual({ key: 'ours', note: 'theirs' });
});
