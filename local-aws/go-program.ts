import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure, succeed } from './commands';
import { step } from './steps';
import { hashOf, hasVersion } from './versions';

const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk-irsa');

export interface GoProgramProps {
  /** What a person calls it. */
  readonly title: string;
  /** The name of its file. */
  readonly name: string;
  /** The folder of its module, with go.mod and go.sum, which pin what it is built from. */
  readonly folder: string;
  /** The main package. @default - that of the folder */
  readonly main?: string;
  /** Variables of packages, by path and name. @default - none */
  readonly variables?: { readonly [path: string]: string };
}

/** A program that is built here with Go, once for each state of its module. */
export class GoProgram {
  private readonly path: string;

  constructor(private readonly props: GoProgramProps) {
    const sources = readdirSync(props.folder).filter((file) => /^go\.(mod|sum)$|\.go$/.test(file)).sort();
    this.path = join(CACHE, `${props.name}-${hashOf(sources.map((file) => join(props.folder, file)))}`);
  }

  /** Where it is, if it has been built from its module as it is. */
  public find(): string | undefined {
    return existsSync(this.path) ? this.path : undefined;
  }

  /** Where it is, built if it is not there yet. */
  public async make(): Promise<string> {
    if (!this.find()) {
      if (!hasVersion('go', ['version'], /go(\d+)\.(\d+)/, [1, 26])) {
        throw new Failure(`${this.props.title} is built here with Go 1.26 or later, which is not on the PATH`);
      }
      await step(`Building ${this.props.title}, some minutes once`, () => this.build());
    }
    return this.path;
  }

  private async build(): Promise<void> {
    const { folder, main = '.', variables = {} } = this.props;
    const flags = ['-s', '-w', ...Object.entries(variables).map(([path, value]) => `-X ${path}=${value}`)].join(' ');
    mkdirSync(CACHE, { recursive: true, mode: 0o700 }); // nobody else replaces what is run from there
    const building = `${this.path}-${process.pid}`;
    process.once('exit', () => rmSync(building, { force: true })); // what is half built
    await succeed('go', ['build', '-trimpath', '-ldflags', flags, '-o', building, main], { cwd: folder, env: { ...process.env, CGO_ENABLED: '0' } });
    renameSync(building, this.path);
  }
}
