import { chmodSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, makeCache } from './cache';
import { Failure, succeed } from './commands';
import { step } from './steps';
import { checkUnreplaceable } from './unreplaceable';
import { hashOf, hasVersion } from './versions';

export interface GoProgramProps {
  /** The name to show. */
  readonly title: string;
  /** The name of the file. */
  readonly name: string;
  /** The folder of the Go module, whose go.mod and go.sum pin the dependencies. */
  readonly folder: string;
  /** The main package. @default - the package in the folder */
  readonly main?: string;
  /** Values of package variables, by import path and name. @default - none */
  readonly variables?: { readonly [path: string]: string };
}

/** A program that is built on this machine with Go. It is built again only if its module changes. */
export class GoProgram {
  private readonly path: string;

  constructor(private readonly props: GoProgramProps) {
    const sources = readdirSync(props.folder).filter((file) => /^go\.(mod|sum)$|\.go$/.test(file)).sort();
    this.path = join(CACHE, `${props.name}-${hashOf(sources.map((file) => join(props.folder, file)))}`);
  }

  /**
   * The path of the program, or undefined if the current module has not been built.
   *
   * @throws if another user could have put the program there.
   */
  public find(): string | undefined {
    if (!existsSync(this.path)) {
      return undefined;
    }
    checkUnreplaceable(this.path);
    return this.path;
  }

  /** Builds the program if necessary, and returns its path. */
  public async make(): Promise<string> {
    if (!this.find()) {
      if (!hasVersion('go', ['version'], /go(\d+)\.(\d+)/, [1, 26])) {
        throw new Failure(`${this.props.title} is built here with Go 1.26 or later, which is not on the PATH`);
      }
      makeCache();
      await step(`Building ${this.props.title}, once, which takes minutes`, () => this.build());
    }
    return this.path;
  }

  private async build(): Promise<void> {
    const { folder, main = '.', variables = {} } = this.props;
    const flags = ['-s', '-w', ...Object.entries(variables).map(([path, value]) => `-X ${path}=${value}`)].join(' ');
    const building = `${this.path}-${process.pid}`;
    process.once('exit', () => rmSync(building, { force: true })); // an incomplete build
    await succeed('go', ['build', '-trimpath', '-ldflags', flags, '-o', building, main], { cwd: folder, env: { ...process.env, CGO_ENABLED: '0' } });
    chmodSync(building, 0o755); // whatever the umask
    renameSync(building, this.path);
  }
}
