import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, run, succeed } from './commands';
import { localEnvironment } from './environment';
import { alone } from './lock.cjs';
import { step } from './steps';
import { hashOf, hasVersion } from './versions';

/** Only files whose hash is in the requirements are installed. Wheels only, because a source distribution runs code while it is installed. */
const VERIFIED = ['--require-hashes', '--only-binary', ':all:'];
/** The output changes if the Python of the virtual environment has been removed or replaced. */
const WHICH = ['-c', 'import sys; print(sys.version)'];

export interface VirtualEnvironmentProps {
  readonly folder: string;
  /** The file with the versions and hashes of all packages. */
  readonly requirements: string;
  /** What to show while the packages are installed. */
  readonly title: string;
}

/** The command of a Python on this machine that is recent enough, if there is one. */
export function findPython(): string | undefined {
  return ['python3', 'python'].find((name) => hasVersion(name, ['--version'], /Python (\d+)\.(\d+)/, [3, 10]));
}

/** A Python with packages of its own. */
export class VirtualEnvironment {
  private readonly program: string;
  // written last, so that an interrupted installation is repeated
  private readonly done: string;

  constructor(private readonly props: VirtualEnvironmentProps) {
    this.program = join(props.folder, 'bin', 'python');
    this.done = join(props.folder, `complete-${hashOf([props.requirements])}`);
  }

  /** Creates it if necessary, and returns its Python. */
  public async python(): Promise<string> {
    const found = findPython();
    if (!found) {
      throw new Failure('Python 3.10 or later is needed, as python3 or python');
    }
    if (!await this.isComplete()) {
      await alone(async () => {
        if (!await this.isComplete()) { // another run may have installed it in the meantime
          await step(this.props.title, () => this.install(found));
        }
      });
    }
    return this.program;
  }

  private async isComplete(): Promise<boolean> {
    return existsSync(this.done) && existsSync(this.program)
      && (await run(this.program, WHICH, { env: localEnvironment() })).output === readFileSync(this.done, 'utf8');
  }

  private async install(found: string): Promise<void> {
    const { folder, requirements } = this.props;
    const options = { env: localEnvironment({ downloads: true }) };
    rmSync(folder, { recursive: true, force: true });
    await succeed(found, ['-m', 'venv', folder], options);
    await succeed(this.program, ['-m', 'pip', 'install', ...VERIFIED, '--quiet', '--disable-pip-version-check', '-r', requirements], options);
    writeFileSync(this.done, await succeed(this.program, WHICH, options));
  }
}
