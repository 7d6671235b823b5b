// npm run e2e: sets up the local AWS, and runs the tests that need it. Arguments are passed to jest.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { withoutLayer } from './kubectl-layer';
import { Mark } from './marks';
import { runInTerminal, succeed } from '../../local-aws/commands';
import { kubernetes } from '../../local-aws/kubernetes';
import { builtOtherTools } from '../../local-aws/other-tools';
import { runProgram } from '../../local-aws/program';
import { python } from '../../local-aws/python';

const ROOT = resolve(__dirname, '..', '..');
/** For processes that tests start in their own process groups. */
const mark = new Mark();
/** More than processors, because the suites often wait: for the API server, for pods, and for limits of the function. */
const WORKERS = Math.ceil(1.5 * availableParallelism());
/** For the temporary files of everything that runs, so that none is left of a test that fails or is interrupted. */
const folder = mkdtempSync(join(tmpdir(), 'e2e-'));

runProgram(async () => {
  process.env.TMPDIR = folder;
  const environment = { LOCAL_AWS_PYTHON: await python(), LOCAL_AWS_KUBERNETES: await kubernetes() };
  if (!builtOtherTools()) {
    console.log('Skipping the tests that run Helm and kubectl (other-tools, given-back-to-others, records-table): build these tools with npm run other-tools');
  }
  if (withoutLayer) {
    console.log(`Skipping the tests that run kubectl in a function (aws-eks, migration): ${withoutLayer}`);
  }
  await succeed(process.execPath, [join(ROOT, 'bin', 'bundle.mjs')], { cwd: ROOT });
  const args = ['--config', join(__dirname, 'jest.config.json'), '--ci', `--maxWorkers=${WORKERS}`, ...process.argv.slice(2)];
  return await runInTerminal(process.execPath, [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), ...args], { cwd: ROOT, env: { ...process.env, ...environment, ...mark.environment } }) ?? 1;
}, async () => {
  mark.signal('SIGTERM');
  await mark.leftovers(10);
  mark.signal('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
