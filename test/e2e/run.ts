// npm run e2e: sets up the local AWS and runs the tests that need it. Arguments go to jest.
import { join, resolve } from 'node:path';
import { Mark } from './marks';
import { show, succeed } from '../../local-aws/commands';
import { kubernetes } from '../../local-aws/kubernetes';
import { builtOtherTools } from '../../local-aws/other-tools';
import { runProgram } from '../../local-aws/program';
import { python } from '../../local-aws/python';

const ROOT = resolve(__dirname, '..', '..');
/** Of what tests start in process groups of their own. */
const mark = new Mark();

runProgram(async () => {
  const environment = { LOCAL_AWS_PYTHON: await python(), LOCAL_AWS_KUBERNETES: await kubernetes() };
  if (!builtOtherTools()) {
    console.log('Skipping other-tools.e2e.ts and given-back-to-others.e2e.ts: they run Helm and kubectl, which npm run other-tools builds');
  }
  await succeed(process.execPath, [join(ROOT, 'bin', 'bundle.mjs')], { cwd: ROOT });
  const args = ['--config', join(__dirname, 'jest.config.json'), '--ci', ...process.argv.slice(2)];
  return await show(process.execPath, [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), ...args], { cwd: ROOT, env: { ...process.env, ...environment, ...mark.environment } }) ?? 1;
}, async () => {
  mark.signal('SIGTERM');
  await mark.leftovers();
  mark.signal('SIGKILL');
});
