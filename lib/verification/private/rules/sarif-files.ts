import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { assemblyOfApp } from './app-assembly';
import { categoryOf, nameOf } from './sarif-names';
import { removeStaleFiles } from './stale-sarif-files';
import { ReportedViolation } from './violations-in';
import { sarifText } from '../../internal/sarif/sarif-text';

/** A file for the stacks of the app, and one for those of each stage. Their names do not depend on the folder of the cloud assembly, which can be temporary. */
export class SarifFiles {
  /** Some versions of aws-cdk-lib ask for the templates of each account and region by themselves, so a file has what was found in all of them. */
  private readonly found = new Map<string, Map<string, readonly ReportedViolation[]>>();

  /** Looking for stale files each time would take long with many accounts. */
  private isClean = false;

  constructor(private readonly directory: string) {}

  /** @throws if the directory is in a cloud assembly. */
  write(templatePaths: readonly string[], violations: readonly ReportedViolation[]): void {
    for (const folder of new Set(templatePaths.map((path) => dirname(path)))) {
      this.checkOutside(folder);
      const name = nameOf(folder);
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

  private checkOutside(folder: string): void {
    const assembly = assemblyOfApp(folder);
    if (join(realPath(resolve(this.directory)), sep).startsWith(join(realPath(assembly), sep))) {
      throw new Error(`sarifDirectory is ${this.directory}, which is in the cloud assembly ${assembly}: name a folder outside of it, such as sarif, `
        + 'because the CDK ends a synthesis in which a plugin adds files to the assembly');
    }
  }
}

/** The path without symbolic links, also of what does not exist yet. */
const realPath = (path: string): string => (existsSync(path) ? realpathSync(path) : join(realPath(dirname(path)), basename(path)));
