// The main job: set up, synthesize IrsaTestStack, show what it makes. Further arguments go to `cdk synth`.
// Plain JavaScript with no dependency, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stack = 'IrsaTestStack';

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options });
  if (result.error) {
    fail(`${command} does not start: ${result.error.message}`);
  }
  return result;
}

function fail(message, status = 1) {
  process.stderr.write(`${message.trim()}\n`);
  process.exit(status);
}

function install() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) {
    return;
  }
  console.log('Installing dependencies (npm ci), once ...');
  const { status, stdout, stderr } = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { shell: process.platform === 'win32' });
  if (status !== 0) {
    fail(`${stdout}${stderr}\nnpm ci failed`, status);
  }
}

/** What is shown does not depend on who asks: no credentials are looked for, and no account is asked. */
function environment() {
  const others = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  const nowhere = join(root, 'node_modules', '.no-aws-configuration');
  return { ...Object.fromEntries(others), AWS_CONFIG_FILE: nowhere, AWS_SHARED_CREDENTIALS_FILE: nowhere, AWS_EC2_METADATA_DISABLED: 'true' };
}

function synthesize() {
  const cdk = join('node_modules', 'aws-cdk', 'bin', 'cdk');
  const args = [cdk, 'synth', stack, '--quiet', '--output', 'cdk.out', '--ci', ...process.argv.slice(2)];
  const { status, stdout, stderr } = run(process.execPath, args, { env: environment() });
  // the app says what is wrong, and the CLI after it that the app has failed
  const said = `${stderr}${stdout}`.split('\n').filter((line) => !/Subprocess exited with error/.test(line)).join('\n');
  if (status !== 0) {
    fail(said, status);
  }
  process.stderr.write(said.trim() && `${said.trim()}\n\n`);
}

install();
synthesize();
console.log(`${stack} in cdk.out/${stack}.template.json\n`);
const { status } = run(process.execPath, ['--import', 'tsx', join('bin', 'summary.ts'), join('cdk.out', `${stack}.template.json`)], { stdio: 'inherit' });
if (status !== 0) {
  fail('the summary failed', status);
}
console.log(`Next, with AWS credentials:  npx cdk deploy ${stack} -c adminPrincipalArn=<ARN of your IAM role or user>`);
