import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';
import { assumeWithToken } from '../../replay/attacks';
import { verdict } from '../../replay/outcome';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
});
afterAll(() => aws?.stop());

/** The outcome of a call with the AWS CLI. */
async function attempt(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const { code, output } = await aws.aws(args, environment);
  return verdict({ succeeded: code === 0, log: output }, 'allowed');
}

/** The response to a request without a signature. */
async function unsigned(body: string): Promise<{ status: number; code?: string }> {
  const answer = await fetch(aws.endpoint, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  return { status: answer.status, code: /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1] };
}

const ASSUME = 'RoleArn=arn:aws:iam::123456789012:role/any&RoleSessionName=any';

test.each([
  ['Action=ListRoles&Version=2010-05-08', 403, 'MissingAuthenticationToken'],
  ['Action=DescribeInstances&Version=2016-11-15', 403, 'MissingAuthenticationToken'],
  [`Action=AssumeRole&${ASSUME}`, 403, 'MissingAuthenticationToken'],
  [`Action=AssumeRoleWithSAML&${ASSUME}&PrincipalArn=any&SAMLAssertion=any`, 403, 'MissingAuthenticationToken'],
  // with two actions, the front door could check one, and moto could run the other
  [`Action=AssumeRoleWithWebIdentity&Action=AssumeRole&${ASSUME}`, 403, 'MissingAuthenticationToken'],
  // callers without credentials can call this one, because it checks their token
  [`Action=AssumeRoleWithWebIdentity&${ASSUME}&WebIdentityToken=none`, 400, 'InvalidIdentityToken'],
])('without a signature, "%s" is rejected', async (body, status, code) => {
  expect(await unsigned(body)).toEqual({ status, code });
});

test('the AWS CLI gets nothing without a signature', async () => {
  expect(await attempt(['s3api', 'list-buckets', '--no-sign-request'])).toBe('MissingAuthenticationToken');
  expect(await attempt(['eks', 'list-clusters', '--no-sign-request'])).toBe('MissingAuthenticationToken');
});

test('an unknown access key is rejected', async () => {
  expect(await attempt(['s3api', 'list-buckets'], { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' })).toBe('InvalidAccessKeyId');
  expect(await attempt(['iam', 'list-roles'], { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' })).toBe('InvalidClientTokenId');
});

test('a signature with a wrong secret key is rejected', async () => {
  const { roleArn, ...credentials } = await aws.control({ do: 'credentials', role: 'any' });
  const describe = ['eks', 'describe-cluster', '--name', 'none'];
  expect(await attempt(describe, credentials)).toBe('ResourceNotFoundException');
  expect(await attempt(['ec2', 'describe-instances'], credentials)).toBe('UnauthorizedOperation');
  expect((await aws.aws(describe, { ...credentials, AWS_SECRET_ACCESS_KEY: 'another' })).output).toContain('SignatureDoesNotMatch');
});

test('a presigned URL is rejected', async () => {
  const link = (await aws.aws(['s3', 'presign', 's3://mine/secret'])).output.trim();
  expect(link).toMatch(/[?&](X-Amz-Credential|AWSAccessKeyId)=AKIA/);
  expect((await fetch(link)).status).toBe(403);
});

describe('a trust policy', () => {
  let issuer: string;
  let token: string;
  beforeAll(async () => {
    await aws.control({ do: 'start_cluster', name: 'trusted' });
    token = await aws.control({ do: 'token', cluster: 'trusted', namespace: 'default', account: 'reader' });
    issuer = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()).iss.replace('https://', '');
    await aws.ask('iam', 'create-open-id-connect-provider', '--url', `https://${issuer}`, '--client-id-list', 'sts.amazonaws.com');
  });

  const allow = (Condition: object) => ({
    Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` }, Condition,
  });
  const subject = () => ({ [`${issuer}:sub`]: 'system:serviceaccount:default:reader' });

  test.each([
    ['with the subject accepts the token', () => [allow({ StringEquals: subject() })], /AccessKeyId/],
    ['with a matching pattern accepts the token', () => [allow({ StringLike: { [`${issuer}:sub`]: 'system:serviceaccount:*:reader' } })], /AccessKeyId/],
    ['with a pattern in StringEquals does not accept the token', () => [allow({ StringEquals: { [`${issuer}:sub`]: 'system:serviceaccount:*:reader' } })], /\(AccessDenied\)/],
    ['that also denies the token does not accept it', () => [allow({ StringEquals: subject() }), { ...allow({ StringEquals: subject() }), Effect: 'Deny' }], /\(AccessDenied\)/],
    ['that excludes the subject does not accept the token', () => [allow({ StringNotEquals: subject() })], /\(AccessDenied\)/],
    ['that excludes another subject accepts the token', () => [allow({ StringNotEquals: { [`${issuer}:sub`]: 'system:serviceaccount:default:other' } })], /AccessKeyId/],
    ['that needs a key only if it exists accepts the token', () => [allow({ StringEqualsIfExists: { ...subject(), 'aws:SourceVpc': 'vpc-1' } })], /AccessKeyId/],
    ['without a web identity statement does not accept the token', () => [{ ...allow({}), Action: 'sts:AssumeRole' }], /\(AccessDenied\)/],
  ])('%s', async (name, statements, expected) => {
    const role = name.replace(/\W+/g, '-');
    const { Role: { Arn } } = await aws.ask('iam', 'create-role', '--role-name', role, '--assume-role-policy-document', JSON.stringify({ Statement: statements() }));
    const { output } = await assumeWithToken(aws, Arn, token);
    expect(output).toMatch(expected);
  });
});
