import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure, succeed } from './commands';
import { step } from './steps';
import { hashOf, hasVersion } from './versions';
import { alone } from '../../bin/lock.cjs';

const FOLDER = resolve(__dirname, '..', '..', '.venv');
const REQUIREMENTS = join(__dirname, 'server', 'requirements.txt');

/** The Python of this machine, where it has one that the local AWS can use. */
export function findPython(): string | undefined {
  return ['python3', 'python'].find((name) => hasVersion(name, ['--version'], /Python (\d+)\.(\d+)/, [3, 10]));
}

/** The Python of a virtual environment that has what requirements.txt asks for. */
export async function python(folder = FOLDER): Promise<string> {
  const found = findPython();
  if (!found) {
    throw new Failure('the local AWS needs Python 3.10 or later, as python3 or python');
  }
  const program = join(folder, 'bin', 'python');
  // written last, so that what was left half done is done again
  const done = join(folder, `complete-${hashOf([REQUIREMENTS])}`);
  await alone(async () => {
    if (!existsSync(done)) {
      await step('Installing Python packages in .venv, once', () => install(found, folder, program));
      writeFileSync(done, '');
    }
  });
  return program;
}

async function install(found: string, folder: string, program: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await succeed(found, ['-m', 'venv', folder]);
  await succeed(program, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]);
}
