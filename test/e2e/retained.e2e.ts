import { letPass, LIMITS, TestStack } from './cloudformation';
import { killing } from './killing';
import { arnOf, recordPath, RECORDS, ROLE, Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';
import { ApiRequest, ApiServer, KubernetesError } from '../../lib/kubernetes/function/client/api-server';

const scene = new Scene();
const { account, config, look, annotations, uid } = scene;

/** A stack whose set was retained when the stack was deleted. */
async function retained(...objects: object[]): Promise<void> {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects } });
  stack.retain('Set');
}

describe('a retained object is restored when a new stack of the same name', () => {
  test.each<[string, (object: object) => Promise<unknown>]>([
    ['fails after its Create has succeeded', (object) => new TestStack('One').deploy({ Set: { objects: [object, config('new')] } }, { failsElsewhere: true })],
    ['fails in its Create', (object) => new TestStack('One').deploy({ Set: { objects: [object, { ...config('lost'), metadata: { name: 'lost', namespace: 'missing' } }] } })],
    ['lists other objects and fails', () => new TestStack('One').deploy({ Set: { objects: [config('new')] } }, { failsElsewhere: true })],
    ['fails because it cannot list the records', async (object) => {
      const send = ApiServer.prototype.send;
      const spy = jest.spyOn(ApiServer.prototype, 'send').mockImplementation(async function (this: ApiServer, attempt: string, request: ApiRequest) {
        if (request.method === 'GET' && request.path === RECORDS) {
          throw new KubernetesError(attempt, 400, { message: 'not now' });
        }
        return send.call(this, attempt, request);
      });
      await new TestStack('One').deploy({ Set: { objects: [object] } }).finally(() => spy.mockRestore());
    }],
    ['fails twice', async (object) => {
      const deploy = () => new TestStack('One').deploy({ Set: { objects: [object] } }, { failsElsewhere: true });
      await expect(deploy()).rejects.toThrow('something else failed');
      return deploy();
    }],
  ])('%s', async (_, deploy) => {
    await retained(account('a', arnOf('one')));
    const before = await look();
    await expect(deploy(account('a', arnOf('two')))).rejects.toThrow();
    expect(await look()).toEqual(before);
    const again = new TestStack('One');
    await again.deploy({ Set: { objects: [account('a', arnOf('three'))] } });
    expect((await annotations(account('a')))[ROLE]).toBe(arnOf('three'));
    expect(await uid(account('a'))).toBe(before['ServiceAccount a'].uid);
  });
});

test('a retained object that was taken over before is given back after a successful Update', async () => {
  await scene.cluster.create(account('a', arnOf('theirs')));
  const before = await look();
  const set = (role: string) => ({ Set: { objects: [account('a', arnOf(role))], existing: ExistingObjects.TAKE_OVER } });
  const first = new TestStack('One');
  await first.deploy(set('one'));
  first.retain('Set');
  const again = new TestStack('One');
  await again.deploy(set('two'));
  await again.deploy(set('three'));
  await again.destroy();
  expect(await look()).toEqual(before);
});

test('a field that a retained object set, and its new content does not, is given back to others by another stack', async () => {
  await scene.cluster.create(account('a', arnOf('theirs')));
  const takingOver = (...objects: object[]) => ({ Set: { objects, existing: ExistingObjects.TAKE_OVER } });
  const first = new TestStack('One');
  await first.deploy(takingOver(account('a', arnOf('one'))));
  first.retain('Set');
  const again = new TestStack('One');
  await again.deploy(takingOver(config('new')));
  await again.deploy(takingOver(config('new'), account('a')));
  const before = await look();
  const other = new TestStack('Two');
  await other.deploy(takingOver(account('a', arnOf('two'))));
  await other.destroy();
  expect(await look()).toEqual(before);
  expect((await annotations(account('a')))[ROLE]).toBe(arnOf('theirs'));
});

test('a retained object that someone else deleted is created again, and deleted with the stack', async () => {
  await retained(account('a', arnOf('one')), config('b'));
  await scene.cluster.remove(account('a'));
  const again = new TestStack('One');
  await again.deploy({ Set: { objects: [account('a', arnOf('two'))] } });
  await again.destroy();
  expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`, 'ConfigMap b']);
});

/** A retained set with KEEP has left this object alone, which is gone since then. */
async function leftAlone(object: object): Promise<void> {
  await scene.cluster.create(object);
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [object], existing: ExistingObjects.KEEP } });
  stack.retain('Set');
  await scene.cluster.remove(object);
}

test('a retained set with KEEP does not keep an object that a new stack creates instead of the one that it left alone', async () => {
  await leftAlone(config('a'));
  const again = new TestStack('One');
  await again.deploy({ Set: { objects: [config('a')] } });
  await again.destroy();
  expect(Object.keys(await look())).toEqual([`Namespace ${scene.namespace}`]);
});

test('the record of a retained set with KEEP ends with the next set of this name, also if the objects that it left alone are gone', async () => {
  await leftAlone(config('a'));
  const again = new TestStack('One');
  await again.deploy({ Set: { objects: [config('b')] } });
  await again.destroy();
  const { metadata } = await scene.cluster.get(recordPath(again.owner('Set')));
  expect(metadata.annotations['cdk-irsa/state']).toBe('Deleted');
});

test('a retained object that someone else recreated is foreign', async () => {
  await retained(account('a', arnOf('one')));
  await scene.cluster.remove(account('a'));
  await scene.cluster.create(account('a', arnOf('theirs')));
  const before = await look();
  await expect(new TestStack('One').deploy({ Set: { objects: [account('a', arnOf('two'))] } })).rejects.toThrow(/^ServiceAccount \S+\/a already exists/);
  expect(await look()).toEqual(before);
});

describe('a set with a retention policy that is renamed and renamed back', () => {
  const renamedTwice = async () => {
    const stack = new TestStack('One');
    await stack.deploy({ A: { objects: [account('a', arnOf('one'))] } });
    const first = await uid(account('a'));
    stack.retain('A');
    await stack.deploy({ B: { objects: [account('a', arnOf('two'))] } });
    stack.retain('B');
    await stack.deploy({ A: { objects: [account('a', arnOf('three'))] } });
    return { stack, first };
  };

  test('has its object with its own role', async () => {
    const { stack, first } = await renamedTwice();
    expect(await uid(account('a'))).toBe(first);
    expect(await annotations(account('a'))).toEqual(expect.objectContaining({ 'cdk-irsa/owner': stack.owner('A'), [ROLE]: arnOf('three') }));
  });

  test('removes a field permanently in its next Update', async () => {
    const { stack } = await renamedTwice();
    await stack.deploy({ A: { objects: [account('a', arnOf('four'))] } });
    await stack.deploy({ A: { objects: [account('a')] } });
    expect((await annotations(account('a')))[ROLE]).toBeUndefined();
  });

  test('gives its object back to the set that was retained last', async () => {
    const { stack, first } = await renamedTwice();
    await stack.destroy();
    expect(await uid(account('a'))).toBe(first);
    expect(await annotations(account('a'))).toEqual(expect.objectContaining({ 'cdk-irsa/owner': stack.owner('B'), [ROLE]: arnOf('two') }));
  });
});

test('a retained object that is listed again with new content and taken by another stack gets the new content back', async () => {
  await retained(account('a', arnOf('one')));
  await new TestStack('One').deploy({ Set: { objects: [account('a', arnOf('two'))] } });
  const other = new TestStack('Two');
  await other.deploy({ Set: { objects: [account('a', arnOf('three'))], existing: ExistingObjects.TAKE_OVER } });
  await other.destroy();
  expect((await annotations(account('a')))[ROLE]).toBe(arnOf('two'));
});

test('a field that a new stack takes in a retained object goes back when the stack fails', async () => {
  await retained(config('a', { ours: '1' }));
  await scene.cluster.patch(config('a'), { data: { theirs: '1' } });
  const before = await look();
  await expect(new TestStack('One').deploy({ Set: { objects: [config('a', { ours: '2', theirs: '2' })] } }, { failsElsewhere: true })).rejects.toThrow();
  expect(await look()).toEqual(before);
});

describe.each(['update', 'delete'] as const)('a retained object that the new stack lists under KEEP gets its values back when an Update is rolled back with an %s', (undoWith) => {
  test.each(Object.values(ExistingObjects))('that changes to %s', async (existing) => {
    await retained(config('a', { key: 'one', gone: 'one' }));
    const again = new TestStack('One');
    await again.deploy({ Set: { objects: [config('a', { key: 'two' })], existing: ExistingObjects.KEEP } });
    const before = await look();
    const update = { Set: { objects: [config('a', { key: 'three' }), config('b')], existing } };
    await expect(again.deploy(update, { failsElsewhere: true, undoWith })).rejects.toThrow(/^something else failed$/);
    expect((await look())['ConfigMap a']).toEqual(before['ConfigMap a']);
    expect((await scene.cluster.find(config('a'))).data).toEqual({ key: 'one', gone: 'one' });
  });
});

describe('a retained object stays when its resource is added to the same stack again and the Create is killed before it begins,', () => {
  const set = (role: string) => ({ objects: [account('a', arnOf(role))] });
  /** CloudFormation generates an ID, because the Create has not returned one. */
  const deleteUnknown = (stack: TestStack) => stack.send('Delete', 'Set', set('two'), { PhysicalResourceId: 'One-Set-1A2B3C4D5E6F7' });

  test.each<[string, (stack: TestStack) => Promise<unknown>]>([
    ['after a Create', async () => letPass(LIMITS.service + 1_000)],
    ['after an Update', (stack) => stack.deploy({ Set: { objects: [account('a', arnOf('three')), config('b')] } })],
    ['after a clean-up', (stack) => stack.deploy({ Set: set('three') })],
    ['after a clean-up that was killed', async (stack) => {
      const killed = killing((attempt) => (/^delete of ConfigMap/.test(attempt) ? 'before' : undefined));
      void stack.deploy({ Set: set('three') });
      await killed;
    }],
    ['soon after a Create with other properties', async () => undefined],
    ['twice', (stack) => {
      letPass(LIMITS.service + 1_000);
      return deleteUnknown(stack);
    }],
  ])('%s', async (_, lastly) => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [account('a', arnOf('one')), config('b')] } });
    const first = await uid(account('a'));
    await lastly(stack);
    stack.retain('Set');
    await deleteUnknown(stack);
    expect(await uid(account('a'))).toBe(first);
  });
});

test('a Create that succeeded after CloudFormation cancelled it is undone', async () => {
  const stack = new TestStack('One');
  await stack.send('Create', 'Set', { objects: [account('a')] });
  await stack.send('Delete', 'Set', { objects: [account('a')] }, { PhysicalResourceId: 'One-Set-1A2B3C4D5E6F7' });
  expect(await uid(account('a'))).toBeUndefined();
});
