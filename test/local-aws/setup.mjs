// Sets up what the local AWS runs on: a Python virtual environment in .venv, and the control plane in the user's cache.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const KUBERNETES = '1.36.3';

/** An error whose message is all that there is to say. */
export class SetupError extends Error {}

/** The Python of a virtual environment with what requirements.txt asks for. */
export async function python() {
  const [command] = ['python3', 'python'].filter((name) => atLeast(version(name, ['--version'], /Python (\d+)\.(\d+)/), 3, 10));
  if (!command) {
    throw new SetupError('the local AWS needs Python 3.10 or later, as python3 or python');
  }
  const folder = join(root, '.venv');
  const requirements = join(here, 'requirements.txt');
  // written last, so that what was left half done is done again
  const done = join(folder, `complete-${hash([requirements])}`);
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    await step('Python packages', () => run(command, ['-m', 'venv', folder]).then(() =>
      run(join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements])));
    writeFileSync(done, '');
  }
  return join(folder, 'bin', 'python');
}

/** The program of control-plane/, built once for its sources. */
export async function controlPlane() {
  const sources = readdirSync(join(here, 'control-plane')).filter((name) => /^go\.(mod|sum)$|\.go$/.test(name)).sort().map((name) => join(here, 'control-plane', name));
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk-irsa');
  const program = join(cache, `control-plane-${hash(sources)}`);
  if (!existsSync(program)) {
    if (!atLeast(version('go', ['version'], /go(\d+)\.(\d+)/), 1, 26)) {
      throw new SetupError('a real Kubernetes is built here with Go 1.26 or later, which is not on the PATH');
    }
    mkdirSync(cache, { recursive: true });
    const set = (name, value) => `-X k8s.io/component-base/version.${name}=${value}`;
    const [major, minor] = KUBERNETES.split('.');
    const flags = `-s -w ${set('gitVersion', `v${KUBERNETES}`)} ${set('gitMajor', major)} ${set('gitMinor', minor)}`;
    const building = `${program}-${process.pid}`;
    await step('Kubernetes, some minutes once', () => run('go', ['build', '-trimpath', '-ldflags', flags, '-o', building, '.'],
      { cwd: join(here, 'control-plane'), env: { ...process.env, CGO_ENABLED: '0' } }));
    renameSync(building, program);
  }
  return program;
}

/** Runs a step of the set-up with a line about it. */
export async function step(what, work) {
  const start = Date.now();
  process.stdout.write(`Setting up: ${what} ... `);
  const result = await work().catch((error) => {
    process.stdout.write('\n');
    throw error;
  });
  process.stdout.write(`${Math.round((Date.now() - start) / 1000)} s\n`);
  return result;
}

/** Runs a command to its end; its output is shown only if it fails. */
function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    child.stdout.on('data', (data) => { output += data; });
    child.stderr.on('data', (data) => { output += data; });
    child.on('error', (error) => reject(new SetupError(`${command} does not start: ${error.message}`)));
    child.on('close', (code) => (code === 0 ? resolve() : reject(new SetupError(`${output.trim()}\n${command} ${args.slice(0, 3).join(' ')} failed`))));
  });
}

function version(command, args, pattern) {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return pattern.exec(`${stdout}${stderr}`)?.slice(1, 3).map(Number);
}

const atLeast = (found, major, minor) => found !== undefined && (found[0] > major || (found[0] === major && found[1] >= minor));

function hash(files) {
  const sum = createHash('sha256');
  files.forEach((file) => sum.update(readFileSync(file)));
  return sum.digest('hex').slice(0, 16);
}
