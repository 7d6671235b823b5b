import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { ClusterWatch } from '../../../../lib/kubernetes/function/client/cluster-watch';
import { Deadline } from '../../../../lib/kubernetes/function/deadline';
import { handlerWithin } from '../../../../lib/kubernetes/function/event-handler';
import { LIMITS } from '../../../../lib/kubernetes/function/limits';
import { discoverable, loopback } from '../loopback';
import { TestClock } from '../test-clock';

const ADDRESS = { endpoint: 'https://real.example', certificateAuthority: Buffer.from('the real authority').toString('base64') };
const CLUSTER = { cluster: { endpoint: ADDRESS.endpoint, certificateAuthority: { data: ADDRESS.certificateAuthority } } };

const running: Server[] = [];
beforeAll(() => Object.assign(process.env, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' }));
afterEach(() => running.splice(0).forEach((server) => server.close()));

/** Amazon EKS, which gives these answers one after the other, and then the last one again. */
async function eks(...answers: [status: number, body: object | string][]) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked.push(request);
    const [status, body] = answers[Math.min(asked.length, answers.length) - 1];
    response.writeHead(status).end(JSON.stringify(body));
  });
  running.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { asked, eksEndpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** An endpoint at which nobody listens anymore. */
async function unreachable(): Promise<string> {
  const { eksEndpoint } = await eks();
  await new Promise((done) => running.pop()!.close(done));
  return eksEndpoint;
}

const watching = (eksEndpoint: string, deletes = false) => new ClusterWatch({ name: 'test', eksEndpoint, stack: 'Apps', logicalId: 'Set1', deletes });
const minutes = () => new Deadline(120_000, LIMITS, { clock: new TestClock() });
const error = (type: string) => ({ __type: type });

describe('an address', () => {
  test('of the cluster is confirmed by one request', async () => {
    const { asked, eksEndpoint } = await eks([200, CLUSTER]);
    await watching(eksEndpoint).confirm(ADDRESS, 'required', minutes());
    expect(asked.map(({ url }) => url)).toEqual(['/clusters/test']);
  });

  test.each([
    ['a trailing slash', { ...ADDRESS, endpoint: `${ADDRESS.endpoint}/` }],
    ['line breaks in the certificate', { ...ADDRESS, certificateAuthority: ADDRESS.certificateAuthority.replace(/.{8}/g, '$&\n') }],
  ])('is the same with %s', async (_, address) => {
    const { eksEndpoint } = await eks([200, CLUSTER]);
    await watching(eksEndpoint).confirm(address, 'required', minutes());
  });

  test.each([
    'https://evil.example', 'https://real.example:8443', 'https://real.example.evil.example', 'https://real.example@evil.example', 'http://real.example', 'real.example', '',
  ])('with the endpoint %j is refused', async (endpoint) => {
    const { eksEndpoint } = await eks([200, CLUSTER]);
    await expect(watching(eksEndpoint).confirm({ ...ADDRESS, endpoint }, 'if-reachable', minutes())).rejects.toThrow(new Error(
      'clusterEndpoint is not that of cluster test, so the function sent it no token: set it to the output of aws eks describe-cluster --name test --query cluster.endpoint --output text'));
  });

  test.each(['', ADDRESS.certificateAuthority.slice(4), Buffer.from('another authority').toString('base64')])('with the certificate authority %j is refused', async (certificateAuthority) => {
    const { eksEndpoint } = await eks([200, CLUSTER]);
    await expect(watching(eksEndpoint).confirm({ ...ADDRESS, certificateAuthority }, 'if-reachable', minutes())).rejects.toThrow(new Error(
      'clusterCertificateAuthorityData is not that of cluster test, so the function sent it no token: '
      + 'set it to the output of aws eks describe-cluster --name test --query cluster.certificateAuthority.data --output text'));
  });

  test.each([{ cluster: {} }, { cluster: { ...CLUSTER.cluster, certificateAuthority: {} } }])('is refused if Amazon EKS does not say where the cluster is: %j', async (body) => {
    const { eksEndpoint } = await eks([200, body]);
    await expect(watching(eksEndpoint).confirm({ endpoint: ADDRESS.endpoint, certificateAuthority: '' }, 'required', minutes())).rejects.toThrow('is not that of cluster test');
  });
});

describe('Amazon EKS', () => {
  test.each<[string, [number, object]]>([
    ['permissions are not effective yet', [403, error('AccessDeniedException')]],
    ['there are too many requests', [429, error('TooManyRequestsException')]],
    ['the service is unavailable', [503, {}]],
    ['the response is not complete', [200, {}]],
  ])('is asked again while %s', async (_, answer) => {
    const { asked, eksEndpoint } = await eks(answer, answer, [200, CLUSTER]);
    await watching(eksEndpoint).confirm(ADDRESS, 'required', minutes());
    expect(asked).toHaveLength(3);
  });

  const refused = (problem: string) => new Error('cannot verify clusterEndpoint and clusterCertificateAuthorityData, which were set at deployment, against cluster test in Amazon EKS '
    + `(${problem}): allow eks:DescribeCluster for the role of the function, and let the function reach the Amazon EKS API (in a VPC without internet access, `
    + 'through an interface endpoint for com.amazonaws.eu-central-1.eks); or set both to literals');

  test.each<['required' | 'if-reachable']>([['required'], ['if-reachable']])('must allow the request if the comparison is %s', async (comparison) => {
    const { eksEndpoint } = await eks([403, error('AccessDeniedException')]);
    await expect(watching(eksEndpoint).confirm(ADDRESS, comparison, minutes())).rejects.toThrow(refused('AccessDeniedException'));
  });

  test('must respond if the comparison is required', async () => {
    await expect(watching(await unreachable()).confirm(ADDRESS, 'required', minutes())).rejects.toThrow(refused('ECONNREFUSED'));
  });

  test('need not respond if the function may not reach it, and is asked three times', async () => {
    const log = jest.spyOn(console, 'log').mockImplementation();
    const fetched = jest.spyOn(globalThis, 'fetch');
    await watching(await unreachable()).confirm(ADDRESS, 'if-reachable', minutes());
    expect(fetched).toHaveBeenCalledTimes(3);
    expect(log).toHaveBeenCalledWith('the address of cluster test cannot be compared with that in Amazon EKS: ECONNREFUSED');
  });

  test.each<['required' | 'if-reachable']>([['required'], ['if-reachable']])('can say that the cluster does not exist if the comparison is %s', async (comparison) => {
    const { eksEndpoint } = await eks([404, error('ResourceNotFoundException')]);
    const watch = watching(eksEndpoint);
    await expect(watch.confirm(ADDRESS, comparison, minutes())).rejects.toThrow('cluster test does not exist in Amazon EKS');
    expect(watch.whyGone).toBe('cluster test does not exist in Amazon EKS');
  });

  test('cannot prevent that objects are kept', async () => {
    const { eksEndpoint } = await eks([200, CLUSTER]);
    await expect(watching(eksEndpoint, true).confirm({ ...ADDRESS, endpoint: 'https://evil.example' }, 'required', minutes())).rejects.toThrow(
      /--query cluster\.endpoint --output text; or keep the objects: when the stack is in the state DELETE_FAILED, run aws cloudformation delete-stack --stack-name Apps --retain-resources Set1$/);
  });
});

describe('the function', () => {
  const handler = handlerWithin(LIMITS);
  const event = (type: string) => ({
    RequestType: type,
    RequestId: 'r',
    ResponseURL: 'https://example.com/x?X-Amz-Date=20261126T043903Z',
    StackId: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/Apps/1111',
    LogicalResourceId: 'Set1',
    PhysicalResourceId: 'id',
    ResourceProperties: { Cluster: 'arn', Existing: 'REFUSE', Objects: [] },
  }) as any;

  /** A server whose address someone set at deployment, and what Amazon EKS says about the cluster. */
  async function deployedWith(answer: [number, object], comparison = 'required') {
    const { arrived, options, connections } = await loopback(discoverable(() => [403, {}]));
    const { eksEndpoint } = await eks(answer);
    Object.assign(process.env, {
      CLUSTER_NAME: 'test',
      CLUSTER_ENDPOINT: options.endpoint,
      CLUSTER_CERTIFICATE_AUTHORITY: options.certificateAuthority,
      STS_HOST: 'sts.eu-central-1.amazonaws.com',
      EKS_ENDPOINT: eksEndpoint,
      CLUSTER_COMPARISON: comparison,
    });
    return { arrived, connections };
  }
  afterEach(() => {
    delete process.env.CLUSTER_COMPARISON;
  });

  test.each(['Create', 'Update', 'Delete'])('does not connect to another server during a %s', async (type) => {
    const { arrived, connections } = await deployedWith([200, CLUSTER]);
    await expect(handler(event(type))).rejects.toThrow('clusterEndpoint is not that of cluster test, so the function sent it no token');
    expect([arrived, connections()]).toEqual([[], 0]);
  });

  test('has nothing left to delete if the cluster does not exist, and sends no token', async () => {
    jest.spyOn(console, 'log').mockImplementation();
    const { connections } = await deployedWith([404, error('ResourceNotFoundException')]);
    expect(await handler(event('Delete'))).toEqual({ PhysicalResourceId: 'id' });
    expect(connections()).toBe(0);
  });
});
