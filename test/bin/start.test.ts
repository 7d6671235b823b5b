import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

jest.setTimeout(120_000);
const root = resolve(__dirname, '..', '..');

/** `npm start`, with AWS variables that lead nowhere. */
function start(...args: string[]) {
  const env = { ...process.env, AWS_PROFILE: 'missing', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: 'eu-west-1', CDK_DEFAULT_ACCOUNT: '' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/start.mjs', ...args], { cwd: root, encoding: 'utf8', env });
  return { status, stdout, stderr };
}

test('npm start shows what will be made, as the README does', () => {
  const { status, stdout, stderr } = start();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`\`\`\`text\n${stdout}\`\`\`\n`);
});

test('fails for a version that EKS does not offer, in one line', () => {
  expect(start('-c', 'kubernetesVersion=1.17')).toEqual({
    status: 1,
    stdout: '',
    stderr: 'IrsaTestStack/Cluster: version is "1.17", but must be 1.32 or later: Amazon EKS no longer offers Kubernetes 1.17\n',
  });
});

test('fails for the ARN of a session, which is no principal of an access entry', () => {
  const arn = 'arn:aws:sts::123456789012:assumed-role/Admin/me';
  expect(start('-c', `adminPrincipalArn=${arn}`)).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(/^adminPrincipalArn is "\S+me", but must be the ARN of an IAM role or user: .*\n$/) });
});

test('takes a person to let into the cluster', () => {
  expect(start('-c', 'adminPrincipalArn=arn:aws:iam::123456789012:role/Admin').stdout).toContain('2 AWS::EKS::AccessEntry');
});
