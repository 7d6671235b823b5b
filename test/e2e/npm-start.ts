import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRun } from './runs';

/** `npm start` in the tests of a file, whose temporary files are in a folder of each test. */
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

  /** The environment in which no Kubernetes has been built. */
  public get records(): NodeJS.ProcessEnv {
    return { XDG_CACHE_HOME: join(this.temporary, 'cache') };
  }

  /** What is in the temporary folder, but for what tools cache there. */
  public files(): string[] {
    return readdirSync(this.temporary).filter((name) => !['node-compile-cache', 'cache'].includes(name));
  }
}
