import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { foldersWithStacks } from './app-assembly';
import { categoryOf, nameOf } from './sarif-names';
import { analysisId, TOOL } from '../../internal/sarif/sarif-text';

const FILE = /^(app|assembly-.*)\.sarif$/;

/**
 * Removes the files of stages that the app does not have any more, whose alerts would be uploaded again: what this plugin has written for the app in this folder,
 * and nothing else.
 *
 * @param assembly of the app, with all of its stages. If its manifests cannot be read, nothing is removed.
 */
export function removeStaleFiles(directory: string, assembly: string): void {
  const current = namesIn(assembly);
  if (current === undefined) {
    return;
  }
  readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) => (entry.isFile() && FILE.test(entry.name) ? [{ name: entry.name.replace(/\.sarif$/, ''), path: join(directory, entry.name) }] : []))
    .filter(({ name, path }) => !current.includes(name) && isOwn(path, name))
    .forEach(({ path }) => rmSync(path));
}

function namesIn(assembly: string): string[] | undefined {
  try {
    return foldersWithStacks(assembly).map(nameOf);
  } catch {
    return undefined;
  }
}

function isOwn(path: string, name: string): boolean {
  try {
    const { runs: [{ tool, automationDetails }, ...others] } = JSON.parse(readFileSync(path, 'utf8'));
    return tool.driver.name === TOOL && automationDetails.id === analysisId(categoryOf(name)) && others.length === 0;
  } catch {
    return false;
  }
}
