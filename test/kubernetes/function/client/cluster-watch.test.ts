import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import '../time-limits';
import { ClusterWatch } from '../../../../lib/kubernetes/function/client/cluster-watch';

const running: Server[] = [];
beforeAll(() => Object.assign(process.env, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' }));
afterEach(() => running.splice(0).forEach((server) => server.close()));

interface Answer { readonly status: number; readonly headers?: { [name: string]: string }; readonly body?: string }

async function watching({ status, headers = {}, body = '' }: Answer) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    response.writeHead(status, headers).end(body);
  });
  running.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, watch: new ClusterWatch({ name: 'test', eksEndpoint: endpoint, stack: 'Apps', logicalId: 'Set1', deletes: true }) };
}

const unknownHost = new Error('failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) });
const NOT_FOUND = 'ResourceNotFoundException';

test.each<[string, Answer]>([
  ['in the header', { status: 404, headers: { 'x-amzn-ErrorType': NOT_FOUND }, body: '{}' }],
  ['in the header, with a URL', { status: 404, headers: { 'x-amzn-errortype': `${NOT_FOUND}:http://internal.amazon.com/` } }],
  ['in the body', { status: 404, body: JSON.stringify({ __type: `com.amazonaws.eks#${NOT_FOUND}` }) }],
])('a cluster no longer exists if Amazon EKS says so %s', async (_, answer) => {
  const { watch, asked } = await watching(answer);
  await expect(watch.check(unknownHost)).rejects.toThrow('cluster test does not exist in Amazon EKS');
  expect(watch.whyGone).toBe('cluster test does not exist in Amazon EKS');
  expect(asked[0].url).toBe('/clusters/test');
  expect(asked[0].headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=id\/\d+\/eu-central-1\/eks\//);
});

test.each<[string, Answer, string]>([
  ['another error', { status: 403, headers: { 'x-amzn-ErrorType': 'AccessDeniedException' } }, 'AccessDeniedException'],
  ['an HTML page from a proxy', { status: 404, body: `<html>${NOT_FOUND}</html>` }, 'status 404'],
  ['a message that mentions the error name', { status: 404, body: JSON.stringify({ message: NOT_FOUND }) }, 'status 404'],
  ['an error whose name starts the same', { status: 404, headers: { 'x-amzn-ErrorType': `${NOT_FOUND}s` } }, `${NOT_FOUND}s`],
  ['a number as the error code', { status: 404, body: JSON.stringify({ __type: 7 }) }, '7'],
])('a cluster is not treated as deleted because of %s', async (_, answer, why) => {
  const { watch } = await watching(answer);
  await watch.check(unknownHost);
  expect(watch.whyGone).toBeUndefined();
  expect(watch.deletionProblem).toBe(`cannot find out from Amazon EKS whether cluster test exists (${why}): allow eks:DescribeCluster for the role of the function, and let the function `
    + 'reach the Amazon EKS API (in a VPC without internet access, through an interface endpoint for com.amazonaws.eu-central-1.eks); or keep the objects: '
    + 'when the stack is in the state DELETE_FAILED, run aws cloudformation delete-stack --stack-name Apps --retain-resources Set1');
});

test('a cluster is not treated as deleted because of a redirect to another server that says so', async () => {
  const { watch: other } = await watching({ status: 404, headers: { 'x-amzn-ErrorType': NOT_FOUND } });
  const { watch } = await watching({ status: 307, headers: { location: (other as any).options.eksEndpoint } });
  await watch.check(unknownHost);
  expect(watch.whyGone).toBeUndefined();
  expect(watch.deletionProblem).toContain('cannot find out from Amazon EKS whether cluster test exists (fetch failed)');
});

test('the suggested fix is the one for the last failure', async () => {
  const { watch } = await watching({ status: 200, body: '{"cluster":{}}' });
  await watch.check(unknownHost);
  await watch.check(new Error('409'));
  expect(watch.deletionProblem).toBeUndefined();
});

test('a cluster that exists but cannot be reached is not treated as deleted', async () => {
  const { watch } = await watching({ status: 200, body: '{"cluster":{}}' });
  await watch.check(unknownHost);
  expect(watch.whyGone).toBeUndefined();
  expect(watch.deletionProblem).toContain('cluster test exists in Amazon EKS, but the function cannot reach its API server: allow the function to connect to it; or ');
});

test('Amazon EKS is not asked if the API server answers', async () => {
  const { watch, asked } = await watching({ status: 404, headers: { 'x-amzn-ErrorType': NOT_FOUND } });
  await watch.check(new Error('no'));
  expect([asked, watch.whyGone, watch.deletionProblem]).toEqual([[], undefined, undefined]);
});
