import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const MANIFEST = 'manifest.json';

/** How aws-cdk-lib calls the folder of a stage. */
const STAGE = /^assembly-/;

/** Whether a folder is that of a stage. The output folder of an app can have such a name, too. */
export const isOfStage = (folder: string): boolean => STAGE.test(basename(folder)) && existsSync(join(dirname(folder), MANIFEST));

/** The cloud assembly of the app that a folder is in. */
export const assemblyOfApp = (folder: string): string => (isOfStage(folder) ? assemblyOfApp(dirname(folder)) : folder);

/** The cloud assembly, and the folders of the stages in it, but not those that an earlier synthesis has left there. */
export function foldersOf(assembly: string): string[] {
  const { artifacts = {} } = JSON.parse(readFileSync(join(assembly, MANIFEST), 'utf8'));
  const stages = Object.values<any>(artifacts).filter(({ type }) => type === 'cdk:cloud-assembly');
  return [assembly, ...stages.flatMap(({ properties }) => foldersOf(join(assembly, properties.directoryName)))];
}
