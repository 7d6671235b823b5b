import { accessAfter, Change } from './app';
import { AccessDiff } from '../../../lib/verification/access-diff';

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const role = (name: string | undefined, principals: object | object[], ...statements: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: name,
    AssumeRolePolicyDocument: document(...[principals].flat().map((Principal) => ({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal }))),
    Policies: [{ PolicyName: 'own', PolicyDocument: document(...statements) }],
  },
});
const allow = (Action: string, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const PODS = { Service: 'pods.eks.amazonaws.com' };
const OTHERS = { AWS: 'arn:aws:iam::999999999999:role/others' };
const bucketPolicy = (statement: object): Change => (resources) => resources.ReportsPolicy = {
  Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Reports' }, PolicyDocument: document({ Action: 's3:GetObject', Resource: '*', ...statement }) },
};
/** Pods of service account ops/admin get the credentials of a role. */
const withRoles = (roles: { [logicalId: string]: object }, ofPods: string): Change => (resources) => {
  resources.NodeRole.Properties.Policies[0].PolicyDocument.Statement = allow('eks-auth:AssumeRoleForPodIdentity');
  const association = { ClusterName: { Ref: 'Cluster' }, Namespace: 'ops', ServiceAccount: 'admin', RoleArn: { 'Fn::GetAtt': [ofPods, 'Arn'] } };
  Object.assign(resources, roles, { Association: { Type: 'AWS::EKS::PodIdentityAssociation', Properties: association } });
};
const shared = (action: string, ofPods: string): Change =>
  withRoles({ Admin: role('admin', PODS, allow('s3:*')), Shared: role('shared', [PODS, OTHERS], allow(action)) }, ofPods);
const moved = (ofPods: string): Change => {
  const isNew = { Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/new' } } };
  return withRoles({ Old: role('old', PODS, allow('s3:*', isNew)), New: role('new', PODS, allow('s3:*', isNew)) }, ofPods);
};
const objects = (...all: object[]): Change => (resources) => resources.Manifest = {
  Type: 'Custom::AWSCDK-EKS-KubernetesResource',
  Properties: { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:kubectl', ClusterName: { Ref: 'Cluster' }, Manifest: JSON.stringify(all) },
};
const IN_ECR = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/ops:1';
const pod = (image: string) =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'ops' }, spec: { serviceAccountName: 'admin', containers: [{ name: 'c', image }] } });
const source = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'Bucket', metadata: { name: 'b', namespace: 'flux' }, spec: { bucketName: 'flux' } };
const virtualCluster: Change = (resources) => resources.Virtual = {
  Type: 'AWS::EMRContainers::VirtualCluster',
  Properties: { Name: 'v', ContainerProvider: { Id: { Ref: 'Cluster' }, Type: 'EKS', Info: { EksInfo: { Namespace: 'emr' } } } },
};
/** Pods of service account ops/admin may do something, and the templates have some objects. */
const may = (action: string, ...changes: Change[]): Change => (resources, template) => [
  withRoles({ Admin: role('admin', PODS, allow(action)) }, 'Admin'), ...changes,
].forEach((change) => change(resources, template));
const repository = (ImageTagMutability: string): Change => (resources) =>
  resources.Repository = { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'ops', ImageTagMutability } };
const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };
const encryptedWith = (key?: object): Change => (resources) => {
  for (const logicalId of ['Key', 'Other']) {
    resources[logicalId] = { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document(allow('kms:*', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } })) } };
  }
  const byDefault = key && { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key };
  resources.Reports.Properties = byDefault
    && { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: byDefault }] } };
};
const queueWithAlias = (key: string): Change => (resources, template) => {
  encryptedWith()(resources, template);
  resources.Alias = { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/jobs', TargetKeyId: { Ref: key } } };
  resources.Queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', KmsMasterKeyId: { Ref: 'Alias' } } };
};
const bucket = (properties: object, action = 's3:PutObjectAcl'): Change => (resources) => {
  resources.Reports.Properties = properties;
  resources.Reader.Properties.Policies[0].PolicyDocument.Statement.push({ Effect: 'Allow', Action: action, Resource: '*' });
};
/** A bucket whose tags, Region or account policies ask for. */
const asked = (properties: object, Condition: object): Change => (resources) => {
  resources.Reports.Properties = properties;
  resources.Reader.Properties.Policies[0].PolicyDocument.Statement[0].Condition = Condition;
};
const OF_TEAM = { StringEquals: { 'aws:ResourceTag/team': 'ops' } };
const tagged = (team: string) => ({ AbacStatus: 'Enabled', Tags: [{ Key: 'team', Value: team }] });
const taggedQueue = (team: string, condition: object = OF_TEAM): Change => (resources) => {
  resources.Queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', Tags: [{ Key: 'Team', Value: team }] } };
  resources.Reader.Properties.Policies[0].PolicyDocument.Statement.push({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*', Condition: condition });
};
const ofUnknownService = (action: string): Change => (resources, template) => {
  template.Parameters = { Service: { Type: 'String' } };
  resources.Unknown = role(undefined, { Service: { Ref: 'Service' } }, allow(action));
};

test.each<[string, Change, Change]>([
  ['a denial of an account that becomes one of all but a role',
    bucketPolicy({ Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::999999999999:root' } }),
    bucketPolicy({ Effect: 'Deny', NotPrincipal: { AWS: 'arn:aws:iam::999999999999:role/excluded' } })],
  ['a grant to all but a role that becomes one to its account',
    bucketPolicy({ Effect: 'Allow', NotPrincipal: { AWS: 'arn:aws:iam::999999999999:role/excluded' } }),
    bucketPolicy({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999999999999:root' } })],
  ['what a role allows to others, if pods get it now that had a wider one', shared('s3:GetObject', 'Admin'), shared('s3:*', 'Shared')],
  ['what a role allows that trusts a service whose name only the deployment knows', ofUnknownService('s3:GetObject'), ofUnknownService('*')],
  ['another role, if policies of the roles ask for the name of the role', moved('Old'), moved('New')],
  ['a grant to all services', bucketPolicy({ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' } }), bucketPolicy({ Effect: 'Allow', Principal: { Service: '*' } })],
  ['an image that pods may push, because its repository is mutable',
    may('ecr:PutImage', objects(pod(IN_ECR)), repository('IMMUTABLE')), may('ecr:PutImage', objects(pod(IN_ECR)), repository('MUTABLE'))],
  ['an image that pods may push, because it comes from another registry',
    may('ecr:PutImage', objects(pod('public.ecr.aws/x/y:1'))), may('ecr:PutImage', objects(pod(IN_ECR)))],
  ['a source of Flux that pods may write', may('s3:PutObject', objects(pod('public.ecr.aws/x/y:1'))), may('s3:PutObject', objects(pod('public.ecr.aws/x/y:1'), source))],
  ['a virtual cluster of Amazon EMR in which pods may start jobs', may('emr-containers:StartJobRun'), may('emr-containers:StartJobRun', virtualCluster)],
  ['a request of which it is not known what the service does', may('iot:DescribeThing'), may('iot:Publish')],
  ['a bucket that has no encryption key any more', encryptedWith(KEY), encryptedWith()],
  ['a bucket with another encryption key', encryptedWith(KEY), encryptedWith({ 'Fn::GetAtt': ['Other', 'Arn'] })],
  ['a bucket whose objects can have ACLs', bucket({}), bucket({ OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } })],
  ['a bucket whose tags count', asked({ ...tagged('ops'), AbacStatus: 'Disabled' }, OF_TEAM), asked(tagged('ops'), OF_TEAM)],
  ['a queue with another tag', taggedQueue('dev'), taggedQueue('ops')],
  ['a queue with another tag for which a policy variable asks',
    taggedQueue('dev', { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceTag/team}' } }),
    taggedQueue('ops', { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceTag/team}' } })],
  ['a queue whose encryption key has an alias that moves to another key', queueWithAlias('Key'), queueWithAlias('Other')],
])('%s is broader, and changes the lines of a file', (_, before, after) => {
  const [old, now] = [before, after].map((change) => accessAfter(change).assume({ parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'eu-west-1' } }));
  expect(AccessDiff.between(old, now).broadens).toBe(true);
  expect(now._internal.lines).not.toEqual(old._internal.lines);
});

test('a new encryption key does not make access broader, and is reported', () => {
  const { broadens, changes } = AccessDiff.between(accessAfter(encryptedWith()), accessAfter(encryptedWith(KEY)));
  expect({ broadens, changes }).toMatchObject({ broadens: false, changes: [{ kind: 'UNKNOWN', affected: ['AWS::S3::Bucket Reports'] }] });
});

test('a way into a cluster is not new if the role only has a new name', () => {
  const renamed = (logicalId: string): Change => (resources, template) => [
    withRoles({ [logicalId]: role(undefined, PODS, allow('ecr:PutImage')) }, logicalId), objects(pod(IN_ECR)),
  ].forEach((change) => change(resources, template));
  expect(AccessDiff.between(accessAfter(renamed('Old')), accessAfter(renamed('New'))).broadens).toBe(false);
});

test('roles whose names have the same parameter are not one in a file', () => {
  const named = (name: string, action: string) => {
    const { Type, Properties } = role(undefined, OTHERS, allow(action));
    return { Type, Properties: { ...Properties, RoleName: { 'Fn::Sub': `\${RoleName}-${name}` } } };
  };
  const roles = (one: string, other: string): Change => (resources, template) => {
    template.Parameters = { RoleName: { Type: 'String' } };
    Object.assign(resources, { One: named('one', one), Other: named('other', other) });
  };
  expect(accessAfter(roles('s3:GetObject', 'iam:*'))._internal.lines).not.toEqual(accessAfter(roles('iam:*', 's3:GetObject'))._internal.lines);
});
