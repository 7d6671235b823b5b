// npm start: installs the dependencies where they are missing, then runs start.ts.
// Plain JavaScript with no dependency, because it runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from '../local-aws/lock.cjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(root, 'node_modules');
const STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
let ending = false;
/** How the set-up ends before it is done. */
let stop = fail;

function installed() {
  // npm writes it last
  const done = join(MODULES, '.package-lock.json');
  return existsSync(done) && statSync(done).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

async function install() {
  const start = Date.now();
  process.stdout.write('Installing Node.js packages, once ... ');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = spawn('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  npm.stdout.on('data', (data) => { output += data; });
  npm.stderr.on('data', (data) => { output += data; });
  stop = (message, status) => {
    npm.removeAllListeners('close').on('close', () => fail(message, status));
    try {
      process.kill(-npm.pid, 'SIGTERM');
    } catch {
      fail(message, status); // all that npm started has ended, or npm did not start
    }
  };
  await new Promise((resolve) => {
    npm.on('error', (error) => fail(`failed\nnpm does not start: ${error.message}`));
    npm.on('close', (code) => (code === 0 ? resolve() : fail(`failed\n${output.trim()}\nnpm ci failed`)));
  });
  console.log(`${Math.round((Date.now() - start) / 1000)} s`);
}

function fail(message, status = 1) {
  process.stderr.write(message && `${message}\n`);
  process.exit(status);
}

function interrupt(message, status) {
  if (!ending) {
    ending = true;
    stop(message, status);
  }
}

if (!installed()) {
  if (lstatSync(MODULES, { throwIfNoEntry: false })?.isSymbolicLink()) {
    fail('node_modules is a symbolic link, and npm ci would empty the folder that it points to. Remove the link, and run npm start again.');
  }
  for (const [signal, status] of Object.entries(STATUS)) {
    process.on(signal, () => interrupt('\nInterrupted', status));
  }
  process.stdout.on('error', () => interrupt('', 1)); // nobody reads it any more
  await alone(async () => {
    if (!installed()) { // by another run, meanwhile
      await install();
    }
  });
  Object.keys(STATUS).forEach((signal) => process.removeAllListeners(signal));
  process.stdout.removeAllListeners('error');
}
process.env.TSX_DISABLE_CACHE = '1'; // its folder in /tmp may be one that another user has made, with code of theirs in it
const { tsImport } = await import('tsx/esm/api');
await tsImport('./start.ts', import.meta.url);
