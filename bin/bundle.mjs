// The build step of cdk.json: bundles the function that applies objects, and the page, where these have changed, and says nothing unless it fails.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { alone } from '../local-aws/lock.cjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundles = [join('kubernetes', 'function', 'apply-objects'), join('page', 'browser', 'main')].map((name) => join(root, 'assets', 'lib', name, 'index.js'));
// a folder is newer where one of its files has gone
const sources = [join('kubernetes', 'function'), join('kubernetes', 'contract'), 'page'].map((folder) => join(root, 'lib', folder))
  .flatMap((folder) => [folder, ...readdirSync(folder, { recursive: true }).map((file) => join(folder, file))])
  .concat([join('.projen', 'tasks.json'), 'package-lock.json'].map((file) => join(root, file)));

// runs side by side must not read what another is writing
await alone(async () => {
  if (bundles.every((bundle) => existsSync(bundle) && sources.every((file) => statSync(file).mtimeMs <= statSync(bundle).mtimeMs))) {
    return;
  }
  try {
    await promisify(execFile)('npx', ['projen', 'bundle'], { cwd: root, shell: process.platform === 'win32' });
  } catch ({ message, stdout = message, stderr = '' }) {
    process.stderr.write(`${stdout}${stderr}`);
    process.exitCode = 1;
  }
});
