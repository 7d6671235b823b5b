import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { NpmStart } from './npm-start';
import { TestRun } from './runs';
import { until } from './waiting';

const ROOT = resolve(__dirname, '..', '..');
const start = new NpmStart();
let folder: string;
let clone: string;

// Each test continues where the previous one ended, as a newcomer does.

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'clone-test-')));
  clone = join(folder, 'a fresh clone');
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  files.filter((file) => existsSync(join(ROOT, file))).forEach((file) => cpSync(join(ROOT, file), join(clone, file)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const run = (environment: NodeJS.ProcessEnv = {}) => start.run({ ...start.records, ...environment }, [], clone);
/** The part of a run that sets up Python. */
const setUp = (environment: NodeJS.ProcessEnv = {}) => new TestRun(['--import', './bin/tsx.mjs', '--eval', `
  require('./local-aws/program').runProgram(() => require('./local-aws/python').python().then(() => 0));
`], { TMPDIR: start.temporary, ...environment }, clone);
const venv = () => join(clone, '.venv');

test.each(['at once', 'when some are installed'])('Ctrl-C during the installation of packages ends npm, %s', async (when) => {
  const interrupted = run();
  await interrupted.says('Installing Node.js packages, once ...');
  await until(() => when === 'at once' || existsSync(join(clone, 'node_modules', 'aws-cdk-lib')));
  interrupted.interrupt();
  expect({ code: await interrupted.ended, errors: interrupted.errors }).toEqual({ code: 130, errors: '\nInterrupted\n' });
  expect(await interrupted.leftovers()).toEqual([]);
});

test('after that, two parallel runs set up the folder once, regardless of NODE_ENV', async () => {
  const runs = [run({ NODE_ENV: 'production' }), run({ NODE_ENV: 'production' })];
  for (const { ended } of runs) {
    expect(await ended).toBe(0);
  }
  const outputs = runs.map(({ output }) => output);
  expect(outputs.filter((output) => output.includes('Installing Node.js packages, once'))).toHaveLength(1);
  expect(outputs.filter((output) => output.includes('Installing Python packages in .venv, once'))).toHaveLength(1);
  expect(outputs.every((output) => output.includes('All 23 outcomes are as expected'))).toBe(true);
  // for Node.js packages, Python packages or the bundle; cdk synth prints the last one with empty lines around it
  expect(runs.map(({ errors }) => errors).join('')).toMatch(/^(\n*Waiting for another run that sets up this folder\n+){1,4}$/);
});

test('a moved folder still runs, and installs nothing', async () => {
  const elsewhere = join(folder, "someone's");
  renameSync(clone, elsewhere);
  clone = elsewhere;
  const moved = run();
  expect({ code: await moved.ended, errors: moved.errors }).toEqual({ code: 0, errors: '' });
  expect(moved.output).not.toContain('Installing');
  expect(moved.output).toContain('All 23 outcomes are as expected');
});

describe('the virtual environment for Python', () => {
  /** Sets up with a python3 that only has the right version. */
  async function withPython(script: string, begin = setUp): Promise<{ code: number | null; errors: string; output: string }> {
    writeFileSync(join(start.temporary, 'python3'), `#!/bin/sh\n[ "$1" = --version ] && echo Python 3.12.1 && exit\n${script}`);
    chmodSync(join(start.temporary, 'python3'), 0o755);
    const faulty = begin({ PATH: `${start.temporary}:${process.env.PATH}` });
    return { code: await faulty.ended, errors: faulty.errors, output: faulty.output };
  }

  const VENV = '[ "$2" = venv ] && mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && exit\n';

  test('cannot be created without venv, and the error is the one of Python, even if the Python of an earlier run no longer exists', async () => {
    const python = join(venv(), 'bin', 'python');
    rmSync(python);
    symlinkSync('/nowhere/python3', python);
    expect(await withPython('echo "No module named venv" >&2; exit 1\n', run)).toEqual({
      code: 1, errors: `No module named venv\npython3 -m venv ${venv()} failed\n`, output: expect.stringMatching(/\nInstalling Python packages in \.venv, once \.\.\. failed\n$/),
    });
  });

  test('is created again from an empty folder in the next run if pip fails', async () => {
    expect(await withPython(`${VENV}echo "no network" >&2; exit 1\n`)).toMatchObject({ code: 1, errors: `no network\n${venv()}/bin/python -m pip install failed\n` });
    writeFileSync(join(venv(), 'half-written'), '');
    expect(await withPython(`${VENV}echo "still no network" >&2; exit 1\n`)).toMatchObject({ code: 1, errors: `still no network\n${venv()}/bin/python -m pip install failed\n` });
    expect(readdirSync(venv())).toEqual(['bin']);
  });

  test('is completed by the next run if Ctrl-C ended pip', async () => {
    const interrupted = setUp();
    await interrupted.says('Installing Python packages in .venv, once ...');
    await interrupted.runs('pip install');
    interrupted.interrupt();
    expect({ code: await interrupted.ended, errors: interrupted.errors }).toEqual({ code: 130, errors: '\nInterrupted: ending all that runs\n' });
    expect(await interrupted.leftovers()).toEqual([]);
    const next = setUp();
    expect({ code: await next.ended, errors: next.errors }).toEqual({ code: 0, errors: '' });
    expect(next.output).toMatch(/^Installing Python packages in \.venv, once \.\.\. \d+ s\n$/);
  });

  test.each([
    ['a package file with an unexpected hash', (text: string) => text.replace(/(?<=--hash=sha256:)\w/g, '0'), 'THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE'],
    ['a package without a hash', (text: string) => text.replace(/( \\\n +--hash=sha256:\w+)+/, ''), 'Hashes are required in --require-hashes mode'],
  ])('does not contain %s', async (_, change, reason) => {
    const file = join(clone, 'local-aws', 'server', 'requirements.txt');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, change(text));
    const changed = setUp();
    expect(await changed.ended).toBe(1);
    expect(changed.errors).toContain(reason);
    writeFileSync(file, text);
  });
});
