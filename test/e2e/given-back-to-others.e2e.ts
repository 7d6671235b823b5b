import { TestStack } from './cloudformation';
import { Contended } from './contended';
import { describeWithTools, Tools } from './other-tools';
import { Scene } from './scene';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';

// A title that ends with a full stop is a sentence in docs/helm.md.
const scene = new Scene();
const tools = new Tools(scene);
const contended = new Contended(scene);
const { theirs, ours, later, values } = contended;
const newer = () => contended.objects('newer', { key: 'newer' });

const takingOver = (objects: object[]) => ({ objects, existing: ExistingObjects.TAKE_OVER });

/** All objects of a test, including lists: one that is managed as a whole, and one whose items are identified by keys with defaults. */
const all = (objects: object[], value: string) => [
  ...objects,
  { ...scene.account('b'), imagePullSecrets: [{ name: value }] },
  { apiVersion: 'v1', kind: 'Service', metadata: scene.config('b').metadata, spec: { ports: [{ port: 80, targetPort: value }] } },
];
const allTheirs = () => all(theirs(), 'theirs');
const allOurs = () => takingOver(all(ours(), 'ours'));
const othersOfOurs = () => takingOver(all(contended.objects('ours', { key: 'changed' }, { team: 'ours' }), 'changed'));

/** The objects, and the fields that each manager has set. */
const seen = () => Promise.all(allTheirs().map(async (object) => {
  const { metadata: { managedFields, resourceVersion, ...metadata }, ...rest } = await scene.cluster.find(object);
  const managers = managedFields.map(({ manager, operation, fieldsV1 }: any) => [manager, operation, ...leaves(fieldsV1).sort()]);
  return { metadata, ...rest, managers: managers.sort() };
}));

/** The paths in a field set. A dot represents the map that contains it. */
function leaves(fields: object, path = ''): string[] {
  return Object.entries(fields).filter(([name]) => name !== '.').flatMap(([name, inside]) =>
    Object.keys(inside).length ? leaves(inside, `${path}/${name}`) : [`${path}/${name}`]);
}

describeWithTools('after a stack gave back what it had taken over', () => {
  describe('The object has its former values and field managers.', () => {
    test.each(tools.all)('$title', async ({ run }) => {
      await run(allTheirs());
      const before = await seen();
      const [one, two] = [new TestStack('One'), new TestStack('Two')];
      const ways: { [way: string]: () => Promise<void> } = {
        'at once': async () => one.deploy({ Set: allOurs() }),
        'after an update': async () => {
          await one.deploy({ Set: allOurs() });
          await one.deploy({ Set: othersOfOurs() });
        },
        'after the construct was renamed': async () => {
          await one.deploy({ Set: allOurs() });
          await one.deploy({ Renamed: othersOfOurs() });
        },
        'after another stack has taken it over': async () => {
          await one.deploy({ Set: allOurs() });
          await two.deploy({ Set: othersOfOurs() });
        },
      };
      for (const [way, take] of Object.entries(ways)) {
        await take();
        await one.destroy();
        await two.destroy();
        expect({ way, objects: await seen() }).toEqual({ way, objects: before });
      }
    });
  });

  describe('The next run of each tool succeeds without force: it sets its values, and removes the fields that it no longer sets.', () => {
    test.each(tools.all)('$title', async ({ run }) => {
      const stack = new TestStack('One');
      await run(theirs());
      await stack.deploy({ Set: takingOver(ours()) });
      await run(theirs()).catch(() => undefined); // Helm 4 keeps a release that failed
      await stack.destroy();
      await run(later());
      expect(await values()).toEqual(['later', undefined, { other: 'later' }]);
    });
  });

  describe('A value that a tool has set in the meantime stays.', () => {
    test.each(tools.all)('$title', async ({ run, force }) => {
      const stack = new TestStack('One');
      await run(theirs());
      await stack.deploy({ Set: takingOver(ours()) });
      await run(newer(), ...force);
      await stack.destroy();
      expect(await values()).toEqual(['newer', undefined, { key: 'newer' }]);
    });
  });
});
