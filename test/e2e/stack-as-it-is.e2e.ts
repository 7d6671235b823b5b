import { join } from 'node:path';
import { accountsOf, inventoryOf, issuerOf, nodesOf, providersOf, trustOf } from './account-state';
import { startForReplay } from './broken-stack';
import { deploy, destroy, outputsOf } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { jobsOf } from '../../replay/jobs';

let aws: LocalAws;
let output: string;
let before: { [call: string]: string[] };

// IrsaTestStack from the app in cdk.json, as `npx cdk deploy IrsaTestStack` deploys it
beforeAll(async () => {
  aws = await startForReplay();
  output = join(aws.folder, 'cdk.out');
  before = await inventoryOf(aws);
  await deploy(aws, 'IrsaTestStack', ['--output', output]);
});
afterAll(() => aws?.stop());

test('the Job lists the buckets', async () => {
  expect(await (await jobsOf(aws, 'irsa-test')).wait('s3-listonly')).toEqual({ succeeded: true, log: expect.stringMatching(/first-bucket\n.*second-bucket\n/) });
});

test('the service account names the only web identity role, which trusts only this account', async () => {
  const cluster = await aws.cluster('irsa-test');
  expect(await accountsOf(aws, cluster)).toEqual({
    'default/s3-reader-sa': { trust: trustOf(await issuerOf(aws, 'irsa-test'), 'default', 's3-reader-sa'), attached: ['AmazonS3ReadOnlyAccess'], inline: [] },
  });
  const { ReaderRoleArn } = await outputsOf(aws, 'IrsaTestStack');
  const { metadata } = await cluster.ask('GET', '/api/v1/namespaces/default/serviceaccounts/s3-reader-sa');
  expect(metadata.annotations['eks.amazonaws.com/role-arn']).toBe(ReaderRoleArn);
});

test('the OIDC provider is the one of the cluster, and only accepts the audience of STS', async () => {
  expect(await providersOf(aws)).toEqual([{ url: await issuerOf(aws, 'irsa-test'), clientIds: ['sts.amazonaws.com'] }]);
});

const SCRIPT = [
  '#!/bin/bash',
  'sudo yum install -y https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/linux_amd64/amazon-ssm-agent.rpm',
  'sudo systemctl enable amazon-ssm-agent',
  'sudo systemctl start amazon-ssm-agent',
  '',
].join('\n');

test('the nodes are as defined in the stack', async () => {
  expect(await nodesOf(aws, 'irsa-test', 'nodegroup')).toEqual({
    sizes: { minSize: 3, maxSize: 3, desiredSize: 3 },
    instanceTypes: ['t3.medium'],
    amiType: 'AL2023_x86_64_STANDARD',
    role: {
      trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }] },
      attached: ['AmazonEC2ContainerRegistryReadOnly', 'AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonSSMManagedInstanceCore'],
      inline: [],
    },
    metadata: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
    userData: [
      'Content-Type: multipart/mixed; boundary="==CDK-IRSA=="',
      'MIME-Version: 1.0',
      '',
      '--==CDK-IRSA==',
      'Content-Type: text/x-shellscript; charset="utf-8"',
      'Content-Transfer-Encoding: base64',
      '',
      ...Buffer.from(SCRIPT).toString('base64').match(/.{1,76}/g)!,
      '--==CDK-IRSA==--',
      '',
    ].join('\n'),
  });
});

test('destroying the stack leaves nothing behind', async () => {
  const deployed = await inventoryOf(aws);
  expect(Object.keys(before).filter((call) => deployed[call].length <= before[call].length)).toEqual([]); // each call lists something
  await destroy(aws, 'IrsaTestStack', ['--app', output]);
  expect(await aws.control({ do: 'processes' })).toHaveLength(1);
  expect(await inventoryOf(aws)).toEqual(before);
});
