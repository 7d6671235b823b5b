import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { assemblyOfApp } from './app-assembly';
import { categoryOf } from './sarif-names';
import { checkOutside, stageFolders } from './stage-folders';
import { removeStaleFiles } from './stale-sarif-files';
import { ReportedViolation } from './violations-in';
import { sarifText } from '../../internal/sarif/sarif-text';

/** A file for the stacks of the app, and one for those of each stage. */
export class SarifFiles {
  /** Some versions of aws-cdk-lib ask for the templates of each account and region by themselves, so a file has what was found in all of them. */
  private readonly found = new Map<string, Map<string, readonly ReportedViolation[]>>();

  /** Looking for stale files each time would take long with many accounts. */
  private isClean = false;

  constructor(private readonly directory: string) {}

  /** @throws if the directory is in a cloud assembly. */
  write(templatePaths: readonly string[], violations: readonly ReportedViolation[]): void {
    for (const stage of stageFolders(templatePaths)) {
      checkOutside('sarif', this.directory, stage);
      const { folder, name } = stage;
      const isOfFolder = (path: string) => dirname(path) === folder;
      const byTemplates = this.found.get(name) ?? new Map();
      this.found.set(name, byTemplates);
      byTemplates.set(JSON.stringify(templatePaths.filter(isOfFolder)), violations.filter(({ templatePath }) => isOfFolder(templatePath)));
      mkdirSync(this.directory, { recursive: true });
      writeFileSync(join(this.directory, `${name}.sarif`), sarifText(categoryOf(name), [...byTemplates.values()].flat()));
    }
    if (!this.isClean && templatePaths.length > 0) {
      this.isClean = true;
      removeStaleFiles(this.directory, assemblyOfApp(dirname(templatePaths[0])));
    }
  }
}
