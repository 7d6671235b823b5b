import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../local-aws/local-aws';
import { verdict } from '../replay/outcome';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
});
afterAll(() => aws?.stop());

/** What becomes of a call of the AWS CLI. */
async function attempt(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const { code, output } = await aws.aws(args, environment);
  return verdict({ succeeded: code === 0, log: output }, 'allowed');
}

/** What is answered to who asks without a signature. */
async function unsigned(body: string): Promise<{ status: number; code?: string }> {
  const answer = await fetch(aws.endpoint, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  return { status: answer.status, code: /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1] };
}

const ASSUME = 'RoleArn=arn:aws:iam::123456789012:role/any&RoleSessionName=any';

test.each([
  ['Action=ListRoles&Version=2010-05-08', 403, 'AccessDenied'],
  ['Action=DescribeInstances&Version=2016-11-15', 403, 'AccessDenied'],
  [`Action=AssumeRole&${ASSUME}`, 403, 'AccessDenied'],
  [`Action=AssumeRoleWithSAML&${ASSUME}&PrincipalArn=any&SAMLAssertion=any`, 403, 'MissingAuthenticationToken'],
  // the one for who has no credentials yet looks at the token
  [`Action=AssumeRoleWithWebIdentity&${ASSUME}&WebIdentityToken=none`, 400, 'InvalidIdentityToken'],
])('without a signature, "%s" is refused', async (body, status, code) => {
  expect(await unsigned(body)).toEqual({ status, code });
});

test('the AWS CLI gets nothing without a signature', async () => {
  expect(await attempt(['s3api', 'list-buckets', '--no-sign-request'])).toBe('AccessDenied');
  expect(await attempt(['eks', 'list-clusters', '--no-sign-request'])).toBe('403');
});

test('a key that nobody has got is refused', async () => {
  expect(await attempt(['s3api', 'list-buckets'], { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' })).toBe('InvalidAccessKeyId');
  expect(await attempt(['iam', 'list-roles'], { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' })).toBe('InvalidClientTokenId');
});

test('a signature that is made with another secret is refused', async () => {
  const { roleArn, ...credentials } = await aws.control({ do: 'credentials', role: 'any' });
  const describe = ['eks', 'describe-cluster', '--name', 'none'];
  expect(await attempt(describe, credentials)).toBe('ResourceNotFoundException');
  expect(await attempt(['ec2', 'describe-instances'], credentials)).toBe('UnauthorizedOperation');
  expect((await aws.aws(describe, { ...credentials, AWS_SECRET_ACCESS_KEY: 'another' })).output).toContain('SignatureDoesNotMatch');
});

test('a signed link opens nothing', async () => {
  const link = (await aws.aws(['s3', 'presign', 's3://mine/secret'])).output.trim();
  expect(link).toMatch(/[?&](X-Amz-Credential|AWSAccessKeyId)=test/);
  expect((await fetch(link)).status).toBe(403);
});
