import { setTimeout } from 'node:timers/promises';
import { LIMITS, properties, TestStack } from './cloudformation';
import { arnOf, ROLE, Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';
import { ApiRequest, ApiServer, KubernetesError } from '../../lib/kubernetes/function/client/api-server';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const { account, config, job, annotations, uid } = scene;
const TAKE_OVER = { existing: ExistingObjects.TAKE_OVER };
const FINALIZERS = ['example.com/held'];

type Rule = (attempt: string, request: ApiRequest) => 'before' | 'after' | Error | undefined | Promise<void>;

/** Hangs one invocation for ever at a request; resolves when that happens. */
function killing(rule: Rule): Promise<void> {
  const original = ApiServer.prototype.send;
  const dead = new Set<unknown>();
  return new Promise((resolve) => {
    let armed = true;
    jest.spyOn(ApiServer.prototype, 'send').mockImplementation(async function (this: ApiServer, attempt: string, request: ApiRequest) {
      const hang = () => new Promise<never>(() => undefined);
      if (dead.has(this)) { return hang(); }
      const what = armed ? rule(attempt, request) : undefined;
      if (what instanceof Error) { throw what; }
      if (what === 'before') { armed = false; dead.add(this); resolve(); return hang(); }
      if (what instanceof Promise) { await what; }
      const answer = await original.call(this, attempt, request);
      if (what === 'after') { armed = false; dead.add(this); resolve(); return hang(); }
      return answer;
    });
  });
}
const isDry = ({ query }: ApiRequest) => query?.dryRun !== undefined;

test('T1 a sweep does not keep an event waiting for a finalizer of others', async () => {
  const one = new TestStack('One', handlerWithin({ ...LIMITS, work: 2_000, all: 3_000, arrival: 500 }));
  const killed = killing((attempt, request) => (/^apply of ServiceAccount/.test(attempt) && !isDry(request) ? 'after' : undefined));
  void one.send('Create', 'Set', { objects: [account('a')] });
  await killed;
  await scene.cluster.patch(account('a'), { metadata: { finalizers: FINALIZERS } });
  const two = new TestStack('Two', handlerWithin({ ...LIMITS, service: -100_000 }));
  const start = Date.now();
  await two.send('Create', 'Set', { objects: [config('c')] });
  const first = Date.now() - start;
  await two.send('Create', 'Other', { objects: [config('d')] });
  const second = Date.now() - start - first;
  await scene.cluster.patch(account('a'), { metadata: { finalizers: null } });
  expect([first < 8_000, second < 8_000]).toEqual([true, true]);
});

test('T2 sweep: a Create comes after one that could not be undone', async () => {
  let rule = true;
  void killing((attempt, request) => (rule && (/^delete of ServiceAccount/.test(attempt) || (/^apply of ConfigMap/.test(attempt) && !isDry(request)))
    ? new KubernetesError(attempt, 400, { message: 'no', reason: 'BadRequest' }) : undefined));
  const one = new TestStack('One');
  await expect(one.send('Create', 'Set', { objects: [account('a'), config('c')] })).rejects.toThrow('could not be undone');
  rule = false;
  await setTimeout(600);
  let requests = 0;
  jest.restoreAllMocks();
  const original = ApiServer.prototype.send;
  jest.spyOn(ApiServer.prototype, 'send').mockImplementation(async function (this: ApiServer, attempt: string, request: ApiRequest) {
    requests++;
    if (requests > 500) { throw new Error('endless'); }
    return original.call(this, attempt, request);
  });
  // and the sweep
  const two = new TestStack('Two', handlerWithin({ ...LIMITS, service: -100_000 }));
  await two.send('Create', 'Set', { objects: [] });
  expect(await uid(account('a'))).toBeUndefined();
});

test('T2b a Create comes after one that could not be undone', async () => {
  let rule = true;
  void killing((attempt, request) => (rule && (/^delete of ServiceAccount/.test(attempt) || (/^apply of ConfigMap/.test(attempt) && !isDry(request)))
    ? new KubernetesError(attempt, 400, { message: 'no', reason: 'BadRequest' }) : undefined));
  const one = new TestStack('One');
  await expect(one.send('Create', 'Set', { objects: [account('a'), config('c')] })).rejects.toThrow('could not be undone');
  rule = false;
  jest.restoreAllMocks();
  let requests = 0;
  const original = ApiServer.prototype.send;
  jest.spyOn(ApiServer.prototype, 'send').mockImplementation(async function (this: ApiServer, attempt: string, request: ApiRequest) {
    requests++;
    if (requests > 500) { throw new Error('endless'); }
    return original.call(this, attempt, request);
  });
  await one.send('Create', 'Set', { objects: [account('a')] });
});

test('T3 the undo of a Create does not delete what another stack has taken meanwhile', async () => {
  const two = new TestStack('Two');
  let taken: Promise<unknown> | undefined;
  let busy = false;
  void killing((attempt, request) => {
    if (!busy && /^apply of ConfigMap/.test(attempt) && !isDry(request)) {
      busy = true;
      taken = two.send('Create', 'Set', { objects: [account('a', arnOf('two'))], ...TAKE_OVER });
      return taken.then(() => { throw new KubernetesError(attempt, 400, { message: 'no', reason: 'BadRequest' }); });
    }
    return undefined;
  });
  const one = new TestStack('One');
  await expect(one.send('Create', 'Set', { objects: [account('a', arnOf('one')), config('c')] })).rejects.toThrow('no');
  expect((await annotations(account('a')))?.[ROLE]).toBe(arnOf('two'));
});

test('T4 a Job that is made anew runs although the function was killed between', async () => {
  const one = new TestStack('One');
  await one.deploy({ Set: { objects: [job('j', 'true', { suspend: true })] } });
  const id = one.resources.get('Set')!.id;
  const killed = killing((attempt) => (/^delete of Job/.test(attempt) ? 'after' : undefined));
  const set = { objects: [job('j', 'false', { suspend: true })] };
  const event = one.event('Update', 'Set', set, { PhysicalResourceId: id, OldResourceProperties: properties(one.resources.get('Set')!.set) });
  void one.deliver(event);
  await killed;
  await setTimeout(500);
  await one.deliver(event);
  expect(await uid(job('j', ''))).toBeDefined();
});

test('T5 a Create that has run out of time is undone', async () => {
  const original = ApiServer.prototype.send;
  jest.spyOn(ApiServer.prototype, 'send').mockImplementation(async function (this: ApiServer, attempt: string, request: ApiRequest) {
    if (/^apply of ConfigMap/.test(attempt) && !isDry(request)) {
      await setTimeout(3_000);
      throw new Error(`${attempt} failed: no answer`, { cause: Object.assign(new Error('x'), { code: 'ABORT_ERR' }) });
    }
    return original.call(this, attempt, request);
  });
  const one = new TestStack('One', handlerWithin({ ...LIMITS, work: 2_000, all: 20_000 }));
  const error = await one.send('Create', 'Set', { objects: [account('a'), config('c')] }).catch((e) => e.message);
  const { content } = (await scene.record(one.owner('Set')))!;
  expect({ error, uid: await uid(account('a')), answered: content.event.answer !== undefined }).toEqual({ error: expect.anything(), uid: undefined, answered: true });
});

test('T6 two Deletes at once leave nothing behind', async () => {
  const [one, two] = [new TestStack('One'), new TestStack('Two')];
  await one.deploy({ Set: { objects: [account('a', arnOf('one')), config('held')] } });
  await two.deploy({ Set: { objects: [account('a', arnOf('two'))], ...TAKE_OVER } });
  await scene.cluster.patch(config('held'), { metadata: { finalizers: FINALIZERS } });
  const ending = one.destroy();
  await setTimeout(7_000); // what is held, and then the account, has been judged
  await two.destroy();
  await scene.cluster.patch(config('held'), { metadata: { finalizers: null } });
  await ending;
  expect(await uid(account('a'))).toBeUndefined();
});

test('T7 a Create that takes over from one that was killed, and is killed, and delivered again, leaves nothing', async () => {
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

test('T7b what was retained is not deleted by a sweep after a Create that was killed early', async () => {
  const old = new TestStack('One');
  await old.deploy({ Set: { objects: [account('a'), config('c')] } });
  const was = old.resources.get('Set')!;
  const first = killing((attempt, request) => (/^apply of ConfigMap/.test(attempt) && !isDry(request) ? 'after' : undefined));
  void old.send('Update', 'Set', { objects: [account('a'), config('c', { key: 'new' })] }, { PhysicalResourceId: was.id, OldResourceProperties: properties(was.set) });
  await first;
  jest.restoreAllMocks();
  // the stack is deleted, the resource retained
  const again = new TestStack('One');
  const second = killing((attempt) => (/^update of record/.test(attempt) ? 'after' : undefined));
  void again.send('Create', 'Set', { objects: [account('a')] });
  await second;
  await new TestStack('Two', handlerWithin({ ...LIMITS, service: -100_000 })).send('Create', 'Set', { objects: [] });
  expect([await uid(account('a')), await uid(config('c'))]).toEqual([expect.anything(), expect.anything()]);
});

test('T8 a roll-back that is delivered twice gives back what was taken', async () => {
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

test('T9 a roll-back succeeds after a clean-up that has failed', async () => {
  const one = new TestStack('One', handlerWithin({ ...LIMITS, work: 3_000, all: 4_000, arrival: 500 }));
  await one.deploy({ Set: { objects: [account('a'), config('x')] } });
  await scene.cluster.patch(config('x'), { metadata: { finalizers: FINALIZERS } });
  await expect(one.deploy({ Set: { objects: [account('a')] } })).rejects.toThrow('being deleted'); // CloudFormation goes on
  await remade('a');
  await scene.cluster.create(config('c'));
  await expect(one.deploy({ Set: { objects: [account('a'), config('c')] } })).rejects.toThrow();
  const { id, set } = one.resources.get('Set')!;
  await one.send('Update', 'Set', set, { PhysicalResourceId: id, OldResourceProperties: properties({ objects: [account('a'), config('c')] }) })
    .finally(() => scene.cluster.patch(config('x'), { metadata: { finalizers: null } }));
});

test('T10 a roll-back to what is there succeeds at its second delivery', async () => {
  const one = new TestStack('One');
  await one.deploy({ Set: { objects: [account('a'), config('x')] } });
  await remade('a');
  const { id, set } = one.resources.get('Set')!;
  const failed = { objects: [account('a'), config('x'), config('y')] };
  await expect(one.send('Update', 'Set', failed, { PhysicalResourceId: id, OldResourceProperties: properties(set) })).rejects.toThrow('is there already');
  const event = one.event('Update', 'Set', set, { PhysicalResourceId: id, OldResourceProperties: properties(failed) });
  const killed = killing((attempt) => (/^update of record/.test(attempt) ? 'after' : undefined));
  void one.deliver(event);
  await killed;
  await one.deliver(event);
});

test('T11 a failed Create over what was retained is not tidied up again and again', async () => {
  const old = new TestStack('One');
  await old.deploy({ Set: { objects: [account('a')] } });
  old.retain('Set');
  const original = ApiServer.prototype.send;
  const spy = jest.spyOn(ApiServer.prototype, 'send').mockImplementation(async function (this: ApiServer, attempt: string, request: ApiRequest) {
    if (/^apply of ConfigMap/.test(attempt) && !isDry(request)) { throw new KubernetesError(attempt, 400, { message: 'no' }); }
    return original.call(this, attempt, request);
  });
  await expect(new TestStack('One').send('Create', 'Set', { objects: [account('a'), config('c')] })).rejects.toThrow('no');
  spy.mockRestore();
  const two = new TestStack('Two', handlerWithin({ ...LIMITS, service: -100_000 }));
  const version = async () => (await scene.record(old.owner('Set')))!.secret.metadata.resourceVersion;
  const versions = [];
  for (const name of ['A', 'B', 'C']) {
    await two.send('Create', name, { objects: [config(name.toLowerCase())] });
    versions.push(await version());
  }
  expect(new Set(versions).size).toBe(1);
});
