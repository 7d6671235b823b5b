// npm start: installs the dependencies where they are missing, then runs start.ts.
// Plain JavaScript with no dependency, because it runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './lock.cjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function installed() {
  // npm writes it last
  const done = join(root, 'node_modules', '.package-lock.json');
  return existsSync(done) && statSync(done).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

async function install() {
  const start = Date.now();
  process.stdout.write('Installing Node.js packages, once ... ');
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  npm.stdout.on('data', (data) => { output += data; });
  npm.stderr.on('data', (data) => { output += data; });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      npm.removeAllListeners('close').on('close', () => fail('\nInterrupted', 130));
      process.kill(-npm.pid, 'SIGTERM');
    });
  }
  await new Promise((resolve) => {
    npm.on('error', (error) => fail(`failed\nnpm does not start: ${error.message}`));
    npm.on('close', (code) => (code === 0 ? resolve() : fail(`failed\n${output.trim()}\nnpm ci failed`)));
  });
  process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM');
  console.log(`${Math.round((Date.now() - start) / 1000)} s`);
}

function fail(message, status = 1) {
  process.stderr.write(`${message}\n`);
  process.exit(status);
}

await alone(async () => {
  if (!installed()) {
    await install();
  }
});
const { tsImport } = await import('tsx/esm/api');
await tsImport('./start.ts', import.meta.url);
