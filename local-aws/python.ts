import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure, run, succeed } from './commands';
import { localEnvironment } from './environment';
import { alone } from './lock.cjs';
import { step } from './steps';
import { hashOf, hasVersion } from './versions';

const FOLDER = resolve(__dirname, '..', '.venv');
const PROGRAM = join(FOLDER, 'bin', 'python');
const REQUIREMENTS = join(__dirname, 'server', 'requirements.txt');
// written last, so that an interrupted installation is repeated
const DONE = join(FOLDER, `complete-${hashOf([REQUIREMENTS])}`);
/** Only files whose hash is in requirements.txt are installed. Wheels only, because a source distribution runs code while it is installed. */
const VERIFIED = ['--require-hashes', '--only-binary', ':all:'];
/** The output changes if the Python of the virtual environment has been removed or replaced. */
const WHICH = ['-c', 'import sys; print(sys.version)'];

/** The command of a Python on this machine that is recent enough, if there is one. */
export function findPython(): string | undefined {
  return ['python3', 'python'].find((name) => hasVersion(name, ['--version'], /Python (\d+)\.(\d+)/, [3, 10]));
}

/** The Python of a virtual environment with the packages of requirements.txt. Creates the environment if necessary. */
export async function python(): Promise<string> {
  const found = findPython();
  if (!found) {
    throw new Failure('the local AWS needs Python 3.10 or later, as python3 or python');
  }
  if (!await isComplete()) {
    await alone(async () => {
      if (!await isComplete()) { // another run may have installed it in the meantime
        await step('Installing Python packages in .venv, once', () => install(found));
      }
    });
  }
  return PROGRAM;
}

async function isComplete(): Promise<boolean> {
  return existsSync(DONE) && existsSync(PROGRAM) && (await run(PROGRAM, WHICH, { env: localEnvironment() })).output === readFileSync(DONE, 'utf8');
}

async function install(found: string): Promise<void> {
  const options = { env: localEnvironment({ downloads: true }) };
  rmSync(FOLDER, { recursive: true, force: true });
  await succeed(found, ['-m', 'venv', FOLDER], options);
  await succeed(PROGRAM, ['-m', 'pip', 'install', ...VERIFIED, '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS], options);
  writeFileSync(DONE, await succeed(PROGRAM, WHICH, options));
}
