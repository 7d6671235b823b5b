import { accountsOf, issuerOf, rolesOf, trustOf } from './account-state';
import { startForReplay } from './broken-stack';
import { deploy as deployStack, outputsOf } from '../local-aws/deployments';
import { LocalAws } from '../local-aws/local-aws';
import { TestCluster } from '../local-aws/test-cluster';
import { jobsOf } from '../replay/jobs';

jest.setTimeout(180_000);
let aws: LocalAws;
let cluster: TestCluster;
let issuer: string;

const app = (variant: string) => ['--app', 'node --import tsx test/e2e/variants.ts', '--context', `variant=${variant}`, '--output', 'cdk.out/variants'];
const deploy = (variant: string, stack = 'IrsaTestStack') => deployStack(aws, stack, app(variant));
const destroy = (variant: string, stack: string) => aws.cdk(['destroy', stack, '--exclusively', '--force', ...app(variant)]);
const look = () => cluster.look('default', 'reports', 'consumers', 'before', 'after');
const accounts = () => accountsOf(aws, cluster);

/** A role that exactly this account may assume. */
const role = (namespace: string, name: string, attached: string[] = [], inline: any[] = []) =>
  ({ trust: trustOf(issuer, namespace, name), attached, inline });
const writer = (queue: string) => role('reports', 'writer', [], [
  { Action: 'sqs:SendMessage', Effect: 'Allow', Resource: `arn:aws:sqs:us-west-2:*:${queue}` },
]);

beforeAll(async () => {
  aws = await startForReplay();
});
afterAll(() => aws?.stop());

// Each test goes on where the one before it has ended, as a team does with its stacks.

test('IrsaTestStack deploys, and its Job lists the buckets', async () => {
  await deploy('first');
  cluster = await aws.cluster('irsa-test');
  issuer = await issuerOf(aws, 'irsa-test');
  expect(await (await jobsOf(aws, 'irsa-test')).wait('s3-listonly')).toEqual({ succeeded: true, log: expect.stringMatching(/first-bucket\n.*second-bucket\n/) });
});

test('its service accounts name roles that trust and may do what the stack says', async () => {
  expect(await accounts()).toEqual({
    'default/s3-reader-sa': role('default', 's3-reader-sa', ['AmazonS3ReadOnlyAccess']),
    'default/leaver': role('default', 'leaver'),
    'before/mover': role('before', 'mover'),
    'reports/writer': writer('old'),
  });
  const { ReaderRoleArn } = await outputsOf(aws, 'IrsaTestStack');
  const { metadata } = await cluster.ask('GET', '/api/v1/namespaces/default/serviceaccounts/s3-reader-sa');
  expect(metadata.annotations['eks.amazonaws.com/role-arn']).toBe(ReaderRoleArn);
});

test('the OIDC provider is that of the cluster, for STS alone', async () => {
  const { OpenIDConnectProviderList } = await aws.ask('iam', 'list-open-id-connect-providers');
  expect(OpenIDConnectProviderList).toEqual([{ Arn: `arn:aws:iam::123456789012:oidc-provider/${issuer}` }]);
  const provider = await aws.ask('iam', 'get-open-id-connect-provider', '--open-id-connect-provider-arn', OpenIDConnectProviderList[0].Arn);
  expect(provider).toMatchObject({ Url: issuer, ClientIDList: ['sts.amazonaws.com'] });
});

test('the nodes are as the stack says', async () => {
  const { nodegroup } = await aws.ask('eks', 'describe-nodegroup', '--cluster-name', 'irsa-test', '--nodegroup-name', 'nodegroup');
  expect(nodegroup).toMatchObject({ scalingConfig: { minSize: 3, maxSize: 3, desiredSize: 3 }, instanceTypes: ['t3.medium'], amiType: 'AL2023_x86_64_STANDARD' });
  expect((await rolesOf(aws))[nodegroup.nodeRole]).toEqual({
    trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }] },
    attached: ['AmazonEC2ContainerRegistryReadOnly', 'AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonSSMManagedInstanceCore'],
    inline: [],
  });
  const { id, version } = nodegroup.launchTemplate;
  const { LaunchTemplateVersions: [{ LaunchTemplateData }] } = await aws.ask('ec2', 'describe-launch-template-versions', '--launch-template-id', id, '--versions', version);
  expect(LaunchTemplateData.MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  expect(Buffer.from(LaunchTemplateData.UserData, 'base64').toString().split('\n')).toEqual([
    'Content-Type: multipart/mixed; boundary="==CDK-IRSA=="',
    'MIME-Version: 1.0',
    '',
    '--==CDK-IRSA==',
    'Content-Type: text/x-shellscript; charset="us-ascii"',
    '',
    '#!/bin/bash',
    'sudo yum install -y https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/linux_amd64/amazon-ssm-agent.rpm',
    'sudo systemctl enable amazon-ssm-agent',
    'sudo systemctl start amazon-ssm-agent',
    '',
    '--==CDK-IRSA==--',
    '',
  ]);
});

test('a stack of its own adds its objects, and takes them away again', async () => {
  const [before, accountsBefore] = [await look(), await accounts()];
  await deploy('first', 'Consumer');
  expect(Object.keys(await look())).toEqual(expect.arrayContaining(['ServiceAccount consumer', 'ConfigMap of-the-consumer', 'Namespace consumers']));
  expect(await accounts()).toEqual({ ...accountsBefore, 'consumers/consumer': role('consumers', 'consumer') });
  expect(await destroy('first', 'Consumer')).toMatchObject({ code: 0 });
  const { 'Namespace consumers': kept, ...after } = await look();
  expect(kept).toBeDefined();
  expect(after).toEqual(before);
  expect(await accounts()).toEqual(accountsBefore);
});

test('an update that fails in the middle says why, and all is as it was', async () => {
  const before = [await look(), await rolesOf(aws)];
  await expect(deploy('bad')).rejects.toThrow(
    /^UPDATE_FAILED Custom::KubernetesObjects Configs\w+: ConfigMap default\/bad: 500: failed to create typed patch object .*\.data\.key: expected string.*\ncdk deploy IrsaTestStack failed$/s);
  const { 'Namespace after': made, ...after } = await look();
  expect(made).toBeDefined(); // namespaces are never deleted
  expect([after, await rolesOf(aws)]).toEqual(before);
});

test('an update in place changes what has changed, and nothing else', async () => {
  const before = await look();
  await deploy('second');
  expect(await accounts()).toEqual({
    'default/s3-reader-sa': role('default', 's3-reader-sa', ['AmazonS3ReadOnlyAccess']),
    'default/joiner': role('default', 'joiner'),
    'after/mover': role('after', 'mover'),
    'reports/writer': writer('new'),
  });
  const {
    'ConfigMap removed': removed, 'ServiceAccount leaver': leaver, 'ServiceAccount mover': mover, 'ConfigMap kept': kept, 'Job report': report, ...others
  } = before;
  const { 'ServiceAccount joiner': joiner, 'ServiceAccount mover': moved, 'ConfigMap kept': stillKept, 'Job report': newReport, ...rest } = await look();
  expect(rest).toEqual(others); // the renamed construct's account among them, with its uid
  expect([removed, leaver, joiner].every(Boolean)).toBe(true);
  expect(moved.uid).not.toBe(mover.uid);
  expect(stillKept.uid).toBe(kept.uid);
  expect([report, newReport].map(({ rest: job }) => job.spec.template.spec.containers[0].command)).toEqual([['echo', 'old'], ['echo', 'new']]);
});

test('after a destruction only what outlives a stack is there', async () => {
  expect(await destroy('second', 'IrsaTestStack')).toMatchObject({ code: 0 });
  expect(await aws.control({ do: 'processes' })).toHaveLength(1);
  expect(await rolesOf(aws)).toEqual({});
  expect(await aws.ask('iam', 'list-open-id-connect-providers')).toEqual({ OpenIDConnectProviderList: [] });
  expect(await aws.ask('eks', 'list-clusters')).toEqual({ clusters: [] });
  const { LaunchTemplates } = await aws.ask('ec2', 'describe-launch-templates');
  expect(LaunchTemplates).toEqual([]);
  const { StackSummaries } = await aws.ask('cloudformation', 'list-stacks', '--stack-status-filter', 'CREATE_COMPLETE', 'UPDATE_COMPLETE');
  expect(StackSummaries.map(({ StackName }: any) => StackName)).toEqual(['CDKToolkit']);
});
