import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRun } from './runs';

/** `npm start` in the tests of a file. Each test has its own folder for temporary files. */
export class NpmStart {
  public temporary = '';

  constructor() {
    beforeEach(() => {
      this.temporary = mkdtempSync(join(tmpdir(), 'start test-'));
    });
    afterEach(() => {
      TestRun.endAll();
      rmSync(this.temporary, { recursive: true, force: true, maxRetries: 5 });
    });
  }

  public run(environment: NodeJS.ProcessEnv = {}, args: string[] = [], root?: string): TestRun {
    return new TestRun([join('bin', 'start.mjs'), ...args], { TMPDIR: this.temporary, ...environment }, root);
  }

  /** An environment in which no Kubernetes has been built, so that clusters are records. */
  public get records(): NodeJS.ProcessEnv {
    return { XDG_CACHE_HOME: join(this.temporary, 'cache') };
  }

  /** The contents of the temporary folder, except caches of tools. */
  public files(): string[] {
    return readdirSync(this.temporary).filter((name) => !['node-compile-cache', 'cache'].includes(name));
  }
}
