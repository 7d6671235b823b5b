// npm run e2e: sets up the local AWS and runs the tests that need it. Arguments go to jest.
import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { controlPlane, python, SetupError } from '../local-aws/setup.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));

async function main() {
  const environment = { LOCAL_AWS_PYTHON: await python(), CONTROL_PLANE: await controlPlane() };
  const bundled = spawnSync(process.execPath, [join(root, 'bin', 'bundle.mjs')], { cwd: root, stdio: 'inherit' });
  if (bundled.status !== 0) {
    return bundled.status ?? 1;
  }
  const args = ['--config', join(here, 'jest.config.json'), '--ci', ...process.argv.slice(2)];
  const jest = spawn(process.execPath, [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), ...args], {
    cwd: root, stdio: 'inherit', env: { ...process.env, ...environment },
  });
  // at a terminal jest gets the signal too; what the tests have started ends with jest
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => jest.kill(signal));
  }
  return new Promise((resolve) => jest.on('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1))));
}

main().then((code) => process.exit(code), (error) => {
  console.error(error instanceof SetupError ? error.message : error);
  process.exit(1);
});
