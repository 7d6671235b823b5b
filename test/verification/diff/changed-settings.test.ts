import * as fc from 'fast-check';
import { AccessDiff } from '../../../lib/verification/access-diff';
import { PodAccess } from '../../../lib/verification/pod-access';
import { writeAssembly } from '../assemblies';
import { account, accountRole, allow, arnOf, association, clusterTemplate, deny, job, objects, podIdentityTrust, role } from '../templates';

const [OWN, OTHER] = ['111122223333', '444455556666'];
const READER = { AWS: `arn:aws:iam::${OWN}:role/reader` };
const TEAM = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'ops' } } };
const keyRule = (key?: string) => ({
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', ...key !== undefined && { KMSMasterKeyID: arnOf(key) } } }] },
});
const tags = (value: string) => ({ Tags: [{ Key: 'team', Value: value }] });
const bucketPolicy = (Principal: unknown, more: object = {}) => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Version: '2012-10-17', Statement: [allow('s3:*', ['arn:aws:s3:::data', 'arn:aws:s3:::data/*'], { Principal, ...more })] } },
});
const launchTemplate = (MetadataOptions: object) => ({
  Lt: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions } } },
});
const LAUNCHED = { LaunchTemplate: { Id: { Ref: 'Lt' }, Version: { 'Fn::GetAtt': ['Lt', 'LatestVersionNumber'] } } };

/** What can be in the templates, by what it is about: one of several alternatives. */
const CHOICES = {
  owner: [OWN, OTHER],
  region: ['eu-west-1', 'us-east-1'],
  ownership: [{}, { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }],
  encryption: [{}, keyRule(), keyRule('Key'), keyRule('Closed')],
  publicBlock: [{}, { PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } }],
  abac: [{}, { AbacStatus: 'Enabled' }],
  bucketTags: [{}, tags('ops'), tags('dev')],
  bucketPolicy: [{}, { BucketPolicy: bucketPolicy(READER) }, { BucketPolicy: bucketPolicy('*') }, { BucketPolicy: bucketPolicy('*', TEAM) }],
  queue: [{}, tags('ops'), tags('dev'), { KmsMasterKeyId: { Ref: 'Closed' } }],
  cluster: [{}, { Version: '1.23' }, { Version: '1.31' }, { OutpostConfig: { OutpostArns: ['arn:aws:outposts:eu-west-1:111122223333:outpost/op-1'] } }],
  agent: [{}, { Agent: undefined }],
  nodes: [{ AmiType: 'AL2023_x86_64_STANDARD' }, { AmiType: 'WINDOWS_CORE_2022_x86_64' }, { AmiType: 'BOTTLEROCKET_x86_64' }, { ...LAUNCHED, AmiType: 'AL2023_x86_64_STANDARD' }],
  metadata: [{}, { HttpTokens: 'required', HttpPutResponseHopLimit: 1 }, { HttpTokens: 'optional', HttpPutResponseHopLimit: 1 }, { HttpTokens: 'required', HttpPutResponseHopLimit: 2 }],
  fargate: [{}, { Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: 'prod', PodExecutionRoleArn: 'arn:aws:iam::111122223333:role/f', Selectors: [{ Namespace: 'default' }] } } }],
  pods: [{}, { hostNetwork: true }, { nodeSelector: { 'kubernetes.io/os': 'windows' } }],
  roleTags: [{}, tags('ops'), tags('dev')],
  way: ['irsa', 'pod identity', 'none'],
  statement: [
    allow(['s3:*', 'sqs:*', 'kms:*']), allow(['s3:*', 'sqs:*'], '*', TEAM), deny('s3:*', '*', { Condition: { StringNotEquals: { 'aws:ResourceAccount': OTHER } } }),
    allow(['s3:GetObject', 'sqs:SendMessage'], '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } } }),
    allow(['s3:PutObjectAcl']), allow('s3:PutBucketPolicy'), allow('sqs:ListQueues'), allow('s3:*', '*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } }),
  ],
};
type Choices = { readonly [name in keyof typeof CHOICES]: number };

function read(choices: Choices): PodAccess {
  const of = <N extends keyof typeof CHOICES>(name: N) => CHOICES[name][choices[name]] as any;
  const way = of('way');
  const { Properties } = way === 'irsa' ? accountRole('default:app', of('statement')) : role(podIdentityTrust(), of('statement'));
  const key = (...statements: object[]) => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Version: '2012-10-17', Statement: statements } } });
  const open = allow('kms:*', '*', { Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } } });
  const keys = { Key: key(open), Closed: key(open, deny('kms:*', '*', { Principal: READER })) };
  const app = clusterTemplate({
    Reader: { Type: 'AWS::IAM::Role', Properties: { ...Properties, RoleName: 'reader', ...of('roleTags') } },
    Objects: objects(account('app', way === 'irsa' ? 'Reader' : undefined), job('work', 'app', of('pods'))),
    ...way === 'pod identity' && { Association: association('app', 'Reader') },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', ...of('queue') } },
    ...keys,
    ...launchTemplate(of('metadata')),
    ...of('fargate'),
    ...of('agent'),
  }).stack;
  app.Resources.Cluster = { ...app.Resources.Cluster, Properties: { Name: 'prod', ...of('cluster') } };
  app.Resources.Nodes = { ...app.Resources.Nodes, Properties: { ...app.Resources.Nodes.Properties, ...of('nodes') } };
  const bucket = Object.assign({ BucketName: 'data' }, of('ownership'), of('encryption'), of('publicBlock'), of('abac'), of('bucketTags'));
  const data = { Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: bucket }, ...keys, ...of('bucketPolicy') } };
  return PodAccess.fromAssembly(writeAssembly({
    App: { environment: `aws://${OWN}/eu-west-1`, template: app }, Data: { environment: `aws://${of('owner')}/${of('region')}`, template: data },
  }));
}

const QUESTIONS = [
  ['s3:GetObject', 'arn:aws:s3:::data/x'], ['s3:PutObject', 'arn:aws:s3:::data/x'], ['s3:ListBucket', 'arn:aws:s3:::data'],
  ['sqs:SendMessage', `arn:aws:sqs:eu-west-1:${OWN}:jobs`],
] as const;
const RANKS = { DENIED: 0, UNKNOWN: 1, ALLOWED: 2 };

/** The ranks of the answers about the pods of a service account, and about those of a workload. */
const answersOf = (access: PodAccess) => [access.pod({ serviceAccountName: 'app' }), access.workload({ kind: 'Job', namespace: 'default', name: 'work' })]
  .flatMap((pods) => QUESTIONS.map(([action, resource]) => RANKS[pods.decide(action, { resource }).outcome]));

const [NAMES, SIZES] = [Object.keys(CHOICES) as Array<keyof typeof CHOICES>, Object.values(CHOICES).map(({ length }) => length)];
const choices = fc.tuple(...SIZES.map((size) => fc.nat(size - 1)))
  .map((all) => Object.fromEntries(NAMES.map((name, i) => [name, all[i]])) as unknown as Choices);
const change = fc.nat(NAMES.length - 1).chain((i) => fc.record({ name: fc.constant(NAMES[i]), value: fc.nat(SIZES[i] - 1) }));

test('whenever an answer is broader after one change, a comparison says so, and the lines of a file are others', () => {
  fc.assert(fc.property(choices, change, (some, { name, value }) => {
    const [before, after] = [read(some), read({ ...some, [name]: value })];
    const [old, now] = [before, after].map(answersOf);
    if (now.some((rank, i) => rank > old[i])) {
      expect(AccessDiff.between(before, after).broadens).toBe(true);
      expect(after._internal.lines).not.toEqual(before._internal.lines);
    }
  }), { numRuns: 60 });
});
