import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { assemblyOfApp } from './app-assembly';
import { nameOf } from './sarif-names';

/** A folder with templates: that of an app, or of a stage. */
export interface StageFolder {
  readonly folder: string;
  /** `app`, or the name of the folder of a stage. It does not depend on the folder of the cloud assembly, which can be temporary. */
  readonly name: string;
}

/** The folders of templates, each once. */
export const stageFolders = (templatePaths: readonly string[]): StageFolder[] =>
  [...new Set(templatePaths.map((path) => dirname(path)))].map((folder) => ({ folder, name: nameOf(folder) }));

/** What a user calls the folder: as in the folder of the app, or if it is temporary, as by default. */
export function folderInApp({ folder }: StageFolder): string {
  const path = relative(process.cwd(), folder);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? join('cdk.out', relative(assemblyOfApp(folder), folder)) : path;
}

/**
 * Checks a folder for files of the plugin.
 *
 * @param property that names the folder.
 * @throws if it is in a cloud assembly, or no folder.
 */
export function checkOutside(property: string, directory: string, { folder }: StageFolder): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new Error(`${property}Directory is ${directory}, which is a file: name a folder, such as ${property}`);
  }
  const assembly = assemblyOfApp(folder);
  if (join(realPath(resolve(directory)), sep).startsWith(join(realPath(assembly), sep))) {
    throw new Error(`${property}Directory is ${directory}, which is in the cloud assembly ${assembly}: name a folder outside of it, such as ${property}, `
      + 'because the CDK ends a synthesis in which a plugin adds files to the assembly');
  }
}

/** The path without symbolic links, also of what does not exist yet. */
const realPath = (path: string): string => (existsSync(path) ? realpathSync(path) : join(realPath(dirname(path)), basename(path)));
