import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { askAgent, associate, boundTo, environmentOf, inHours, installAgent, makeRole, podTrust } from './pod-identities';
import { arnOf } from './scene';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';
import { makeBuckets } from '../../replay/scenario';

const AUDIENCE = 'pods.eks.amazonaws.com';

let aws: LocalAws;
let uri: string;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
  await makeBuckets(aws);
  await aws.control({ do: 'start_cluster', name: 'test' });
  await aws.control({ do: 'start_cluster', name: 'other' });
  await makeRole(aws, 'reader', podTrust(boundTo('test', 'reader')));
  await aws.ask('iam', 'attach-role-policy', '--role-name', 'reader', '--policy-arn', 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess');
  await associate(aws, 'test', 'reader', 'reader');
  uri = await aws.control({ do: 'pod_identity_agent', cluster: 'test' });
});
afterAll(() => aws?.stop());

const tokenOf = (options: object = {}): Promise<string> =>
  aws.control({ do: 'token', cluster: 'test', namespace: 'default', account: 'reader', audience: AUDIENCE, ...options });

test('connections are refused in a cluster without the agent', async () => {
  expect(uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1\/credentials$/);
  await expect(askAgent(uri, await tokenOf())).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});

test('a test gets the credentials, or the error of EKS, without the agent', async () => {
  const credentials = async (options: object = {}) => aws.control({ do: 'pod_identity_credentials', cluster: 'test', token: await tokenOf(options) });
  expect((await aws.aws(['s3', 'ls'], await credentials())).output).toContain('first-bucket');
  await expect(credentials({ account: 'other' })).rejects.toThrow(
    'pod_identity_credentials: ResourceNotFoundException: No association found for the service account default/other');
});

describe('the agent', () => {
  beforeAll(async () => {
    await installAgent(aws, 'test');
  });

  test('exchanges the token of a pod for credentials of the role of its service account', async () => {
    const before = inHours(6);
    const { credentials } = await askAgent(uri, await tokenOf({ pod: 'lister-x7k2p' }));
    expect(credentials).toMatchObject({ AccountId: '123456789012', Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) });
    expect(Date.parse(credentials.Expiration)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(credentials.Expiration)).toBeLessThanOrEqual(inHours(6));
    const as = environmentOf(credentials);
    expect((await aws.aws(['s3', 'ls'], as)).output).toContain('first-bucket');
    expect((await aws.aws(['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'], as)).output)
      .toMatch(/^arn:aws:sts::123456789012:assumed-role\/reader\/eks-test-lister-x7k-[0-9a-f-]{36}\n$/);
    expect((await aws.aws(['iam', 'list-roles'], as)).output).toContain('(AccessDenied)');
  });

  test.each([
    ['of a service account without an association', { account: 'other' }, 404, 'ResourceNotFoundException'],
    ['of a service account with the same name in another namespace', { namespace: 'other' }, 404, 'ResourceNotFoundException'],
    ['of a service account with the same name in another cluster', { cluster: 'other' }, 400, 'InvalidTokenException'],
    ['of an issuer that is not that of the cluster', { another: 'issuer' }, 400, 'InvalidTokenException'],
    ['signed with another key', { another: 'key' }, 400, 'InvalidTokenException'],
    ['for the audience of IRSA', { audience: 'sts.amazonaws.com' }, 400, 'InvalidTokenException'],
    ['that has expired', { lifetime: -60 }, 400, 'ExpiredTokenException'],
    ['that belongs to no pod', { pod: null }, 400, 'InvalidTokenException'],
  ])('refuses a token %s', async (_, options, status, outcome) => {
    expect(await askAgent(uri, await tokenOf(options))).toEqual({ status, outcome });
  });

  test.each([
    ['no token', '', 'Service account token cannot be empty'],
    ['something that is no token', 'a.b.c', 'InvalidTokenException'],
    ['half a token', 'abc', 'InvalidTokenException'],
  ])('refuses %s', async (_, token, outcome) => {
    expect(await askAgent(uri, token)).toEqual({ status: 400, outcome });
  });

  test('refuses a token whose claims have been changed', async () => {
    const [header, payload, signature] = (await tokenOf({ account: 'other' })).split('.');
    const claims = Buffer.from(payload, 'base64url').toString().replaceAll('other', 'reader');
    const [ofNone, changed] = ['{"alg":"none"}', claims].map((part) => Buffer.from(part).toString('base64url'));
    for (const token of [`${header}.${changed}.${signature}`, `${ofNone}.${changed}.`, `${ofNone}.${changed}.${signature}`]) {
      expect(await askAgent(uri, token)).toEqual({ status: 400, outcome: 'InvalidTokenException' });
    }
  });

  test('answers only requests to its own address and path, and none of web pages', async () => {
    const token = await tokenOf();
    const withHost = (host: string) => new Promise<string>((done, fail) =>
      get(uri, { headers: { host, authorization: token } }, async (response) => done(`${response.statusCode} ${await text(response)}`)).on('error', fail));
    expect(await withHost(new URL(uri).host)).toMatch(/^200 /);
    expect(await withHost('localhost')).toMatch(/^403 Access Denied\. the Host header must be 127\.0\.0\.1:/);
    expect(await askAgent(uri, token, { origin: 'https://example.com' })).toMatchObject({ status: 403 });
    expect(await askAgent(uri.replace('/v1/', '/v2/'), token)).toMatchObject({ status: 404 });
  });

  test('refuses a role that has been deleted', async () => {
    await makeRole(aws, 'deleted');
    await associate(aws, 'test', 'deleted', 'deleted');
    expect(await askAgent(uri, await tokenOf({ account: 'deleted' }))).toMatchObject({ status: 200 });
    await aws.ask('iam', 'delete-role', '--role-name', 'deleted');
    expect(await askAgent(uri, await tokenOf({ account: 'deleted' }))).toEqual({ status: 400, outcome: 'AccessDeniedException' });
  });

  test('is gone when its add-on is deleted, unless that is preserved', async () => {
    const remove = (...more: string[]) => aws.ask('eks', 'delete-addon', '--cluster-name', 'test', '--addon-name', 'eks-pod-identity-agent', ...more);
    await remove('--preserve');
    expect(await askAgent(uri, await tokenOf())).toMatchObject({ status: 200 });
    await installAgent(aws, 'test');
    await remove();
    await expect(askAgent(uri, await tokenOf())).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await installAgent(aws, 'test');
    expect(await askAgent(uri, await tokenOf())).toMatchObject({ status: 200 });
  });
});

describe('forged session tags', () => {
  const assume = (role: string, as: NodeJS.ProcessEnv, tags: { [key: string]: string }) => aws.aws([
    'sts', 'assume-role', '--role-arn', arnOf(role), '--role-session-name', 'forged', '--tags', ...Object.entries(tags).map(([Key, Value]) => `Key=${Key},Value=${Value}`),
  ], as);
  const FORGED = {
    'eks-cluster-arn': 'arn:aws:eks:us-west-2:123456789012:cluster/test', 'kubernetes-namespace': 'default', 'kubernetes-service-account': 'reader',
  };
  let attacker: NodeJS.ProcessEnv;
  beforeAll(async () => {
    const { roleArn, ...credentials } = await aws.control({ do: 'credentials', role: 'attacker' });
    attacker = credentials;
    const anything = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:*', Resource: '*' }] });
    for (const role of ['attacker', 'reader']) {
      await aws.ask('iam', 'put-role-policy', '--role-name', role, '--policy-name', 'sts', '--policy-document', anything);
    }
    const [{ Condition }] = podTrust(boundTo('test', 'reader')).Statement;
    await makeRole(aws, 'open', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: arnOf('attacker').replace('role/attacker', 'root') }, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition }] });
  });

  test('do not help another role, because the trust policy names the service', async () => {
    expect((await assume('reader', attacker, FORGED)).output).toContain('(AccessDenied)');
  });

  test('help where a trust policy names the AWS account, and nothing but tags', async () => {
    expect((await assume('open', attacker, FORGED)).output).toContain('AccessKeyId');
    expect((await assume('open', attacker, { ...FORGED, 'kubernetes-namespace': 'other' })).output).toContain('(AccessDenied)');
  });

  test('cannot replace those of a pod, which pass on to the roles that it assumes', async () => {
    const { credentials } = await askAgent(uri, await tokenOf());
    const pod = environmentOf(credentials);
    expect((await assume('open', pod, { 'kubernetes-namespace': 'other' })).output).toMatch(/\(AccessDenied\).*transitive tag key/);
    expect((await assume('open', pod, { team: 'data' })).output).toContain('AccessKeyId');
  });
});
