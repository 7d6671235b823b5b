import { LIMITS, properties, TestStack } from './cloudformation';
import { isDry, killing } from './killing';
import { arnOf, ROLE, Scene } from './scene';
import { skip } from './waiting';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';
import { ApiRequest, ApiServer, KubernetesError } from '../../lib/kubernetes/function/client/api-server';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const { account, config, annotations, uid } = scene;
const TAKE_OVER = { existing: ExistingObjects.TAKE_OVER };
const FINALIZERS = ['example.com/held'];

test('a Create that follows a killed Create, is also killed and is delivered again leaves nothing of the first one', async () => {
  const one = new TestStack('One');
  const first = killing((attempt, request) => (/^apply of ConfigMap/.test(attempt) && !isDry(request) ? 'after' : undefined));
  void one.send('Create', 'Set', { objects: [config('x'), account('y')] });
  await first;
  jest.restoreAllMocks();
  const second = killing((attempt) => (/^update of record/.test(attempt) ? 'after' : undefined));
  const event = one.event('Create', 'Set', { objects: [config('x')] });
  void one.deliver(event);
  await second;
  const id = await one.deliver(event);
  one.resources.set('Set', { id, set: { objects: [config('x')] } });
  expect(await uid(account('y'))).toBeUndefined();
});

test('a sweep after a Create that was killed early does not delete retained objects', async () => {
  const old = new TestStack('One');
  await old.deploy({ Set: { objects: [account('a'), config('c')] } });
  const was = old.resources.get('Set')!;
  const first = killing((attempt, request) => (/^apply of ConfigMap/.test(attempt) && !isDry(request) ? 'after' : undefined));
  void old.send('Update', 'Set', { objects: [account('a'), config('c', { key: 'new' })] }, { PhysicalResourceId: was.id, OldResourceProperties: properties(was.set) });
  await first;
  jest.restoreAllMocks();
  // the stack is deleted, and the resource is retained
  const again = new TestStack('One');
  const second = killing((attempt) => (/^update of record/.test(attempt) ? 'after' : undefined));
  void again.send('Create', 'Set', { objects: [account('a')] });
  await second;
  await new TestStack('Two', handlerWithin({ ...LIMITS, service: -Infinity })).send('Create', 'Set', { objects: [] });
  expect([await uid(account('a')), await uid(config('c'))]).toEqual([expect.anything(), expect.anything()]);
});

test('a rollback that is delivered twice gives back what was taken', async () => {
  const [one, two] = [new TestStack('One'), new TestStack('Two')];
  const before = { objects: [account('a', arnOf('one'))] };
  await one.deploy({ Set: before });
  await two.deploy({ Set: { objects: [account('a', arnOf('two'))], ...TAKE_OVER } });
  const { id } = one.resources.get('Set')!;
  const update = { objects: [account('a', arnOf('one')), config('c')], ...TAKE_OVER };
  const newId = await one.send('Update', 'Set', update, { PhysicalResourceId: id, OldResourceProperties: properties(before) });
  const killed = killing((attempt) => (/^update of record/.test(attempt) ? 'after' : undefined));
  const event = one.event('Update', 'Set', before, { PhysicalResourceId: newId, OldResourceProperties: properties(update) });
  void one.deliver(event);
  await killed;
  const last = await one.deliver(event);
  await one.send('Delete', 'Set', update, { PhysicalResourceId: newId });
  expect(last).not.toBe(newId);
  expect((await annotations(account('a')))?.[ROLE]).toBe(arnOf('two'));
});

const remade = async (name: string) => {
  await scene.cluster.remove(account(name));
  await scene.cluster.create(account(name, arnOf('theirs')));
};

test('a rollback succeeds after a failed clean-up', async () => {
  const one = new TestStack('One', handlerWithin({ ...LIMITS, arrival: 300 }));
  await one.deploy({ Set: { objects: [account('a'), config('x')] } });
  await scene.cluster.patch(config('x'), { metadata: { finalizers: FINALIZERS } });
  let looks = 0;
  void killing((attempt) => {
    looks += Number(/^get of ConfigMap \S+\/x$/.test(attempt));
    if (looks === 8) { // after the dry run and the first looks of the deletion
      looks = 0;
      skip(LIMITS.all);
    }
    return undefined;
  });
  await expect(one.deploy({ Set: { objects: [account('a')] } })).rejects.toThrow('being deleted'); // CloudFormation continues
  await remade('a');
  await scene.cluster.create(config('c'));
  await expect(one.deploy({ Set: { objects: [account('a'), config('c')] } })).rejects.toThrow();
  const { id, set } = one.resources.get('Set')!;
  await one.send('Update', 'Set', set, { PhysicalResourceId: id, OldResourceProperties: properties({ objects: [account('a'), config('c')] }) })
    .finally(() => scene.cluster.patch(config('x'), { metadata: { finalizers: null } }));
});

test('the second delivery of a rollback that has nothing to restore succeeds', async () => {
  const one = new TestStack('One');
  await one.deploy({ Set: { objects: [account('a'), config('x')] } });
  await remade('a');
  const { id, set } = one.resources.get('Set')!;
  const failed = { objects: [account('a'), config('x'), config('y')] };
  await expect(one.send('Update', 'Set', failed, { PhysicalResourceId: id, OldResourceProperties: properties(set) })).rejects.toThrow('already exists');
  const event = one.event('Update', 'Set', set, { PhysicalResourceId: id, OldResourceProperties: properties(failed) });
  const killed = killing((attempt) => (/^update of record/.test(attempt) ? 'after' : undefined));
  void one.deliver(event);
  await killed;
  await one.deliver(event);
});

test('a failed Create over retained objects is swept only once', async () => {
  const old = new TestStack('One');
  await old.deploy({ Set: { objects: [account('a')] } });
  old.retain('Set');
  const original = ApiServer.prototype.send;
  const spy = jest.spyOn(ApiServer.prototype, 'send').mockImplementation(async function (this: ApiServer, attempt: string, request: ApiRequest) {
    if (/^apply of ConfigMap/.test(attempt) && !isDry(request)) { throw new KubernetesError(attempt, 400, { message: 'no' }); }
    return original.call(this, attempt, request);
  });
  await expect(new TestStack('One').send('Create', 'Set', { objects: [account('a'), config('c')] })).rejects.toThrow(/^ConfigMap \S+\/c: 400/);
  spy.mockRestore();
  const two = new TestStack('Two', handlerWithin({ ...LIMITS, service: -Infinity }));
  const version = async () => (await scene.record(old.owner('Set')))!.secret.metadata.resourceVersion;
  const versions = [];
  for (const name of ['A', 'B', 'C']) {
    await two.send('Create', name, { objects: [config(name.toLowerCase())] });
    versions.push(await version());
  }
  expect(new Set(versions).size).toBe(1);
});

test('a Delete with an ID that CloudFormation generated continues a Delete that was killed', async () => {
  const one = new TestStack('One');
  const set = { objects: [config('x'), account('a')] };
  const madeUp = { PhysicalResourceId: 'One-Set-1ABCDEFGH' };
  await one.send('Create', 'Set', set);
  const killed = killing((attempt) => (/^delete of/.test(attempt) ? 'after' : undefined));
  void one.send('Delete', 'Set', set, madeUp);
  await killed;
  await one.send('Delete', 'Set', set, madeUp);
  expect([await uid(config('x')), await uid(account('a'))]).toEqual([undefined, undefined]);
});

test('an Update that turns off TAKE_OVER gets a new ID, even if its first delivery was killed', async () => {
  await scene.cluster.create(account('a'));
  const one = new TestStack('One');
  await one.deploy({ Set: { objects: [account('a', arnOf('ours'))], ...TAKE_OVER } });
  const { id, set } = one.resources.get('Set')!;
  const event = one.event('Update', 'Set', { objects: set.objects }, { PhysicalResourceId: id, OldResourceProperties: properties(set) });
  const killed = killing((attempt) => (/^update of record/.test(attempt) ? 'after' : undefined));
  void one.deliver(event);
  await killed;
  expect(await one.deliver(event)).not.toBe(id);
});

test('a rollback that takes back an object from a sibling and is killed twice keeps the object', async () => {
  const one = new TestStack('One');
  const [moved, empty] = [{ objects: [account('a'), config('c')] }, { objects: [config('c')] }];
  await one.deploy({ First: moved, Second: { objects: [] } });
  const first = one.resources.get('First')!;
  const second = one.resources.get('Second')!;
  const newId = await one.send('Update', 'First', empty, { PhysicalResourceId: first.id, OldResourceProperties: properties(moved) });
  await one.send('Update', 'Second', { objects: [account('a')] }, { PhysicalResourceId: second.id, OldResourceProperties: properties(second.set) });
  const back = { PhysicalResourceId: newId, OldResourceProperties: properties(empty) };
  for (const attempt of [/^apply of ServiceAccount/, /^update of record/]) {
    const killed = killing((what, request) => (attempt.test(what) && !isDry(request) ? 'after' : undefined));
    void one.send('Update', 'First', moved, back);
    await killed;
    jest.restoreAllMocks();
  }
  const last = await one.send('Update', 'First', moved, back);
  await one.send('Delete', 'First', empty, { PhysicalResourceId: newId });
  expect(last).not.toBe(newId);
  expect(await uid(account('a'))).toBeDefined();
});

test.each([/^update of record/, /^apply of ServiceAccount/])('a rollback that takes from a sibling what it has recreated, and is killed after an %s, keeps the object', async (attempt) => {
  const one = new TestStack('One');
  const having = (...objects: object[]) => ({ objects: [config('c'), ...objects] });
  await one.deploy({ First: having(account('a')), Second: having() });
  const [first, second] = ['First', 'Second'].map((logicalId) => one.resources.get(logicalId)!);
  await scene.cluster.remove(account('a'));
  const firstId = await one.send('Update', 'First', having(), { PhysicalResourceId: first.id, OldResourceProperties: properties(first.set) });
  const secondId = await one.send('Update', 'Second', having(account('a')), { PhysicalResourceId: second.id, OldResourceProperties: properties(second.set) });
  const killed = killing((what, request) => (attempt.test(what) && !isDry(request) ? 'after' : undefined));
  const back = one.event('Update', 'First', first.set, { PhysicalResourceId: firstId, OldResourceProperties: properties(having()) });
  void one.deliver(back);
  await killed;
  jest.restoreAllMocks();
  const last = await one.deliver(back);
  const lastSecond = await one.send('Update', 'Second', second.set, { PhysicalResourceId: secondId, OldResourceProperties: properties(having(account('a'))) });
  await one.send('Delete', 'First', having(), { PhysicalResourceId: firstId });
  await one.send('Delete', 'Second', having(account('a')), { PhysicalResourceId: secondId });
  expect([last, lastSecond]).not.toEqual([firstId, secondId]);
  expect((await annotations(account('a')))['cdk-irsa/owner']).toBe(one.owner('First'));
});

test('a killed Create of an earlier stack is undone by the Delete of a Create that never began', async () => {
  const before = new TestStack('One');
  const killed = killing((attempt, request) => (/^apply of ConfigMap/.test(attempt) && !isDry(request) ? 'after' : undefined));
  void before.send('Create', 'Set', { objects: [account('a'), config('x')] });
  await killed;
  jest.restoreAllMocks();
  expect(await uid(account('a'))).toBeDefined();
  await new TestStack('One').send('Delete', 'Set', { objects: [config('x')] }, { PhysicalResourceId: 'One-Set-1ABCDEFGH' });
  expect([await uid(account('a')), await uid(config('x'))]).toEqual([undefined, undefined]);
});
