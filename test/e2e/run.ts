// npm run e2e: sets up the local AWS and runs the tests that need it. Arguments go to jest.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { endCommands, Failure, succeed } from '../local-aws/commands';
import { kubernetes } from '../local-aws/kubernetes';
import { python } from '../local-aws/python';

const ROOT = resolve(__dirname, '..', '..');

async function main(): Promise<number> {
  const environment = { LOCAL_AWS_PYTHON: await python(), LOCAL_AWS_KUBERNETES: await kubernetes() };
  await succeed(process.execPath, [join(ROOT, 'bin', 'bundle.mjs')], { cwd: ROOT });
  const args = ['--config', join(__dirname, 'jest.config.json'), '--ci', ...process.argv.slice(2)];
  const jest = spawn(process.execPath, [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), ...args], {
    cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...environment },
  });
  // at a terminal jest gets the signal too; what the tests have started ends with jest
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal).on(signal, () => jest.kill(signal));
  }
  return new Promise((done) => jest.on('exit', (code, signal) => done(code ?? (signal ? 130 : 1))));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void endCommands().then(() => process.exit(130)));
}
main().then((code) => process.exit(code), (error) => {
  console.error(error instanceof Failure ? error.message : error);
  process.exit(1);
});
