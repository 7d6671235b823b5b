import { TestStack } from './cloudformation';
import { Contended } from './contended';
import { describeWithTools, Run, Tools } from './other-tools';
import { Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';

// A title that ends with a full stop is a sentence in docs/helm.md.
const scene = new Scene();
const tools = new Tools(scene);
const contended = new Contended(scene);
const { theirs, ours, later, values } = contended;
const objects = contended.objects.bind(contended);

/** A stack that takes over what the tool created. */
async function takeOver(run: Run): Promise<TestStack> {
  await run(theirs());
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: ours(), existing: ExistingObjects.TAKE_OVER } });
  expect(await values()).toEqual(['ours', 'theirs', { key: 'ours', more: 'ours' }]);
  return stack;
}

/** A stack that created the objects. */
async function create(): Promise<TestStack> {
  const stack = new TestStack('One');
  await stack.deploy({ Set: { objects: ours() } });
  return stack;
}

const CONFLICT = /conflict with "cdk-irsa[\w-]*"( using v1)?: \.data\.key/;
const THEIRS = ['theirs', 'theirs', { key: 'theirs', more: 'ours' }];

describeWithTools('while a stack owns what it took over', () => {
  describe('`kubectl apply` and `helm upgrade` of Helm 3 set their values again, without a warning.', () => {
    test.each(tools.clientSide)('$title', async ({ run }) => {
      await takeOver(run);
      await run(theirs());
      expect(await values()).toEqual(THEIRS);
    });
  });

  describe('They also remove the fields that they no longer set, even those that your stack sets.', () => {
    test.each(tools.clientSide)('$title', async ({ run }) => {
      await takeOver(run);
      await run(later());
      expect(await values()).toEqual(['later', undefined, { other: 'later', more: 'ours' }]);
    });
  });

  describe('`kubectl apply --server-side` and `helm upgrade` of Helm 4 fail with a conflict, and leave the object as it is.', () => {
    test.each(tools.serverSide)('$title', async ({ run }) => {
      await takeOver(run);
      const before = await values();
      await expect(run(theirs())).rejects.toThrow(CONFLICT);
      expect(await values()).toEqual(before);
    });
  });

  describe('They succeed when they set the same values, leave the fields out, or run with `--force-conflicts`.', () => {
    test.each(tools.serverSide)('$title', async ({ run, force }) => {
      await takeOver(run);
      await run(objects('ours', { key: 'ours' }));
      await run([scene.account('a'), scene.config('c', {})]);
      expect(await values()).toEqual(['ours', undefined, { key: 'ours', more: 'ours' }]);
      await run(theirs(), ...force);
      expect(await values()).toEqual(THEIRS);
    });
  });

  test('On a release that Helm 3 installed, `helm upgrade` of Helm 4 acts like that of Helm 3.', async () => {
    await takeOver(tools.helmUpgrade('helm3'));
    await tools.helmUpgrade('helm4')(theirs());
    expect(await values()).toEqual(THEIRS);
  });

  describe('The next update of the set takes the fields again. When the set gives them back, they get the newer values.', () => {
    test.each(tools.all)('$title', async ({ run, force }) => {
      const stack = await takeOver(run);
      await run(objects('newer', { key: 'newer' }), ...force);
      await stack.deploy({ Set: { objects: objects('ours', { key: 'ours' }), existing: ExistingObjects.TAKE_OVER } });
      expect(await values()).toEqual(['ours', undefined, { key: 'ours' }]);
      await stack.destroy();
      expect(await values()).toEqual(['newer', undefined, { key: 'newer' }]);
    });
  });

  describe('When the set stops setting a field, it gives the field back at once.', () => {
    test.each(tools.all)('$title', async ({ run }) => {
      const stack = await takeOver(run);
      await stack.deploy({ Set: { objects: objects('ours', { more: 'ours' }), existing: ExistingObjects.TAKE_OVER } });
      expect(await values()).toEqual(['ours', 'theirs', { key: 'theirs', more: 'ours' }]);
      await run(objects('ours', { key: 'newer' }));
      expect(await values()).toEqual(['ours', undefined, { key: 'newer', more: 'ours' }]);
    });
  });

  describe('`kubectl delete` and `helm uninstall` delete the object.', () => {
    test.each([
      { title: 'kubectl delete', run: tools.kubectlApply, remove: tools.kubectlDelete },
      { title: 'helm uninstall of Helm 3', run: tools.helmUpgrade('helm3'), remove: tools.helmUninstall('helm3') },
      { title: 'helm uninstall of Helm 4', run: tools.helmUpgrade('helm4'), remove: tools.helmUninstall('helm4') },
    ])('$title', async ({ run, remove }) => {
      await takeOver(run);
      await remove(theirs());
      expect(await contended.find()).toEqual([undefined, undefined]);
    });
  });

  test('The next change of the set creates a deleted object again. Your stack then deletes it like any object that it created.', async () => {
    const stack = await takeOver(tools.kubectlApply);
    await tools.kubectlDelete(theirs());
    await stack.deploy({ Set: { objects: objects('ours', { key: 'new' }), existing: ExistingObjects.TAKE_OVER } });
    expect(await values()).toEqual(['ours', undefined, { key: 'new' }]);
    await stack.destroy();
    expect(await contended.find()).toEqual([undefined, undefined]);
  });
});

const INSTALLS = [
  { title: 'helm install of Helm 3', install: tools.helmInstall('helm3') },
  { title: 'helm install of Helm 4', install: tools.helmInstall('helm4') },
];

describeWithTools('objects that a stack created:', () => {
  describe('`helm install` fails with `invalid ownership metadata`.', () => {
    test.each(INSTALLS)('$title', async ({ install }) => {
      await create();
      await expect(install(theirs())).rejects.toThrow('invalid ownership metadata');
    });
  });

  test('`helm install --take-ownership` of Helm 3 sets its values, without a warning.', async () => {
    await create();
    await tools.helmInstall('helm3')(theirs(), '--take-ownership');
    expect(await values()).toEqual(THEIRS);
  });

  describe('`helm install --take-ownership` of Helm 4 fails with a conflict, unless it sets the same values or runs with `--force-conflicts`.', () => {
    const install = tools.helmInstall('helm4');

    test('it sets different values', async () => {
      await create();
      await expect(install(theirs(), '--take-ownership')).rejects.toThrow(CONFLICT);
    });

    test('it sets the same values', async () => {
      await create();
      await install(objects('ours', { key: 'ours' }), '--take-ownership');
    });

    test('it runs with --force-conflicts', async () => {
      await create();
      await install(theirs(), '--take-ownership', '--force-conflicts');
      expect(await values()).toEqual(THEIRS);
    });
  });

  describe('Your stack still owns the object, and deletes it when it leaves the stack.', () => {
    test.each(INSTALLS)('$title', async ({ install }) => {
      const stack = await create();
      await install(objects('ours', { key: 'ours' }), '--take-ownership');
      await stack.destroy();
      expect(await contended.find()).toEqual([undefined, undefined]);
    });
  });

  describe('If your stack leaves the object in the cluster, `kubectl apply --server-side` and `helm install --take-ownership` of Helm 4 need `--force-conflicts` once.', () => {
    const keep = (stack: TestStack) => stack.deploy({ Set: { objects: ours(), existing: ExistingObjects.KEEP } });
    const retain = async (stack: TestStack) => stack.retain('Set');
    const takeOwnership: Run = (all, ...flags) => tools.helmUpgrade('helm4')(all, '--take-ownership', ...flags);

    test.each([
      { title: 'kubectl, after ExistingObjects.KEEP', leave: keep, run: tools.serverSide[0].run },
      { title: 'kubectl, after RemovalPolicy.RETAIN', leave: retain, run: tools.serverSide[0].run },
      { title: 'Helm, after ExistingObjects.KEEP', leave: keep, run: takeOwnership },
      { title: 'Helm, after RemovalPolicy.RETAIN', leave: retain, run: takeOwnership },
    ])('$title', async ({ leave, run }) => {
      await leave(await create());
      await expect(run(theirs())).rejects.toThrow('conflict');
      await run(theirs(), '--force-conflicts');
      await run(objects('later', { key: 'later' }));
      expect(await values()).toEqual(['later', undefined, { key: 'later', more: 'ours' }]);
    });
  });
});
