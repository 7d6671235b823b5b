import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { HELP } from '../../bin/options';
import { blocksOf, elided } from '../documents';

jest.setTimeout(120_000);
const root = resolve(__dirname, '..', '..');
const path = mkdtempSync(join(tmpdir(), 'path-'));

beforeAll(() => {
  for (const command of ['node', 'npm', 'npx', 'sh', 'env']) {
    symlinkSync(spawnSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).stdout.trim(), join(path, command));
  }
});
afterAll(() => rmSync(path, { recursive: true }));

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

test('fails in one line for a version that Amazon EKS does not offer', () => {
  expect(start('-c', 'kubernetesVersion=1.17')).toEqual({
    status: 1,
    stdout: 'cdk synth IrsaTestStack ... failed\n',
    stderr: 'IrsaTestStack/Cluster: version is "1.17", but must be 1.32 or later: Amazon EKS no longer offers Kubernetes 1.17\n',
  });
});

test('fails for the ARN of a session, which cannot be the principal of an access entry', () => {
  const arn = 'arn:aws:sts::123456789012:assumed-role/Admin/me';
  expect(start('-c', `adminPrincipalArn=${arn}`)).toMatchObject({ status: 1, stderr: expect.stringMatching(/^adminPrincipalArn is "\S+me", but must be the ARN of an IAM role or user: .*\n$/) });
});

test('accepts the ARN of a person who gets access to the cluster', () => {
  expect(start('-c', 'adminPrincipalArn=arn:aws:iam::123456789012:role/Admin').stdout).toContain('2 AWS::EKS::AccessEntry');
});

test('shows its options, and rejects anything else', () => {
  expect(start('--help')).toEqual({ status: 0, stdout: `${HELP}\n`, stderr: '' });
  expect(start('--kep')).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(/^Unknown option '--kep'.*\n\nnpm start /) });
});
