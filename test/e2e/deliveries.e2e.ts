import { LIMITS, properties, Set, TestStack } from './cloudformation';
import { isDry, killing } from './killing';
import { Scene } from './scene';
import { skip, until } from './waiting';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';
import { KubernetesError } from '../../lib/kubernetes/function/client/api-server';

const scene = new Scene();
const { config, look, uid } = scene;
const [OLD, NEW] = [{ k: 'old' }, { k: 'new' }];
const having = (data: object): Set => ({ objects: [config('a', data)] });
const value = async () => (await look())['ConfigMap a'].rest.data.k;

test('two deliveries of an event at once end, even if the one that continues is killed', async () => {
  const stack = new TestStack('One');
  const event = stack.event('Create', 'Set', { objects: [config('a')] });
  const isApply = (attempt: string, request: Parameters<typeof isDry>[0]) => /^apply of ConfigMap/.test(attempt) && !isDry(request);
  let letGo = () => undefined as void;
  const held = new Promise<void>((resolve) => { letGo = resolve; });
  let applies = 0;
  void killing((...request) => (isApply(...request) && applies++ === 0 ? held : undefined));
  const first = stack.deliver(event);
  await until(() => applies === 1);
  const killed = killing((...request) => (isApply(...request) ? 'after' : undefined));
  void stack.deliver(event);
  await killed;
  let looks = 0;
  void killing((attempt) => void (looks += Number(/^get of record/.test(attempt))));
  letGo();
  await until(() => looks >= 2); // the first one has noticed the second one, and waits for its answer
  skip(LIMITS.work / 2);
  expect(await first).toMatch(/\/One\/Set\//);
  expect(await uid(config('a'))).toBeDefined();
});

describe('at the deletion of a set that took over an object, an error of the API server', () => {
  const deletion = async (statusCode: number) => {
    await scene.cluster.create(config('a', OLD));
    const stack = new TestStack('One');
    await stack.deploy({ Set: { ...having(NEW), existing: ExistingObjects.TAKE_OVER } });
    void killing((attempt) => (/^apply of ConfigMap/.test(attempt) ? new KubernetesError(attempt, statusCode, { message: 'unknown field' }) : undefined));
    return stack.destroy();
  };

  test('that is final leaves the object as it is, and is logged', async () => {
    await deletion(400);
    expect(scene.logged.join('\n')).toMatch(/^ConfigMap \S+\/a keeps the fields that were set here: ConfigMap \S+\/a: 400/m);
    expect(await value()).toBe('old');
  });

  test('that can pass makes the deletion fail, so that it can be repeated', async () => {
    await expect(deletion(500)).rejects.toThrow(/^ConfigMap \S+\/a: 500/);
  });
});

describe('an Update and its rollback in the same second', () => {
  async function inOneSecond() {
    const stack = new TestStack('One');
    await stack.deploy({ Set: having(OLD) });
    const { id } = stack.resources.get('Set')!;
    const update = stack.event('Update', 'Set', having(NEW), { PhysicalResourceId: id, OldResourceProperties: properties(having(OLD)) });
    const { ResponseURL } = update;
    const rollback = stack.event('Update', 'Set', having(OLD), { PhysicalResourceId: id, OldResourceProperties: properties(having(NEW)), ResponseURL });
    return { update: () => stack.deliver(update), rollback: () => stack.deliver(rollback) };
  }

  test('restore the old state', async () => {
    const { update, rollback } = await inOneSecond();
    await update();
    expect(await value()).toBe('new');
    await rollback();
    expect(await value()).toBe('old');
  });

  test('restore the old state, even if the rollback arrives first', async () => {
    const { update, rollback } = await inOneSecond();
    await rollback();
    await expect(update()).rejects.toThrow('superseded by a later Update of this resource: nothing was changed');
    expect(await value()).toBe('old');
  });
});
