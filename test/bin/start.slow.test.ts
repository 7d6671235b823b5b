import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { HELP } from '../../bin/options';
import { blocksOf, elided } from '../documents';
import { until } from '../e2e/waiting';

const root = resolve(__dirname, '..', '..');
const path = mkdtempSync(join(tmpdir(), 'path-'));

beforeAll(() => {
  for (const command of ['node', 'npm', 'npx', 'sh', 'env']) {
    symlinkSync(spawnSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).stdout.trim(), join(path, command));
  }
});
afterAll(() => rmSync(path, { recursive: true }));

const clone = () => {
  const folder = mkdtempSync(join(path, 'clone-'));
  ['bin/start.mjs', 'local-aws/lock.cjs', 'package.json', 'package-lock.json'].forEach((file) => cpSync(join(root, file), join(folder, file)));
  return folder;
};

/** `npm start` without Python, and with unusable AWS variables. test/e2e/start.e2e.ts tests the rest. */
function start(...args: string[]) {
  const env = { ...process.env, PATH: path, AWS_PROFILE: 'missing', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: 'eu-west-1', CDK_DEFAULT_ACCOUNT: '' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/start.mjs', ...args], { cwd: root, encoding: 'utf8', env });
  return { status, stdout, stderr };
}

test('npm start without Python ends after the summary, which is the one in the README', () => {
  const { status, stdout, stderr } = start();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const timeless = (text: string) => text.replace(/\d+ s$/gm, '<time>');
  const [summary, rest] = stdout.split('To see it');
  const [shown] = blocksOf('README.md', 'text').find((block) => block.startsWith('cdk synth'))!.split('...\nwho ');
  expect(timeless(summary)).toMatch(elided(timeless(shown)));
  expect(rest).toBe(' deployed to a local AWS, install Python 3.10 or later and run npm start again.\n'
    + 'Next, with AWS credentials:  npx cdk deploy IrsaTestStack -c adminPrincipalArn=<ARN of your IAM role or user>\n');
});

test('the second example has only the key that it uses', () => {
  expect(start('--example', 'cluster-autoscaler', '-c', 'allowPodImdsAccess=true')).toEqual({
    status: 1,
    stdout: 'cdk synth ClusterAutoscalerStack ... failed\n',
    stderr: 'ClusterAutoscalerStack: unknown context key "allowPodImdsAccess": the only key is adminPrincipalArn, and those of aws-cdk\n',
  });
});

describe('wrong input fails in one line', () => {
  const VERSION = 'IrsaTestStack/Cluster: version is "1.17", but must be 1.32 or later: Amazon EKS no longer offers Kubernetes 1.17\n';
  const KEY = 'IrsaTestStack: unknown context key "foo": the keys are kubernetesVersion, adminPrincipalArn, allowPodImdsAccess, and those of aws-cdk\n';

  test('of npm start', () => {
    expect(start('-c', 'kubernetesVersion=1.17')).toEqual({ status: 1, stdout: 'cdk synth IrsaTestStack ... failed\n', stderr: VERSION });
  });

  test('of npx cdk synth', () => {
    const output = mkdtempSync(join(path, 'cdk.out-'));
    const cdk = join('node_modules', 'aws-cdk', 'bin', 'cdk');
    const env = { ...process.env, AWS_PROFILE: undefined, AWS_EC2_METADATA_DISABLED: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [cdk, 'synth', '--no-notices', '--output', output, '-c', 'foo=bar'], { cwd: root, encoding: 'utf8', env });
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: `${KEY}node --import ./bin/tsx.mjs bin/irsa-test.ts: Subprocess exited with error 1\n` });
  });
});

test('packages are not installed into a folder that node_modules only points to', () => {
  const cwd = clone();
  const others = join(cwd, 'others');
  mkdirSync(others);
  writeFileSync(join(others, 'of-others'), '');
  symlinkSync(others, join(cwd, 'node_modules'));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/start.mjs'], { cwd, encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({
    status: 1, stdout: '', stderr: 'node_modules is a symbolic link, and npm ci would empty the folder that it points to. Remove the link, and run npm start again.\n',
  });
  expect(readdirSync(others)).toEqual(['of-others']);
});

test('Ctrl-C ends the set-up if npm has ended, while something else still has its output', async () => {
  const [cwd, tools] = [clone(), mkdtempSync(join(path, 'tools-'))];
  const pids = ['npm', 'other'].map((name) => join(tools, `${name}.pid`));
  const other = `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 600_000)'], { detached: true, stdio: 'inherit' });
    require('node:fs').writeFileSync(${JSON.stringify(pids[1])}, String(pid)); process.exit();`;
  writeFileSync(join(tools, 'npm'), `#!${process.execPath}\nrequire('node:fs').writeFileSync(${JSON.stringify(pids[0])}, String(process.pid)); ${other}`, { mode: 0o755 });
  const run = spawn(process.execPath, ['bin/start.mjs'], { cwd, env: { ...process.env, PATH: tools } });
  let errors = '';
  run.stderr.on('data', (data) => { errors += data; });
  const ended = new Promise((end) => run.once('close', end));
  await until(() => existsSync(pids[1]) && !runs(pidIn(pids[0])));
  const holder = pidIn(pids[1]);
  run.kill('SIGINT');
  const status = await ended;
  process.kill(holder);
  expect({ status, errors }).toEqual({ status: 130, errors: '\nInterrupted\n' });
});

const pidIn = (file: string): number => Number(readFileSync(file, 'utf8'));

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('an error of the synthesis itself is shown once, without a stack trace', () => {
  const context = { '@aws-cdk/core:stackResourceLimit': 10 };
  const env = { ...process.env, CDK_OUTDIR: mkdtempSync(join(path, 'cdk.out-')), CDK_CONTEXT_JSON: JSON.stringify(context) };
  const { status, stderr } = spawnSync(process.execPath, ['--import', './bin/tsx.mjs', 'bin/irsa-test.ts'], { cwd: root, encoding: 'utf8', env });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/^IrsaTestStack: .*\n$/) });
});

test('shows its options, and rejects anything else', () => {
  expect(start('--help')).toEqual({ status: 0, stdout: `${HELP}\n`, stderr: '' });
  expect(start('--kep')).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(/^Unknown option '--kep'.*\n\nnpm start /) });
});
