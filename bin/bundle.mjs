// The build step of cdk.json: bundles the function that applies objects, and says nothing unless that fails.
import { spawnSync } from 'node:child_process';

const { status, stdout, stderr } = spawnSync('npx', ['projen', 'bundle'], { encoding: 'utf8', shell: process.platform === 'win32' });
if (status !== 0) {
  process.stderr.write(`${stdout}${stderr}`);
  process.exit(1);
}
