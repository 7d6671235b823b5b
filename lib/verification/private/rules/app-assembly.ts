import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const MANIFEST = 'manifest.json';

/** How aws-cdk-lib calls the folder of a stage. */
const STAGE = /^assembly-/;

/** Whether a folder is that of a stage. The output folder of an app can have such a name, too. */
export const isOfStage = (folder: string): boolean => STAGE.test(basename(folder)) && existsSync(join(dirname(folder), MANIFEST));

/** The cloud assembly of the app that a folder is in. */
export const assemblyOfApp = (folder: string): string => (isOfStage(folder) ? assemblyOfApp(dirname(folder)) : folder);

/** The folders with stacks in a cloud assembly, but not those of stages that an earlier synthesis has left there. */
export function foldersWithStacks(assembly: string): string[] {
  const { artifacts = {} } = JSON.parse(readFileSync(join(assembly, MANIFEST), 'utf8'));
  const ofType = (wanted: string) => Object.values<any>(artifacts).filter(({ type }) => type === wanted);
  return [
    ...(ofType('aws:cloudformation:stack').length > 0 ? [assembly] : []),
    ...ofType('cdk:cloud-assembly').flatMap(({ properties }) => foldersWithStacks(join(assembly, properties.directoryName))),
  ];
}
