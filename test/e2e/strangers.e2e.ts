import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { listenersOf, processesOf } from './listeners';
import { startLocalAws } from './start-local-aws';
import { Attempt, send } from './strangers';
import { run } from '../../local-aws/commands';
import { LocalAws } from '../../local-aws/local-aws';

const ROOT = resolve(__dirname, '..', '..');

let aws: LocalAws;
let port: number;
beforeAll(async () => {
  process.env.MOTO_ENABLE_RECORDING = 'true'; // as the user could have set it
  aws = await startLocalAws({ records: true });
  port = Number(new URL(aws.endpoint).port);
});
afterAll(async () => {
  delete process.env.MOTO_ENABLE_RECORDING;
  await aws?.stop();
});

const PAGE = { 'content-type': 'text/plain', 'host': 'attacker.example', 'origin': 'http://attacker.example' };
const refused = (reply: { status: string }) => expect(reply.status).toBe('403');

describe('a web page or another user of the machine', () => {
  test('cannot run a command as a Job', async () => {
    await aws.control({ do: 'start_cluster', name: 'test' });
    const [first] = await aws.control({ do: 'processes' });
    const proof = join(aws.folder, 'proof');
    const job = { metadata: { name: 'any' }, spec: { template: { spec: { containers: [{ command: ['touch', proof] }] } } } };
    const body = JSON.stringify({ do: 'run_job', cluster: 'test', job });
    const ports = listenersOf(processesOf(first)).map((listener) => listener.port!);
    for (const headers of [PAGE, { ...PAGE, host: undefined, origin: undefined }, { 'content-type': 'application/json' }, { 'content-type': 'application/json', 'authorization': 'Bearer guessed' }]) {
      const replies = await Promise.all(ports.map((each) => send(each, { method: 'POST', path: '/', headers: JSON.parse(JSON.stringify(headers)), body })));
      expect(replies.map(({ status }) => status)).not.toContain('200');
    }
    expect(existsSync(proof)).toBe(false);
  });

  test.each<[string, Attempt['headers']]>([
    ['content type', { 'content-type': 'text/plain' }],
    ['Host', { host: 'localhost' }],
    ['Origin', { origin: 'http://127.0.0.1' }],
  ])('gets no answer from the control port with another %s, even with the secret', async (_, headers) => {
    const { control } = (aws as any).at;
    const ask = async (more: Attempt['headers']) => (await send(control.port, {
      method: 'POST',
      path: '/',
      body: JSON.stringify({ do: 'processes' }),
      headers: { 'content-type': 'application/json', 'authorization': `Bearer ${control.secret}`, ...more },
    })).status;
    expect(await ask({})).toBe('200');
    expect(await ask(headers)).toBe('403');
  });

  test.each(['/moto-api/reset', '/moto-api/recorder/start-recording', '//moto-api/reset', '/moto-api/config'])('gets no answer from %s', async (path) => {
    await aws.ask('s3api', 'create-bucket', '--bucket', 'kept', '--create-bucket-configuration', 'LocationConstraint=us-west-2');
    refused(await send(port, { method: 'POST', path, body: '{}', headers: { 'content-type': 'application/json' } }));
    expect((await aws.ask('s3api', 'list-buckets')).Buckets).toEqual([expect.objectContaining({ Name: 'kept' })]);
    await aws.ask('s3api', 'delete-bucket', '--bucket', 'kept');
  });

  test('gets no credentials from the built-in metadata service of moto', async () => {
    refused(await send(port, { method: 'GET', path: '/latest/meta-data/iam/security-credentials/' }));
  });

  test('gets no credentials of a node without the secret of its metadata service, and a web page gets none even with it', async () => {
    const { AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint } = await aws.control({ do: 'node_environment', cluster: 'test', nodegroup: 'nodes' });
    const { port: node, pathname } = new URL(endpoint);
    const put = async (path: string, headers: Attempt['headers'] = {}) => (await send(Number(node), { method: 'PUT', path: `${path}/latest/api/token`, headers })).status;
    expect(await put(pathname)).toBe('200');
    expect(await put('')).toBe('403');
    expect(await put(pathname.slice(0, -1))).toBe('403');
    expect(await put(pathname, { origin: 'http://attacker.example' })).toBe('403');
    expect(await put(pathname, { host: 'attacker.example' })).toBe('403');
  });
});

describe('the local AWS answers', () => {
  test.each([
    ['a name that an attacker resolves to 127.0.0.1', { host: 'attacker.example' }],
    ['localhost, which can be an address on which another user listens', { host: 'localhost' }],
    ['a host name that contains a bucket', { host: 'bucket.localhost' }],
  ])('no request to %s', async (_, { host }) => {
    const reply = await send(port, { method: 'GET', path: '/', headers: { host: `${host}:${port}` } });
    refused(reply);
    expect(reply.body).toContain(`<Message>the Host header must be 127.0.0.1:${port}</Message>`);
  });

  test.each(['GET', 'OPTIONS', 'POST'])('no %s of a web page, and does not allow it with CORS headers', async (method) => {
    const reply = await send(port, { method, path: '/', headers: { 'origin': 'http://attacker.example', 'access-control-request-method': 'POST' } });
    refused(reply);
    expect(reply.body).toContain('<Message>requests with an Origin header are refused: web pages have no access</Message>');
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  const zip = () => join(aws.folder, 'function.zip');
  const createFunction = () => ['lambda', 'create-function', '--function-name', 'any', '--runtime', 'nodejs22.x', '--handler', 'index.handler', '--role', 'arn:aws:iam::123456789012:role/any', '--zip-file', `fileb://${zip()}`];

  test.each([
    ['the default key of moto', () => ({ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }), 'InvalidClientTokenId'],
    ['another key in the format of AWS', () => ({ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }), 'InvalidClientTokenId'],
    ['the administrator\'s key with another secret', () => ({ AWS_SECRET_ACCESS_KEY: 'test' }), 'SignatureDoesNotMatch'],
  ])('no request that is signed with %s', async (_, environment, code) => {
    writeFileSync(zip(), Buffer.from('504b0506'.padEnd(44, '0'), 'hex')); // an empty archive
    const { output } = await aws.aws(createFunction(), environment());
    expect(output).toContain(`An error occurred (${code}) when calling the CreateFunction operation`);
    expect(await aws.ask('lambda', 'list-functions')).toEqual({ Functions: [] });
  });

  test('no request of a CDK role that is signed with another secret', async () => {
    const { roleArn, ...credentials } = await aws.control({ do: 'credentials', role: 'cdk-deploy' });
    expect((await aws.aws(['lambda', 'list-functions'], credentials)).code).toBe(0);
    const { output } = await aws.aws(['lambda', 'list-functions'], { ...credentials, AWS_SECRET_ACCESS_KEY: 'test' });
    expect(output).toContain('An error occurred (SignatureDoesNotMatch) when calling the ListFunctions operation');
  });

  test('no request with a body that differs from the signed one', async () => {
    const put = await aws.aws(['s3api', 'create-bucket', '--bucket', 'kept', '--create-bucket-configuration', 'LocationConstraint=us-west-2', '--debug']);
    const [, headers] = /Sending http request: <AWSPreparedRequest .*?headers=(\{.*?\})>/.exec(put.output)!;
    const parsed = JSON.parse(headers.replace(/b?'((?:[^'\\]|\\.)*)'/g, (_, value) => JSON.stringify(value)));
    const reply = await send(port, { method: 'PUT', path: '/kept', headers: { ...parsed, 'Content-Length': '3' }, body: 'any' });
    expect(reply.body).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
  });

  test('no unsigned request that only resembles AssumeRoleWithWebIdentity', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const replies = await Promise.all([['PUT', '/made'], ['POST', '/made?delete'], ['POST', '/?Action=ListRoles']].map(([method, path]) =>
      send(port, { method, path, headers: form, body: 'Action=AssumeRoleWithWebIdentity' })));
    expect(replies.map(({ body }) => /<Code>(.*)<\/Code>/.exec(body)?.[1])).toEqual(Array(3).fill('MissingAuthenticationToken'));
  });

  test('no request to services that the scenario and the tests do not need, such as AWS Batch, which starts containers', async () => {
    const { output } = await aws.aws(['batch', 'describe-job-queues']);
    expect(output).toMatch(/An error occurred \(AccessDenied\) when calling the DescribeJobQueues operation: .*the local AWS does not serve this; it serves autoscaling, cloudformation, cloudtrail, ec2, eks, iam, lambda, logs, s3, secretsmanager, ssm, sts/);
  });

  test('no Invoke of a function, for which moto would start a container', async () => {
    const { output } = await aws.aws(['lambda', 'invoke', '--function-name', 'any', join(aws.folder, 'answer')]);
    expect(output).toMatch(/An error occurred .* when calling the Invoke operation: the local AWS runs functions for the custom resources of stacks only, not by Invoke/);
  });
});

test('a role gets no access by naming an operation that anyone can call', async () => {
  const { roleArn, ...credentials } = await aws.control({ do: 'credentials', role: 'reader' });
  const call = 'import boto3, sys; iam = boto3.client("iam")\n'
    + 'iam.meta.events.register("before-sign.iam.*", lambda request, **_: request.headers.add_header("X-Amz-Target", "AWSCognitoIdentityService.GetId"))\n'
    + 'try: iam.create_role(RoleName="made", AssumeRolePolicyDocument="{}")\n'
    + 'except Exception as error: print(error)';
  expect((await run(process.env.LOCAL_AWS_PYTHON!, ['-I', '-c', call], { env: { ...process.env, ...aws.environment, ...credentials } })).output).toContain('An error occurred (AccessDenied) when calling the CreateRole operation');
});

test('no requests are recorded', async () => {
  await aws.ask('iam', 'list-roles');
  expect(existsSync(join(ROOT, 'moto_recording'))).toBe(false);
});

test('the AWS CLI loads no code from the current folder', async () => {
  const folder = join(aws.folder, 'planted');
  mkdirSync(folder);
  for (const name of ['awscli', 'botocore', 'json']) {
    writeFileSync(join(folder, `${name}.py`), 'print("planted")');
  }
  const { stdout, stderr } = spawnSync(join(aws.programs, 'aws'), ['sts', 'get-caller-identity', '--query', 'Account'], { cwd: folder, encoding: 'utf8', env: { ...process.env, ...aws.environment } });
  expect({ stdout, stderr }).toEqual({ stdout: '"123456789012"\n', stderr: '' });
});
