import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS, TestStack } from './cloudformation';
import { Invocations } from './invocations';
import { madeBy, Scene } from './scene';
import { until } from './waiting';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';

const scene = new Scene();
const invocations = new Invocations();
const { account, config, job, binding, look, annotations, uid } = scene;

const namespaceOf = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const definition = (plural: string, kind: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.example.com` },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural, singular: kind.toLowerCase(), kind },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } } } }],
  },
});

describe('a namespace', () => {
  test('of a set is released when the set ends, and the objects of the set in it are deleted', async () => {
    const stack = new TestStack('One');
    const name = `${scene.namespace}-own`;
    await stack.deploy({ Set: { objects: [{ ...config('c'), metadata: { name: 'c', namespace: name } }, { ...namespaceOf(name), metadata: { name, labels: { team: 'data' } } }] } });
    const created = (await scene.cluster.look(name))[`Namespace ${name}`];
    await stack.destroy();
    const left = await scene.cluster.look(name);
    expect(Object.keys(left)).toEqual([`Namespace ${name}`]);
    expect(left[`Namespace ${name}`]).toMatchObject({ uid: created.uid, labels: { team: 'data' }, annotations: undefined });
    expect(left[`Namespace ${name}`].managers.filter((manager) => manager.startsWith('cdk-irsa'))).toEqual([]);
  });

  test.each([['of one stack', 1], ['that two stacks need', 2]])('%s is created with KEEP without an annotation or an owner, and is never deleted', async (_, count) => {
    const name = `${scene.namespace}-ensured`;
    const stacks = Array.from({ length: count }, (__, i) => new TestStack(`Stack${i}`));
    await Promise.all(stacks.map((stack) => stack.deploy({ Namespace: { objects: [namespaceOf(name)], existing: ExistingObjects.KEEP } })));
    const made = await scene.cluster.look(name);
    expect(made[`Namespace ${name}`].annotations).toBeUndefined();
    await Promise.all(stacks.map((stack) => stack.destroy()));
    expect(await scene.cluster.look(name)).toEqual(made);
  });

  test('that already exists is not changed by KEEP', async () => {
    await scene.cluster.patch(namespaceOf(scene.namespace), { metadata: { labels: { theirs: 'yes' } } });
    const before = await look();
    const stack = new TestStack('One');
    await stack.deploy({ Namespace: { objects: [{ ...namespaceOf(scene.namespace), metadata: { name: scene.namespace, labels: { ours: 'yes' } } }], existing: ExistingObjects.KEEP } });
    await stack.destroy();
    expect(await look()).toEqual(before);
  });

  test('that is being deleted is waited for, and created again', async () => {
    const name = `${scene.namespace}-dying`;
    await scene.cluster.makeNamespace(name);
    const before = await uid(namespaceOf(name));
    await scene.cluster.ask('DELETE', `/api/v1/namespaces/${name}`);
    const stack = new TestStack('One');
    await stack.deploy({ Namespace: { objects: [namespaceOf(name)], existing: ExistingObjects.KEEP }, Set: { objects: [{ ...account('a'), metadata: { name: 'a', namespace: name } }] } });
    expect(await uid(namespaceOf(name))).not.toBe(before);
  });

  test('whose deletion is stuck is an error that says why', async () => {
    const name = `${scene.namespace}-stuck`;
    await scene.cluster.makeNamespace(name);
    const held = { ...config('held'), metadata: { name: 'held', namespace: name, finalizers: ['example.com/held'] } };
    await scene.cluster.create(held);
    await scene.cluster.ask('DELETE', `/api/v1/namespaces/${name}`);
    await until(() => scene.cluster.find(namespaceOf(name)), ({ status }) => JSON.stringify(status).includes('example.com/held'));
    invocations.skipDuring(new RegExp(`^GET /api/v1/namespaces/${name}$`), 3, LIMITS.work);
    const deploy = new TestStack('One').deploy({ Namespace: { objects: [namespaceOf(name)], existing: ExistingObjects.KEEP } });
    await expect(deploy).rejects.toThrow(/^Namespace \S+ is being deleted \(.*example\.com\/held.*\): waited \d+ s$/);
    await scene.cluster.patch(held, { metadata: { finalizers: null } });
  });
});

describe('a CustomResourceDefinition', () => {
  test('and an object of its kind can be in one set, and the definition stays when the set ends', async () => {
    const [kind, plural] = [`Widget${scene.namespace.slice(5)}`, `widget${scene.namespace.slice(5)}s`];
    const widget = { apiVersion: 'example.com/v1', kind, metadata: { name: 'w', namespace: scene.namespace }, spec: { size: 1 } };
    const stack = new TestStack('One', handlerWithin({ ...LIMITS, arrival: LIMITS.work }));
    await stack.deploy({ Set: { objects: [widget, definition(plural, kind)] } });
    expect(await scene.cluster.get(`/apis/example.com/v1/namespaces/${scene.namespace}/${plural}/w`)).toMatchObject({ spec: { size: 1 } });
    await stack.destroy();
    expect(await scene.cluster.get(`/apis/example.com/v1/namespaces/${scene.namespace}/${plural}/w`)).toBeUndefined();
    const left = await scene.cluster.get(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${plural}.example.com`);
    expect(left.metadata.annotations ?? {}).toEqual({});
    expect(left.metadata.managedFields.filter(({ manager }: any) => manager.startsWith('cdk-irsa'))).toEqual([]);
  });
});

describe('a Job', () => {
  test('whose template changed is replaced, and runs', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [job('j', 'echo one')] } });
    const before = await uid(job('j', ''));
    await stack.deploy({ Set: { objects: [job('j', 'echo two')] } });
    const after = await until(() => scene.cluster.find(job('j', '')), ({ status }) => status.succeeded);
    expect(after.metadata.uid).not.toBe(before);
    expect(after.metadata.annotations).toEqual(expect.objectContaining(madeBy(stack.owner('Set'))));
    await stack.destroy();
    expect(await uid(job('j', ''))).toBeUndefined();
  });

  test('whose template did not change stays', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [job('j', 'echo one')] } });
    const before = await uid(job('j', ''));
    await stack.deploy({ Set: { objects: [job('j', 'echo one', { ttlSecondsAfterFinished: 1000 }), config('c')] } });
    expect(await uid(job('j', ''))).toBe(before);
  });

  test('that has finished and no longer exists is not run again if its manifest stays the same', async () => {
    const stack = new TestStack('One');
    const runs = join(scene.aws.folder, 'runs');
    const done = job('j', `echo run >> ${runs}`, { ttlSecondsAfterFinished: 0 });
    await stack.deploy({ Set: { objects: [done] } });
    await until(async () => !await scene.cluster.find(done));
    await stack.deploy({ Set: { objects: [done, config('c')] } });
    expect(await scene.cluster.find(done)).toBeUndefined();
    expect(readFileSync(runs, 'utf8')).toBe('run\n');
    expect(scene.logged).toContain(`Job ${scene.namespace}/j is gone and its definition has not changed: it does not run again`);
    await stack.destroy();
  });

  test('that was replaced is created again as it was when the update is rolled back', async () => {
    const stack = new TestStack('One');
    await stack.deploy({ Set: { objects: [job('j', 'echo one')] } });
    await expect(stack.deploy({ Set: { objects: [job('j', 'echo two')] } }, { failsElsewhere: true })).rejects.toThrow();
    expect((await scene.cluster.find(job('j', ''))).spec.template.spec.containers[0].command[2]).toBe('echo one');
    await stack.destroy();
    expect(await uid(job('j', ''))).toBeUndefined();
  });

  test('of others is not replaced, only taken over', async () => {
    await scene.cluster.create(job('j', 'echo theirs'));
    const before = await uid(job('j', ''));
    await expect(new TestStack('One').deploy({ Set: { objects: [job('j', 'echo ours')], existing: ExistingObjects.TAKE_OVER } }))
      .rejects.toThrow(/^Job \S+\/j: 422 Invalid: spec\.template: FieldValueInvalid: the rest of .*: this cannot be changed in place, so give the object another name$/);
    expect(await uid(job('j', ''))).toBe(before);
  });
});

test('a RoleBinding whose role changed is replaced', async () => {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [binding('b', 'view')] } });
  await stack.deploy({ Set: { objects: [binding('b', 'edit')] } });
  expect((await scene.cluster.find(binding('b', ''))).roleRef.name).toBe('edit');
  expect(await annotations(binding('b', ''))).toEqual(madeBy(stack.owner('Set')));
  await expect(stack.deploy({ Set: { objects: [binding('b', 'admin')] } }, { failsElsewhere: true })).rejects.toThrow();
  expect((await scene.cluster.find(binding('b', ''))).roleRef.name).toBe('edit');
});

test('a change to an immutable field of another kind is an error that names the field', async () => {
  const deployment = (app: string) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'd', namespace: scene.namespace },
    spec: { replicas: 0, selector: { matchLabels: { app } }, template: { metadata: { labels: { app } }, spec: { containers: [{ name: 'c', image: 'any' }] } } },
  });
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: [deployment('one')] } });
  await expect(stack.deploy({ Set: { objects: [deployment('two')] } }))
    .rejects.toThrow(/^Deployment \S+\/d: 422 Invalid: spec\.selector: FieldValueInvalid: the rest of .*: this cannot be changed in place, so give the object another name$/);
});

describe('invalid objects', () => {
  test('are all listed, with their fields and reasons, before anything is changed', async () => {
    const before = await look();
    const objects = [
      config('good'),
      { ...config('bad'), data: { a: 1 } },
      { ...config('Bad_Name') },
      { apiVersion: 'example.com/v9', kind: 'Nothing', metadata: { name: 'bad', namespace: scene.namespace } },
    ];
    const error: Error = await new TestStack('One').deploy({ Set: { objects } }).then(() => undefined, (failure) => failure);
    expect(error.message.split('\n').sort()).toEqual([
      expect.stringMatching(/^ConfigMap \S+\/Bad_Name: 422 Invalid: metadata\.name: FieldValueInvalid: the rest of /),
      expect.stringMatching(/^ConfigMap \S+\/bad: 500: \.data\.a: expected string: the rest of /),
      expect.stringMatching(/^Nothing \S+\/bad: 404: the cluster has no kind Nothing in example\.com\/v9$/),
    ]);
    expect(error.stack).toBe('');
    expect(await look()).toEqual(before);
  });

  test('fail at once because of an unknown field, without another attempt', async () => {
    await expect(new TestStack('One').deploy({ Set: { objects: [{ ...account('a'), automountServiceAccountTokens: true }] } }))
      .rejects.toThrow(/automountServiceAccountTokens: field not declared in schema: the rest of .*--dry-run=server$/);
  });

  test('are listed as far as the error fits into the limit of CloudFormation', async () => {
    const objects = Array.from({ length: 60 }, (_, i) => ({ ...config(`bad-${i}`), data: { a: 1 } }));
    const error: Error = await new TestStack('One').deploy({ Set: { objects } }).then(() => undefined, (failure) => failure);
    expect(Buffer.byteLength(error.message)).toBeLessThanOrEqual(2_500);
  });
});
