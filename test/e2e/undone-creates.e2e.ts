import { LIMITS, properties, TestStack } from './cloudformation';
import { isDry, killing } from './killing';
import { arnOf, ROLE, Scene } from './scene';
import { skip, until } from './waiting';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';
import { ApiRequest, ApiServer, KubernetesError } from '../../lib/kubernetes/function/client/api-server';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const { account, config, job, annotations, uid } = scene;
const TAKE_OVER = { existing: ExistingObjects.TAKE_OVER };
const FINALIZERS = ['example.com/held'];

test('a sweep does not make an event wait for a finalizer in another set', async () => {
  const one = new TestStack('One');
  const killed = killing((attempt, request) => (/^apply of ServiceAccount/.test(attempt) && !isDry(request) ? 'after' : undefined));
  void one.send('Create', 'Set', { objects: [account('a')] });
  await killed;
  await scene.cluster.patch(account('a'), { metadata: { finalizers: FINALIZERS } });
  let looks = 0;
  void killing((attempt) => void (attempt === `get of ServiceAccount ${scene.namespace}/a` && ++looks === 3 && skip(5_000))); // the time limit of a sweep
  const two = new TestStack('Two', handlerWithin({ ...LIMITS, service: -Infinity, all: 120_000 }));
  for (const name of ['c', 'd']) {
    looks = 0;
    await two.send('Create', name, { objects: [config(name)] });
    expect(looks).toBeGreaterThanOrEqual(3);
    expect(looks).toBeLessThan(6);
  }
  await scene.cluster.patch(account('a'), { metadata: { finalizers: null } });
});

test('a sweep undoes a Create that could not be undone before', async () => {
  let rule = true;
  void killing((attempt, request) => (rule && (/^delete of ServiceAccount/.test(attempt) || (/^apply of ConfigMap/.test(attempt) && !isDry(request)))
    ? new KubernetesError(attempt, 400, { message: 'no', reason: 'BadRequest' }) : undefined));
  const one = new TestStack('One');
  await expect(one.send('Create', 'Set', { objects: [account('a'), config('c')] })).rejects.toThrow('could not be undone');
  rule = false;
  let requests = 0;
  jest.restoreAllMocks();
  const original = ApiServer.prototype.send;
  jest.spyOn(ApiServer.prototype, 'send').mockImplementation(async function (this: ApiServer, attempt: string, request: ApiRequest) {
    requests++;
    if (requests > 500) { throw new Error('endless'); }
    return original.call(this, attempt, request);
  });
  // runs the sweep
  const two = new TestStack('Two', handlerWithin({ ...LIMITS, service: -Infinity }));
  await two.send('Create', 'Set', { objects: [] });
  expect(await uid(account('a'))).toBeUndefined();
});

test('a Create succeeds after a Create that could not be undone', async () => {
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

test('undoing a Create does not delete an object that another stack took in the meantime', async () => {
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
  await expect(one.send('Create', 'Set', { objects: [account('a', arnOf('one')), config('c')] })).rejects.toThrow(/^ConfigMap \S+\/c: 400/);
  expect((await annotations(account('a')))?.[ROLE]).toBe(arnOf('two'));
});

test('a Job that is recreated runs even if the function was killed between deletion and creation', async () => {
  const one = new TestStack('One');
  await one.deploy({ Set: { objects: [job('j', 'true', { suspend: true })] } });
  const id = one.resources.get('Set')!.id;
  const killed = killing((attempt) => (/^delete of Job/.test(attempt) ? 'after' : undefined));
  const set = { objects: [job('j', 'false', { suspend: true })] };
  const event = one.event('Update', 'Set', set, { PhysicalResourceId: id, OldResourceProperties: properties(one.resources.get('Set')!.set) });
  void one.deliver(event);
  await killed;
  await until(async () => await uid(job('j', '')) === undefined);
  await one.deliver(event);
  expect(await uid(job('j', ''))).toBeDefined();
});

test('a Create that runs out of time is undone', async () => {
  const original = ApiServer.prototype.send;
  jest.spyOn(ApiServer.prototype, 'send').mockImplementation(async function (this: ApiServer, attempt: string, request: ApiRequest) {
    if (/^apply of ConfigMap/.test(attempt) && !isDry(request)) {
      skip(LIMITS.work);
      throw new Error(`${attempt} failed: no answer`, { cause: Object.assign(new Error('x'), { code: 'ABORT_ERR' }) });
    }
    return original.call(this, attempt, request);
  });
  const one = new TestStack('One');
  const error = await one.send('Create', 'Set', { objects: [account('a'), config('c')] }).catch((e) => e.message);
  const { content } = (await scene.record(one.owner('Set')))!;
  expect({ error, uid: await uid(account('a')), answered: content.event.answer !== undefined }).toEqual({ error: expect.anything(), uid: undefined, answered: true });
});

test('concurrent Deletes of two stacks leave nothing behind', async () => {
  const [one, two] = [new TestStack('One', handlerWithin({ ...LIMITS, arrival: 300 })), new TestStack('Two')];
  await one.deploy({ Set: { objects: [account('a', arnOf('one')), config('held')] } });
  await two.deploy({ Set: { objects: [account('a', arnOf('two'))], ...TAKE_OVER } });
  await scene.cluster.patch(config('held'), { metadata: { finalizers: FINALIZERS } });
  const attempts: string[] = [];
  const original = ApiServer.prototype.send;
  jest.spyOn(ApiServer.prototype, 'send').mockImplementation(async function (this: ApiServer, attempt: string, request: ApiRequest) {
    attempts.push(attempt);
    return original.call(this, attempt, request);
  });
  const ending = one.destroy();
  // the held object and then the account have been judged
  const [judged, then] = [`get of ServiceAccount ${scene.namespace}/a`, `get of ConfigMap ${scene.namespace}/held`];
  await until(() => attempts.includes(judged) && attempts.lastIndexOf(then) > attempts.indexOf(judged));
  await two.destroy();
  await scene.cluster.patch(config('held'), { metadata: { finalizers: null } });
  await ending;
  expect(await uid(account('a'))).toBeUndefined();
});
