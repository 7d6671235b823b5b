import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessGraphOf } from './access-graph-of';
import { pageHtml } from '../../../page/page-html';
import { Assembly } from '../assembly/assembly';
import { Assignments } from '../assignments/assignments';
import { allPrincipals } from '../decisions/principals/all-principals';
import { checkOutside, folderInApp, StageFolder, stageFolders } from '../rules/stage-folders';

/**
 * Writes a page for the stacks of the app, and one for those of each stage.
 *
 * @throws if the directory is in a cloud assembly.
 */
export function writePages(directory: string, templatePaths: readonly string[]): void {
  for (const stage of stageFolders(templatePaths)) {
    checkOutside('html', directory, stage);
    const page = pageOf(stage);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, `${stage.name}.html`), page);
  }
}

function pageOf(stage: StageFolder): string {
  const assignments = Assignments.read(Assembly.fromDirectory(stage.folder));
  return pageHtml(accessGraphOf({ assignments, principals: allPrincipals(assignments), assembly: folderInApp(stage) }));
}
