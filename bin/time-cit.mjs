// npm run time-cit: runs the steps of npm cit, and prints the duration of each, and the ratio of the total to installation and compilation.
// On a busy machine, all steps take longer, so the ratio says more than the seconds.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const cwd = dirname(dirname(fileURLToPath(import.meta.url)));

/** How long a command takes, in seconds. */
function timed(command) {
  const start = performance.now();
  const { status } = spawnSync(command, { cwd, shell: true, stdio: 'inherit' });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
  return (performance.now() - start) / 1_000;
}

const install = timed('npm ci --no-audit --no-fund --loglevel=error');
const compilation = timed('node bin/bundle.mjs && npx projen compile');
const tests = timed('npx jest --ci');
const all = install + compilation + tests;
console.log(`npm ci ${install.toFixed(0)} s, compilation ${compilation.toFixed(0)} s, tests ${tests.toFixed(0)} s: together ${all.toFixed(0)} s, `
  + `${(all / (install + compilation)).toFixed(1)} times as long as installation and compilation`);
