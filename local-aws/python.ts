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
// written last, so that what was left half done is done again
const DONE = join(FOLDER, `complete-${hashOf([REQUIREMENTS])}`);
/** Every file that is installed is one that requirements.txt names, and none runs while it is installed, as a source distribution does. */
const VERIFIED = ['--require-hashes', '--only-binary', ':all:'];
/** Changes where the Python that a virtual environment stands on has gone, or has become another. */
const WHICH = ['-c', 'import sys; print(sys.version)'];

/** The Python of this machine, where it has one that the local AWS can use. */
export function findPython(): string | undefined {
  return ['python3', 'python'].find((name) => hasVersion(name, ['--version'], /Python (\d+)\.(\d+)/, [3, 10]));
}

/** The Python of a virtual environment that has what requirements.txt asks for. */
export async function python(): Promise<string> {
  const found = findPython();
  if (!found) {
    throw new Failure('the local AWS needs Python 3.10 or later, as python3 or python');
  }
  if (!await isComplete()) {
    await alone(async () => {
      if (!await isComplete()) { // by another run, meanwhile
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
