import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, association, clusterTemplate, deny, objects, podIdentityTrust, role } from '../templates';

const BUCKET = 'arn:aws:s3:::reports';
const trusted = (Service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } });
const lambdaRole = (...statements: object[]) => role(trusted('lambda.amazonaws.com'), ...statements);
const run = (roleId: string) => ({ Type: 'AWS::Lambda::Function', Properties: { Role: arnOf(roleId) } });
const custom = (ServiceToken: unknown, more: object = {}, Type = 'Custom::Seed') => ({ Type, Properties: { ServiceToken, ...more } });
const byHandler = (...statements: object[]) => ({ HandlerRole: lambdaRole(...statements), Handler: run('HandlerRole'), Seed: custom(arnOf('Handler')) });
const sdkCall = (service: string, action: string) => ({ ...byHandler(), Seed: custom(arnOf('Handler'), { Create: JSON.stringify({ service, action }), InstallLatestAwsSdk: false }, 'Custom::AWS') });
const invoke = (...on: unknown[]) => allow('lambda:InvokeFunction', on);

const accessWith = (resources: object) => verification.PodAccess.fromTemplates(clusterTemplate({
  Objects: objects(account('app', 'Role')),
  Role: accountRole('default:app', allow('sqs:ListQueues')),
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'reports' } },
  ...resources,
})).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } });

const QUESTIONS = { queues: 'sqs:ListQueues', buckets: 's3:ListAllMyBuckets', objects: 's3:GetObject' };
const answers = (resources: object) => Object.values(QUESTIONS).map((action) =>
  accessWith(resources).pod({ serviceAccountName: 'app' }).decide(action, action === QUESTIONS.objects ? { resource: `${BUCKET}/key` } : {}).outcome);

const CERTAIN = ['ALLOWED', 'DENIED', 'DENIED'];
const OF_BUCKET = ['ALLOWED', 'DENIED', 'UNKNOWN'];
const UNKNOWN = ['UNKNOWN', 'UNKNOWN', 'UNKNOWN'];

const framework = (...statements: object[]) => ({
  ...byHandler(invoke(arnOf('OnEvent'))),
  OnEventRole: lambdaRole(...statements),
  OnEvent: run('OnEventRole'),
});
const askingFor = (key: string) => ({ Other: role(trusted('ec2.amazonaws.com'), allow('s3:GetObject', '*', { Condition: { StringEquals: { [key]: 'red' } } })) });
const associatedWith = (key: string) => ({
  Other: role(podIdentityTrust(), allow('s3:GetObject')),
  Association: association('other', 'Other', { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [allow('s3:GetObject', '*', { Condition: { StringEquals: { [key]: 'red' } } })] }) }),
});
const version = (id: string) => ({ Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: id } } });
const machine = {
  ...byHandler(allow('states:StartExecution', { Ref: 'Machine' })),
  Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('MachineRole') } },
  MachineRole: role(trusted('states.amazonaws.com'), allow('iam:PutRolePolicy')),
};
const hook = { Type: 'AWS::CloudFormation::LambdaHook', Properties: { LambdaFunction: arnOf('Handler') } };
const getting = (action: string) => ({
  ...byHandler(allow(action, arnOf('Admin'))), Admin: role(trusted('ec2.amazonaws.com'), allow('*')),
});

const CHANGES_ROLES = allow('iam:PutRolePolicy');
const MORE = {
  User: { Type: 'AWS::IAM::User', Properties: { UserName: 'ops', Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [CHANGES_ROLES] } }] } },
  Job: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('JobRole'), Command: { ScriptLocation: 's3://scripts/it.py' } } },
  JobRole: role(trusted('glue.amazonaws.com'), CHANGES_ROLES),
  Profile: { Type: 'AWS::SageMaker::UserProfile', Properties: { UserSettings: { ExecutionRole: arnOf('ProfileRole') } } },
  ProfileRole: role(trusted('sagemaker.amazonaws.com'), CHANGES_ROLES),
};
const X = role(trusted('ec2.amazonaws.com'), CHANGES_ROLES);
const opsPod = (more: object = {}) => objects({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'ops', namespace: 'default' },
  spec: { serviceAccountName: 'ops', containers: [{ name: 'c', image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/x:latest', ...more }] },
});
const OPS = { Ops: role(podIdentityTrust(), CHANGES_ROLES), OpsAssociation: association('ops', 'Ops'), OpsPod: opsPod() };
const WITH_KEY = opsPod({ env: [{ name: 'AWS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: 'aws', key: 'id' } } }] });
const FLUX = objects(
  { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'Bucket', metadata: { name: 'b', namespace: 'flux-system' }, spec: { bucketName: 'fleet', endpoint: 's3.amazonaws.com' } },
  { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'k', namespace: 'flux-system' }, spec: { sourceRef: { kind: 'Bucket', name: 'b' } } },
);
const JOBS = {
  Type: 'AWS::EMRContainers::VirtualCluster',
  Properties: { Name: 'v', ContainerProvider: { Type: 'EKS', Id: { Ref: 'Cluster' }, Info: { EksInfo: { Namespace: 'emr' } } } },
};
const KEY = { Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } }, Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } } } };

test.each<[string, object, string[]]>([
  ['can start a state machine that no template shows', byHandler(allow('states:StartExecution', 'arn:aws:states:us-west-2:111122223333:stateMachine:deployer')), UNKNOWN],
  ['can start any build', byHandler(allow('codebuild:StartBuild')), UNKNOWN],
  ['can create an access key of a user', { ...MORE, ...byHandler(allow('iam:CreateAccessKey')) }, UNKNOWN],
  ['can create an access key of a user outside the templates', byHandler(allow('iam:CreateAccessKey', 'arn:aws:iam::111122223333:user/other')), UNKNOWN],
  ['can read the access key of a user', { ...MORE, ...KEY, ...byHandler(allow('secretsmanager:GetSecretValue', { Ref: 'Secret' })) }, UNKNOWN],
  ['can write the script of a job', { ...MORE, ...byHandler(allow('s3:PutObject', 'arn:aws:s3:::scripts/*')) }, UNKNOWN],
  ['can write other objects', { ...MORE, ...byHandler(allow('s3:PutObject', 'arn:aws:s3:::other/*')) }, CERTAIN],
  ['can sign in as a user profile', { ...MORE, ...byHandler(allow('sagemaker:CreatePresignedDomainUrl')) }, UNKNOWN],
  ['can deploy code to instances', { X, ...byHandler(allow('codedeploy:CreateDeployment')) }, UNKNOWN],
  ['can give users of IAM Identity Center a role', byHandler(allow('sso:CreateAccountAssignment')), UNKNOWN],
  ['can issue certificates', { X: role({ ...trusted('rolesanywhere.amazonaws.com'), Action: ['sts:AssumeRole', 'sts:TagSession'] }, CHANGES_ROLES), ...byHandler(allow('acm-pca:IssueCertificate')) }, UNKNOWN],
  ['can issue certificates, for which no role is', byHandler(allow('acm-pca:IssueCertificate')), CERTAIN],
  ['can get tokens of managed nodes', { X: role(trusted('ssm.amazonaws.com'), CHANGES_ROLES), ...byHandler(allow('ssm:RequestManagedInstanceRoleToken')) }, UNKNOWN],
  ['can push the image of pods that can change policies', { ...OPS, ...byHandler(allow('ecr:PutImage')) }, UNKNOWN],
  ['can push the image of pods with a key from a Secret', { WITH_KEY, ...byHandler(allow('ecr:PutImage')) }, UNKNOWN],
  ['can push other images than that of pods with a key from a Secret',
    { WITH_KEY, ...byHandler(allow('ecr:PutImage', 'arn:aws:ecr:us-west-2:111122223333:repository/y')) }, CERTAIN],
  ['can push other images', { ...OPS, ...byHandler(allow('ecr:PutImage', 'arn:aws:ecr:us-west-2:111122223333:repository/y')) }, CERTAIN],
  ['can change what a controller applies', { Flux: FLUX, ...byHandler(allow('s3:PutObject', 'arn:aws:s3:::fleet/*')) }, UNKNOWN],
  ['can run jobs in the cluster', { Jobs: JOBS, ...byHandler(allow('emr-containers:StartJobRun')) }, UNKNOWN],
  ['can replace the root volume of an instance', { ...MORE, ...byHandler(allow('ec2:CreateReplaceRootVolumeTask')) }, UNKNOWN],
  ['can change policies of roles', byHandler(allow('iam:PutRolePolicy', arnOf('Role'))), UNKNOWN],
  ['can change policies of roles as a hook', { ...byHandler(allow('iam:PutRolePolicy', arnOf('Role'))), Seed: hook }, UNKNOWN],
  ['can only read as a hook', { ...byHandler(allow('iam:Get*')), Seed: hook }, CERTAIN],
  ['can create roles', byHandler(allow(['iam:CreateRole', 'iam:AttachRolePolicy'])), UNKNOWN],
  ['can do everything', byHandler(allow('*')), UNKNOWN],
  ['can associate roles with service accounts', byHandler(allow('eks:CreatePodIdentityAssociation')), UNKNOWN],
  ['can deploy templates', byHandler(allow('cloudformation:CreateStack')), UNKNOWN],
  ['can change policies of a bucket', byHandler(allow('s3:PutBucketPolicy', BUCKET)), OF_BUCKET],
  ['can change policies of another bucket', byHandler(allow('s3:PutBucketPolicy', 'arn:aws:s3:::others')), CERTAIN],
  ['can change policies of all buckets', byHandler(allow('s3:Put*')), OF_BUCKET],
  ['can tag objects, for whose tags no policy asks', byHandler(allow('s3:PutObjectTagging')), CERTAIN],
  ['can tag objects, for whose tags a policy asks', { ...byHandler(allow('s3:PutObjectTagging')), ...askingFor('s3:ExistingObjectTag/team') }, OF_BUCKET],
  ['can tag queues, where a policy asks for tags of objects', { ...byHandler(allow('sqs:TagQueue')), ...askingFor('s3:ExistingObjectTag/team') }, CERTAIN],
  ['can tag roles, for whose tags a policy asks', { ...byHandler(allow('iam:TagRole')), ...askingFor('aws:PrincipalTag/team') }, UNKNOWN],
  ['can tag roles, by whose tags a policy selects what can be assumed', {
    ...byHandler(allow('iam:TagRole')), Other: role(trusted('ec2.amazonaws.com'), allow('sts:AssumeRole', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } })),
  }, UNKNOWN],
  ['can tag roles, whose tags a policy has in a variable', { ...byHandler(allow('iam:TagRole')), Other: role(trusted('ec2.amazonaws.com'), allow('s3:GetObject', `${BUCKET}/\${aws:PrincipalTag/team}/*`)) }, UNKNOWN],
  ['can tag roles, for whose tags a session policy asks', { ...byHandler(allow('iam:TagRole')), ...associatedWith('aws:PrincipalTag/team') }, UNKNOWN],
  ['can tag objects, for whose tags a policy of a user asks', {
    ...byHandler(allow('s3:PutObjectTagging')), User: { Type: 'AWS::IAM::User', Properties: { Policies: askingFor('s3:ExistingObjectTag/team').Other.Properties.Policies } },
  }, OF_BUCKET],
  ['can open the instance metadata of nodes', byHandler(allow('ec2:ModifyInstanceMetadataOptions')), UNKNOWN],
  ['can grant access to objects', byHandler(allow('s3:CreateAccessGrant', 'arn:aws:s3:us-west-2:111122223333:access-grants/default/*')), OF_BUCKET],
  ['starts code on instances', byHandler(allow('ssm:SendCommand')), UNKNOWN],
  ['starts a job, which can change policies', {
    ...byHandler(allow('glue:StartJobRun')), Job: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('JobRole') } }, JobRole: role(trusted('glue.amazonaws.com'), allow('iam:*')),
  }, UNKNOWN],
  ['changes a canary, whose role can change policies', {
    ...byHandler(allow('synthetics:UpdateCanary')),
    Canary: { Type: 'AWS::Synthetics::Canary', Properties: { ExecutionRoleArn: arnOf('CanaryRole') } },
    CanaryRole: role(trusted('lambda.amazonaws.com'), allow('iam:*')),
  }, UNKNOWN],
  ['assumes a role that names it in its trust policy', { ...byHandler(), Admin: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('HandlerRole') } }, allow('*')) }, UNKNOWN],
  ['starts another one, which can change policies', framework(allow('iam:PutRolePolicy')), UNKNOWN],
  ['starts another one by its URL, which can change policies', { ...framework(allow('iam:PutRolePolicy')), ...byHandler(allow('lambda:InvokeFunctionUrl', arnOf('OnEvent'))) }, UNKNOWN],
  ['starts another one, which can change nothing', framework(allow('s3:PutObject')), CERTAIN],
  ['starts another version of itself', byHandler(invoke({ 'Fn::Join': ['', [arnOf('Handler'), ':*']] })), CERTAIN],
  ['starts a function outside the templates', byHandler(invoke('arn:aws:lambda:us-west-2:111122223333:function:other')), UNKNOWN],
  ['starts any function', byHandler(invoke('*')), UNKNOWN],
  ['starts a state machine, which can change policies', machine, UNKNOWN],
  ['can change the code of a function, which can change policies', { ...framework(allow('iam:PutRolePolicy')), ...byHandler(allow('lambda:UpdateFunctionCode', arnOf('OnEvent'))) }, UNKNOWN],
  ['assumes another role', getting('sts:AssumeRole'), UNKNOWN],
  ['passes another role', getting('iam:PassRole'), UNKNOWN],
  ['reads objects only', byHandler(allow(['s3:GetObject', 'logs:CreateLogStream', 'ssm:GetParameter'])), CERTAIN],
  ['is denied what it is allowed', byHandler(allow('iam:*'), deny('*')), CERTAIN],
])('a custom resource whose function %s', (_, resources, expected) => {
  expect(answers(resources)).toEqual(expected);
});

test.each<[string, object, string[]]>([
  ['a bucket lets its function change the policy', {
    ...byHandler(),
    Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: allow('s3:PutBucketPolicy', BUCKET, { Principal: { AWS: arnOf('HandlerRole') } }) } } },
  }, OF_BUCKET],
  ['its function is not in the templates', { Seed: custom('arn:aws:lambda:us-west-2:111122223333:function:other') }, UNKNOWN],
  ['its function is imported', { Seed: custom({ 'Fn::ImportValue': 'other' }) }, UNKNOWN],
  ['it notifies a topic', { Topic: { Type: 'AWS::SNS::Topic' }, Seed: custom({ Ref: 'Topic' }) }, UNKNOWN],
  ['the role of its function is not in the templates', { ...byHandler(), Handler: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/other' } } }, UNKNOWN],
  ['it has the general type', { ...byHandler(allow('iam:*')), Seed: custom(arnOf('Handler'), {}, 'AWS::CloudFormation::CustomResource') }, UNKNOWN],
  ['it triggers another function', { ...framework(allow('iam:PutRolePolicy')), ...byHandler(), Seed: custom(arnOf('Handler'), { HandlerArn: arnOf('OnEvent') }, 'Custom::Trigger') }, UNKNOWN],
  ['it calls IAM', sdkCall('IAM', 'putRolePolicy'), UNKNOWN],
  ['it calls EKS', sdkCall('@aws-sdk/client-eks', 'CreatePodIdentityAssociationCommand'), UNKNOWN],
  ['it calls S3 to change a policy', sdkCall('S3', 'putBucketPolicy'), OF_BUCKET],
  ['it invokes another function', { ...framework(allow('iam:*')), Seed: sdkCall('Lambda', 'invoke').Seed }, UNKNOWN],
  ['it calls a service that is not known', { ...sdkCall('Nothing', 'putPolicy'), ...byHandler(allow('iam:*')), Seed: sdkCall('Nothing', 'putPolicy').Seed }, UNKNOWN],
  ['it runs a version of a function that can change nothing', { ...byHandler(), Version: version('Handler'), Seed: custom({ Ref: 'Version' }) }, CERTAIN],
  ['it runs a version of a function that can change policies', { ...byHandler(allow('iam:*')), Version: version('Handler'), Seed: custom({ Ref: 'Version' }) }, UNKNOWN],
  ['it calls Parameter Store to read', sdkCall('SSM', 'getParameter'), CERTAIN],
  ['its calls cannot be read, and its function can change nothing', { ...sdkCall('IAM', 'putRolePolicy'), Seed: custom(arnOf('Handler'), { Create: { Ref: 'Call' }, InstallLatestAwsSdk: false }, 'Custom::AWS') }, CERTAIN],
  ['it is one of aws-cdk', { ...byHandler(allow('*')), Seed: custom(arnOf('Handler'), {}, 'Custom::S3AutoDeleteObjects') }, CERTAIN],
])('a custom resource where %s', (_, resources, expected) => {
  expect(answers(resources)).toEqual(expected);
});

const CAPABILITY = { Type: 'AWS::EKS::Capability', Properties: { ClusterName: 'prod', Type: 'ACK', RoleArn: arnOf('CapabilityRole') } };
const capability = (...statements: object[]) => ({ Capability: CAPABILITY, CapabilityRole: role(trusted('capabilities.eks.amazonaws.com'), ...statements) });

test.each<[string, object, string[]]>([
  ['can create roles', capability(allow('iam:*')), UNKNOWN],
  ['can change policies of buckets', capability(allow('s3:*', [BUCKET, `${BUCKET}/*`])), OF_BUCKET],
  ['can create queues', capability(allow('sqs:CreateQueue')), CERTAIN],
])('a capability of the cluster that %s', (_, resources, expected) => {
  expect(answers(resources)).toEqual(expected);
});

describe('a custom resource whose function has access to the Kubernetes API', () => {
  const entry = (ClusterName: string) => ({ ...byHandler(), Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName, PrincipalArn: arnOf('HandlerRole') } } });

  test.each([['the cluster of the pods', 'prod', UNKNOWN], ['another cluster', 'other', CERTAIN]])('of %s', (_, cluster, expected) => {
    const asked = accessWith(entry(cluster)).pod({ serviceAccountName: 'app', cluster: 'prod' });
    expect(Object.values(QUESTIONS).map((action) => asked.decide(action, action === QUESTIONS.objects ? { resource: `${BUCKET}/key` } : {}).outcome)).toEqual(expected);
  });
});

test('who is in aws-auth has access to the Kubernetes API', () => {
  const mapRoles = JSON.stringify([{ rolearn: '${HandlerRole.Arn}', groups: ['system:masters'] }]);
  const AwsAuth = objects({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: { mapRoles } });
  expect(answers({ ...byHandler(), AwsAuth })).toEqual(UNKNOWN);
});

test('who can change the policy of a key can take what needs the key', () => {
  const Key = { Type: 'AWS::KMS::Key', Properties: {} };
  const encrypted = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'reports', BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arnOf('Key') } }] } } };
  const Role = accountRole('default:app', allow(['s3:*', 'kms:*']));
  expect(answers({ Key, Bucket: encrypted, Role, ...byHandler() })[2]).toBe('ALLOWED');
  expect(answers({ Key, Bucket: encrypted, Role, ...byHandler(allow('kms:PutKeyPolicy')) })[2]).toBe('UNKNOWN');
});

test('what is not known says why, and how to state that it changes nothing', () => {
  const access = accessWith(byHandler(allow(['iam:PutRolePolicy', 'iam:AttachRolePolicy'], arnOf('Role'))));
  const { missing } = access.pod({ serviceAccountName: 'app' }).decide(QUESTIONS.buckets);
  expect(missing).toEqual(['the custom resource Seed, of type Custom::Seed, can change access: its code is not read, and role HandlerRole may request iam:AttachRolePolicy '
    + 'and 1 other such requests for role Role. It can change decisions about whoever can get credentials of role Role. If it changes nothing: changesNothing: ["stack/Seed"]']);
  const stated = access.assume({ changesNothing: ['stack/Seed'] });
  stated.pod({ serviceAccountName: 'app' }).assertDenied(QUESTIONS.buckets);
});

test('a request of which the effect is not known can be stated to change nothing', () => {
  const access = accessWith(byHandler(allow('iot:Publish')));
  expect(access.pod({ serviceAccountName: 'app' }).decide(QUESTIONS.buckets).outcome).toBe('UNKNOWN');
  access.assume({ changesNothing: ['iot:Publish'] }).pod({ serviceAccountName: 'app' }).assertDenied(QUESTIONS.buckets);
});
