import { clusterToken, clusterTokens } from '../../../../lib/kubernetes/function/client/cluster-token';

const HOST = 'sts.us-east-1.amazonaws.com';

beforeEach(() => {
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    AWS_SESSION_TOKEN: 'token/with+signs==',
  });
  jest.useFakeTimers({ now: Date.UTC(2026, 0, 2, 3, 4, 5) });
});
afterEach(() => jest.useRealTimers());

test('the token is the URL that botocore signs', async () => {
  const [, token] = /^k8s-aws-v1\.([\w-]+)$/.exec(await clusterToken('my-cluster', HOST))!;
  const { origin, pathname, searchParams } = new URL(Buffer.from(token, 'base64url').toString());
  expect(origin + pathname).toBe(`https://${HOST}/`);
  expect(Object.fromEntries(searchParams)).toEqual({
    'Action': 'GetCallerIdentity',
    'Version': '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKIDEXAMPLE/20260102/us-east-1/sts/aws4_request',
    'X-Amz-Date': '20260102T030405Z',
    'X-Amz-Expires': '60',
    'X-Amz-Security-Token': 'token/with+signs==',
    'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
    'X-Amz-Signature': '6b8ef59a0bf190989e3599ee4b26463f501dfe3e76d980071c89faa7ae8388a1',
  });
});

test('a token is reused for half of its lifetime', async () => {
  const token = clusterTokens('my-cluster', HOST);
  const first = await token();
  jest.advanceTimersByTime(29_000);
  expect(await token()).toBe(first);
  jest.advanceTimersByTime(1_000);
  expect(await token()).not.toBe(first);
});
