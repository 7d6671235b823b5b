import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { LocalAws } from './local-aws';
import { TestCluster } from './test-cluster';

jest.setTimeout(120_000);
const root = resolve(__dirname, '..', '..');
const programs = dirname(process.env.LOCAL_AWS_PYTHON ?? '');
let aws: LocalAws;
let cluster: TestCluster;

interface Result { readonly code: number | null; readonly output: string }

/** Runs a program against the local AWS. */
async function run(command: string, ...args: string[]): Promise<Result> {
  const others = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  const env = {
    ...Object.fromEntries(others), AWS_ENDPOINT_URL: aws.endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-west-2',
  };
  const child = spawn(command, args, { cwd: root, env });
  let output = '';
  child.stdout.on('data', (data) => output += data);
  child.stderr.on('data', (data) => output += data);
  return new Promise((done) => child.on('close', (code) => done({ code, output })));
}

const cdk = (...args: string[]) => run(process.execPath, join('node_modules', 'aws-cdk', 'bin', 'cdk'), ...args, '--output', join('cdk.out', 'e2e'));
const deploy = (variant: string, ...stacks: string[]) => cdk('deploy', ...stacks, '--exclusively', '--require-approval', 'never', '--progress', 'events',
  '--app', 'node --import tsx test/e2e/variants.ts', '--context', `variant=${variant}`);
const look = () => cluster.look('default', 'reports', 'consumers');

async function finished(job: string): Promise<any> {
  for (;;) {
    const { status, metadata } = await cluster.ask('GET', `/apis/batch/v1/namespaces/default/jobs/${job}`);
    if (status.succeeded || status.failed) {
      return { status, metadata };
    }
    await new Promise((done) => setTimeout(done, 200));
  }
}

beforeAll(async () => {
  aws = await LocalAws.start({ PATH: `${programs}:${process.env.PATH}` });
  for (const bucket of ['first-bucket', 'second-bucket']) {
    expect(await run(join(programs, 'aws'), 's3', 'mb', `s3://${bucket}`)).toMatchObject({ code: 0 });
  }
  expect(await cdk('bootstrap', 'aws://123456789012/us-west-2')).toMatchObject({ code: 0 });
});
afterAll(() => aws?.stop());

// Each test goes on where the one before it has ended, as a team does with its stacks.

test('IrsaTestStack deploys, and its Job lists the buckets', async () => {
  const { code, output } = await deploy('first', 'IrsaTestStack');
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('IrsaTestStack.ReaderRoleArn = arn:aws:iam::123456789012:role/') });
  cluster = await aws.cluster('irsa-test');
  const { status } = await finished('s3-listonly');
  expect(status).toMatchObject({ succeeded: 1, conditions: expect.arrayContaining([expect.objectContaining({ type: 'Complete', status: 'True' })]) });
  const { items: [pod] } = await cluster.ask('GET', '/api/v1/namespaces/default/pods?labelSelector=batch.kubernetes.io/job-name=s3-listonly');
  const log = await cluster.send('GET', `/api/v1/namespaces/default/pods/${pod.metadata.name}/log`);
  expect(log.body).toMatch(/^\S+ \S+ first-bucket.*\n\S+ \S+ second-bucket/);
});

test('a stack of its own adds its objects, and takes them away again', async () => {
  const before = await look();
  expect(await deploy('first', 'Consumer')).toMatchObject({ code: 0 });
  expect(Object.keys(await look())).toEqual(expect.arrayContaining(['ServiceAccount consumer', 'ConfigMap of-the-consumer', 'Namespace consumers']));
  expect(await cdk('destroy', 'Consumer', '--exclusively', '--force', '--app', 'node --import tsx test/e2e/variants.ts', '--context', 'variant=first')).toMatchObject({ code: 0 });
  const { 'Namespace consumers': kept, ...after } = await look();
  expect(kept).toBeDefined();
  expect(after).toEqual(before);
});

test('renaming a construct and removing an object changes nothing else in the cluster', async () => {
  const before = await look();
  expect(await deploy('second', 'IrsaTestStack')).toMatchObject({ code: 0 });
  const { 'ConfigMap removed': removed, 'ConfigMap kept': kept, ...others } = before;
  expect(removed).toBeDefined();
  expect(await look()).toEqual({ ...others, 'ConfigMap kept': { ...kept, annotations: { ...kept.annotations, 'cdk-irsa/owner': expect.stringMatching(/^123456789012\/us-west-2\/IrsaTestStack\/Configs/) } } });
});

test('a deployment that fails says why, and leaves the cluster as it was', async () => {
  const before = await look();
  const { code, output } = await deploy('bad', 'IrsaTestStack');
  expect(code).toBe(1);
  expect(output).toMatch(/ConfigMap default\/bad: 500: failed to create typed patch object .*\.data\.key: expected string/);
  expect(await look()).toEqual(before);
});

test('after a destruction nothing runs any more', async () => {
  expect(await cdk('destroy', 'IrsaTestStack', '--force', '--app', 'node --import tsx test/e2e/variants.ts', '--context', 'variant=second')).toMatchObject({ code: 0 });
  expect(await aws.ask({ do: 'processes' })).toHaveLength(1);
  const { output } = await run(join(programs, 'aws'), 'iam', 'list-roles', '--query', 'Roles[].RoleName', '--output', 'text');
  expect(output).not.toContain('IrsaTestStack');
});
