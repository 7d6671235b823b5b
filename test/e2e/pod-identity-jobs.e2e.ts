import { associate, boundTo, installAgent, makeRole, podTrust } from './pod-identities';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';
import { Jobs, jobsOf } from '../../replay/jobs';
import { makeBuckets } from '../../replay/scenario';

const job = (name: string, command = ['aws', 's3', 'ls']) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: { template: { spec: { serviceAccountName: 'default', restartPolicy: 'Never', containers: [{ name: 'main', image: 'amazon/aws-cli', command }] } }, backoffLimit: 0 },
});

describe.each([['a real Kubernetes', false], ['a record', true]])('if a cluster is %s, a Job of an account with an association', (_, records) => {
  let aws: LocalAws;
  let jobs: Jobs;
  beforeAll(async () => {
    aws = await startLocalAws({ records });
    await makeBuckets(aws);
    await aws.control({ do: 'start_cluster', name: 'test' });
    await makeRole(aws, 'reader', podTrust(boundTo('test', 'default')));
    await aws.ask('iam', 'attach-role-policy', '--role-name', 'reader', '--policy-arn', 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess');
    await associate(aws, 'test', 'default', 'reader');
    jobs = await jobsOf(aws, 'test');
  });
  afterAll(() => aws?.stop());

  test('fails without the agent', async () => {
    expect(await jobs.run(job('without-agent'))).toEqual({ succeeded: false, log: expect.stringMatching(/Error when retrieving credentials from container-role/) });
  });

  test('lists the buckets with a role that trusts only this account of this cluster', async () => {
    await installAgent(aws, 'test');
    expect(await jobs.run(job('with-agent'))).toEqual({ succeeded: true, log: expect.stringContaining('first-bucket') });
  });

  test('has the name of its pod in its session', async () => {
    const { log } = await jobs.run(job('who', ['aws', 'sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text']));
    expect(log).toMatch(/^arn:aws:sts::123456789012:assumed-role\/reader\/eks-test-who-\w{5}-[0-9a-f-]{36}\n$/);
  });

  test('fails with a role that trusts another account', async () => {
    await aws.ask('iam', 'update-assume-role-policy', '--role-name', 'reader', '--policy-document', JSON.stringify(podTrust(boundTo('test', 'other'))));
    expect(await jobs.run(job('other-account'))).toEqual({ succeeded: false, log: expect.stringContaining('EKS does not have permissions to assume the associated role') });
  });
});
