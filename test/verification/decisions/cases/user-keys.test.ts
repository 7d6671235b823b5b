import { ALLOWED, complete, decide, DENIED, reader, UNKNOWN } from './questions';
import { verification } from '../../../../lib';
import { writeAssembly } from '../../assemblies';
import { account, allow, arnOf, clusterTemplate, deny, job, objects, role } from '../../templates';

const SECRET_KEY = { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] };
const LIST_BUCKETS = 's3:ListAllMyBuckets';
const policy = (...statements: object[]) => [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }];
const user = (properties: object = { Policies: policy(allow(LIST_BUCKETS)) }) => ({
  Mailer: { Type: 'AWS::IAM::User', Properties: properties }, Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'Mailer' } } },
});
const [ALLOWS_NOTHING, ALLOWS_LIST] = [policy(allow('sqs:ListQueues')), policy(allow(LIST_BUCKETS))];
const USER = user();
const Secret = { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: { 'Fn::Sub': '{"key":"${Key.SecretAccessKey}"}' } } };
const READS_SECRET = allow('secretsmanager:GetSecretValue', { Ref: 'Secret' });
const parameter = { Type: 'AWS::SSM::Parameter', Properties: { Name: '/app/key', Type: 'String', Value: SECRET_KEY } };
const lambda = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'mail', Role: arnOf('Runner'), Environment: { Variables: { KEY: SECRET_KEY } } } };
const Runner = role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } });
const PARAMETER_ARN = 'arn:aws:ssm:us-west-2:111122223333:parameter';
const applied = (object: object, path: string, Value: object = SECRET_KEY) => ({
  Type: 'Custom::KubernetesObjects', Properties: { Cluster: arnOf('Cluster'), Objects: [{ Json: JSON.stringify(object), Values: [{ Path: path, Value }] }] },
});
const synced = (kind: string, namespace: string, key = '${Secret}') =>
  objects({ apiVersion: 'external-secrets.io/v1', kind, metadata: { name: 'key', namespace }, spec: { target: { name: 'aws' }, dataFrom: [{ extract: { key } }] } });
const external = (source: object) =>
  ({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'key', namespace: 'default' }, spec: { dataFrom: [source] } });
const PART_OF_ARN = { 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Secret' }] }] };
const named = (Name: string) => ({ ...Secret, Properties: { ...Secret.Properties, Name } });
const kubernetesSecret = (namespace: string) => applied({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'aws', namespace }, stringData: {} }, '/stringData/key');
const mailJob = (serviceAccount: string, value: object = SECRET_KEY) =>
  applied(job('mail', serviceAccount, { containers: [{ name: 'main', env: [{ name: 'SMTP_SECRET' }] }] }), '/spec/template/spec/containers/0/env/0/value', value);
const copy = (value: string, Name = '/app/copy') => ({ Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value: { 'Fn::Sub': value } } });
const READS_COPY = allow('ssm:GetParameter', `${PARAMETER_ARN}/app/copy`);
const chart = (values: object) => ({ Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Namespace: 'default', Values: values } });

const LONG = 'x'.repeat(1500);
const LONG_TEXT = { 'Fn::Join': ['', [LONG, '|', SECRET_KEY]] };
const ofLongText = (text: object) => ({ Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: text } });

const podOf = (serviceAccountName: string) => ({ template: { spec: { serviceAccountName, containers: [{ name: 'main' }] } } });
const RAY = { headGroupSpec: podOf('other'), workerGroupSpecs: [podOf('other')] };

const Task = { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'mail', Environment: [{ Name: 'KEY', Value: SECRET_KEY }] }] } };

test.each(complete([
  ['a secret that the pod may read', { ...reader([READS_SECRET]), ...USER, Secret }, UNKNOWN],
  ['a key of a user outside the templates, to whom they attach a policy', {
    ...reader([READS_SECRET]),
    Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'legacy' } },
    Sends: { Type: 'AWS::IAM::UserPolicy', Properties: { UserName: 'legacy', ...policy(allow('sqs:SendMessage'))[0] } },
    Secret,
  }, UNKNOWN],
  ['a secret that the pod may read by a wildcard', { ...reader([allow('secretsmanager:Get*')]), ...USER, Secret }, UNKNOWN],
  ['a secret whose own policy lets the pod read it', {
    ...reader(),
    ...USER,
    Secret,
    Policy: {
      Type: 'AWS::SecretsManager::ResourcePolicy',
      Properties: {
        SecretId: { Ref: 'Secret' },
        ResourcePolicy: { Version: '2012-10-17', Statement: [{ ...allow('secretsmanager:GetSecretValue'), Principal: { AWS: arnOf('Reader') } }] },
      },
    },
  }, UNKNOWN],
  ['a secret that the pod may read with a role that it assumes', {
    ...reader([allow('sts:AssumeRole', arnOf('Second'))]),
    ...USER,
    Secret,
    Second: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Reader') } }, READS_SECRET),
  }, UNKNOWN],
  ['a secret that the pod may not read', { ...reader([deny('secretsmanager:*')]), ...USER, Secret }, DENIED],
  ['another secret than the one that the pod may read', {
    ...reader([allow('secretsmanager:GetSecretValue', { Ref: 'Other' })]),
    ...USER,
    Secret: { ...Secret, Properties: { ...Secret.Properties, Name: 'mailer' } },
    Other: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'other' } },
  }, DENIED],
  ['a parameter that the pod may read', { ...reader([allow('ssm:GetParameter', `${PARAMETER_ARN}/app/key`)]), ...USER, Parameter: parameter }, UNKNOWN],
  ['a parameter that the pod may read by its path', { ...reader([allow('ssm:GetParametersByPath', `${PARAMETER_ARN}/app`)]), ...USER, Parameter: parameter }, UNKNOWN],
  ['a parameter, while the pod may read another', { ...reader([allow('ssm:GetParameter', `${PARAMETER_ARN}/other`)]), ...USER, Parameter: parameter }, DENIED],
  ['a function whose environment the pod may read', { ...reader([allow('lambda:GetFunctionConfiguration')]), ...USER, Runner, Function: lambda }, UNKNOWN],
  ['a function that the pod may only call', { ...reader([allow('lambda:InvokeFunction')]), ...USER, Runner, Function: lambda }, DENIED],
  ['a container definition that the pod may read', { ...reader([allow('ecs:DescribeTaskDefinition')]), ...USER, Task }, UNKNOWN],
  ['a container definition that AWS Config recorded', { ...reader([allow('config:GetResourceConfigHistory')]), ...USER, Task }, UNKNOWN],
  ['a container definition, whose compliance the pod may read', { ...reader([allow('config:GetComplianceDetailsByResource')]), ...USER, Task }, DENIED],
  ['a secret, of which AWS Config records no value', { ...reader([allow('config:GetResourceConfigHistory')]), ...USER, Secret }, DENIED],
  ['the environment of the pod', { ...reader(), ...USER, Work: mailJob('app') }, UNKNOWN],
  ['the environment of a pod of another service account', { ...reader(), ...USER, Other: objects(account('other')), Work: mailJob('other') }, DENIED],
  ['a Secret in the namespace of the pod', { ...reader(), ...USER, Work: kubernetesSecret('default') }, UNKNOWN],
  ['a secret that a controller copies to the namespace of the pod', { ...reader(), ...USER, Secret, Synced: synced('ExternalSecret', 'default') }, UNKNOWN],
  ['a secret that a controller copies to another namespace', { ...reader(), ...USER, Secret, Synced: synced('ExternalSecret', 'other') }, DENIED],
  ['a secret that a controller copies to all namespaces', { ...reader(), ...USER, Secret, Synced: synced('ClusterExternalSecret', 'other') }, UNKNOWN],
  ['a secret with a name that a controller copies', { ...reader(), ...USER, Secret: named('mailer'), Synced: synced('ExternalSecret', 'default', 'mailer') }, UNKNOWN],
  ['a secret that a controller copies by a part of its ARN', {
    ...reader(), ...USER, Secret, Synced: applied(external({ extract: {} }), '/spec/dataFrom/0/extract/key', PART_OF_ARN),
  }, UNKNOWN],
  ['a secret, while a controller copies what it finds', { ...reader(), ...USER, Secret: named('mailer'), Synced: objects(external({ find: { name: { regexp: 'mail' } } })) }, UNKNOWN],
  ['a secret, while a controller copies another one', { ...reader(), ...USER, Secret: named('mailer'), Synced: synced('ExternalSecret', 'default', 'other') }, DENIED],
  ['a Secret in another namespace', { ...reader(), ...USER, Work: kubernetesSecret('other') }, DENIED],
  ['a Secret in another namespace, and the pod may act in the cluster', {
    ...reader(), ...USER, Work: kubernetesSecret('other'), Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Reader') } },
  }, UNKNOWN],
  ['a Secret in another namespace, of a user who may do something else, and the pod may act in the cluster', {
    ...reader(),
    ...user({ Policies: policy(allow('sqs:ListQueues')) }),
    Work: kubernetesSecret('other'),
    Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Reader') } },
  }, DENIED],
  ['a Secret in another namespace, and the pod gets the role of its node', {
    ...reader(),
    ...USER,
    Work: kubernetesSecret('other'),
    Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: arnOf('NodeRole'), AmiType: 'BOTTLEROCKET_x86_64' } },
  }, UNKNOWN],
  ['the environment of a pod of another service account, and the pod may act in the cluster', {
    ...reader(), ...USER, Other: objects(account('other')), Work: mailJob('other'), Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Reader') } },
  }, UNKNOWN],
  ['an object of a kind that is not known, with templates of pods of another service account', {
    ...reader(), ...USER, Other: objects(account('other')), Work: applied({ apiVersion: 'ray.io/v1', kind: 'RayCluster', metadata: { name: 'ray', namespace: 'default' }, spec: RAY }, '/spec/key'),
  }, UNKNOWN],
  ['an object of a kind that is not known, in another namespace', {
    ...reader(), ...USER, Work: applied({ apiVersion: 'mail.example.com/v1', kind: 'Mailer', metadata: { name: 'mailer', namespace: 'other' }, spec: {} }, '/spec/key'),
  }, UNKNOWN],
  ['the values of a Helm chart', { ...reader(), ...USER, Chart: chart({ 'Fn::Sub': '{"key":"${Key.SecretAccessKey}"}' }) }, UNKNOWN],
  ['a custom resource, which may keep it anywhere', { ...reader(), ...USER, Password: { Type: 'Custom::Password', Properties: { ServiceToken: arnOf('Function'), Key: SECRET_KEY } }, Runner, Function: { ...lambda, Properties: { FunctionName: 'password', Role: arnOf('Runner') } } }, UNKNOWN],
  ['a long text in a secret that the pod may read', { ...reader([READS_SECRET]), ...USER, Secret: ofLongText({ 'Fn::Base64': LONG_TEXT }) }, UNKNOWN],
  ['a part of a long text in a secret that the pod may read', {
    ...reader([READS_SECRET]), ...USER, Secret: ofLongText({ 'Fn::Base64': { 'Fn::Join': ['', ['key=', { 'Fn::Select': [1, { 'Fn::Split': ['|', LONG_TEXT] }] }]] } }),
  }, UNKNOWN],
  ['a long text without it in a secret that the pod may read', { ...reader([READS_SECRET]), ...USER, Secret: ofLongText({ 'Fn::Base64': { 'Fn::Join': ['', [LONG, { Ref: 'Cluster' }]] } }) }, DENIED],
  ['a parameter that copies a secret', { ...reader([READS_COPY]), ...USER, Secret, Copy: copy('{{resolve:secretsmanager:${Secret}}}') }, UNKNOWN],
  ['a parameter that copies one of the values of a secret', { ...reader([READS_COPY]), ...USER, Secret, Copy: copy('{{resolve:secretsmanager:${Secret}:SecretString:key::}}') }, UNKNOWN],
  ['a parameter that copies a secret by its name', { ...reader([READS_COPY]), ...USER, Secret: named('mailer'), Copy: copy('{{resolve:secretsmanager:mailer}}') }, UNKNOWN],
  ['a parameter that copies a secret by a part of its ARN', {
    ...reader([READS_COPY]), ...USER, Secret: named('mailer'), Copy: copy('{{resolve:secretsmanager:arn:aws:secretsmanager:us-west-2:111122223333:secret:mailer}}'),
  }, UNKNOWN],
  ['a parameter that copies a secret by the Parameter Store', {
    ...reader([READS_COPY]), ...USER, Secret: named('mailer'), Copy: copy('{{resolve:ssm-secure:/aws/reference/secretsmanager/mailer}}'),
  }, UNKNOWN],
  ['a parameter that copies a parameter that copies a secret', {
    ...reader([READS_COPY]), ...USER, Secret, Copy: copy('{{resolve:ssm:${First}:1}}'), First: copy('{{resolve:secretsmanager:${Secret}}}', '/app/first'),
  }, UNKNOWN],
  ['the environment of the pod, as a copy of a secret', { ...reader(), ...USER, Secret, Work: mailJob('app', { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}}}' }) }, UNKNOWN],
  ['a parameter, while another one copies another secret', {
    ...reader([READS_COPY]), ...USER, Secret, Other: { Type: 'AWS::SecretsManager::Secret', Properties: {} }, Copy: copy('{{resolve:secretsmanager:${Other}}}'),
  }, DENIED],
  ['a parameter, while another one copies a secret outside the templates', { ...reader([READS_COPY]), ...USER, Secret, Copy: copy('{{resolve:secretsmanager:database}}') }, DENIED],
  ['nothing', { ...reader([allow('secretsmanager:*')]), ...USER }, DENIED],
  ['a secret, of a user who may do something else', { ...reader([READS_SECRET]), ...user({ Policies: policy(allow('sqs:ListQueues')) }), Secret }, DENIED],
  ['a secret, of a user with an attached policy', {
    ...reader([READS_SECRET]), ...user({}), Secret, Policy: { Type: 'AWS::IAM::Policy', Properties: { ...policy(allow(LIST_BUCKETS))[0], Users: [{ Ref: 'Mailer' }] } },
  }, UNKNOWN],
  ['a secret, of a user with a policy of its own type', {
    ...reader([READS_SECRET]), ...user({}), Secret, Policy: { Type: 'AWS::IAM::UserPolicy', Properties: { ...policy(allow(LIST_BUCKETS))[0], UserName: { Ref: 'Mailer' } } },
  }, UNKNOWN],
  ['a secret, of a user with a managed policy', { ...reader([READS_SECRET]), ...user({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] }), Secret }, UNKNOWN],
  ['a secret, of a user in a group', {
    ...reader([READS_SECRET]), ...user({ Groups: [{ Ref: 'Group' }] }), Secret, Group: { Type: 'AWS::IAM::Group', Properties: { Policies: policy(allow(LIST_BUCKETS)) } },
  }, UNKNOWN],
  ['a secret, of a user outside the templates', {
    ...reader([READS_SECRET]), Secret, Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'mailer' } },
  }, UNKNOWN],
  ['a secret, of a user who may assume a role that allows it', {
    ...reader([READS_SECRET]),
    ...user({ Policies: policy(allow('sts:AssumeRole', arnOf('Second'))) }),
    Secret,
    Second: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Mailer') } }, allow(LIST_BUCKETS)),
  }, UNKNOWN],
  ['a secret, of a user whose permissions the pod may raise', {
    ...reader([READS_SECRET, allow('iam:PutUserPolicy', arnOf('Mailer'))]), ...user({}), Secret,
  }, UNKNOWN],
  ['a secret, and the role of the pod allows it', { ...reader([READS_SECRET, allow(LIST_BUCKETS)]), ...USER, Secret }, ALLOWED],
]))('of a key of a user that is in %s', (_, resources, outcome) => {
  expect(decide(resources, { action: LIST_BUCKETS }).outcome).toBe(outcome);
});

const OPEN_NODES = { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: arnOf('NodeRole'), AmiType: 'BOTTLEROCKET_x86_64' } };
const LaunchTemplate = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { UserData: { 'Fn::Base64': { 'Fn::Sub': 'SECRET=${Key.SecretAccessKey}' } } } } };
const Bastion = {
  Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' } }, Metadata: { 'AWS::CloudFormation::Init': { config: { files: { '/etc/key': { content: SECRET_KEY } } } } },
};
const WITH_BASTION = {
  Bastion,
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'BastionRole' }] } },
  BastionRole: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }, allow('ssmmessages:CreateControlChannel')),
};

test.each(complete([
  ['user data, and the pod does not reach the instance metadata', { ...reader(), ...USER, LaunchTemplate }, DENIED],
  ['user data, and the pod reaches the instance metadata', { ...reader(), ...USER, LaunchTemplate, Nodes: OPEN_NODES }, UNKNOWN],
  ['user data, and the node asks', { ...reader(), ...USER, LaunchTemplate }, UNKNOWN, { node: 'nodes' }],
  ['user data that the pod may read', { ...reader([allow('ec2:DescribeLaunchTemplateVersions')]), ...USER, LaunchTemplate }, UNKNOWN],
  ['metadata of another instance', { ...reader(), ...USER, ...WITH_BASTION }, DENIED],
  ['metadata of another instance, on which the pod may run commands', { ...reader([allow('ssm:SendCommand')]), ...USER, ...WITH_BASTION }, UNKNOWN],
  ['metadata that the pod may read', { ...reader([allow('cloudformation:DescribeStackResource')]), ...USER, ...WITH_BASTION }, UNKNOWN],
  ['no user data, and the pod reaches the instance metadata', { ...reader(), ...USER, Nodes: OPEN_NODES, Secret }, DENIED],
]))('of a key of a user that is in %s', (_, resources, outcome, question) => {
  expect(decide(resources, { action: LIST_BUCKETS, ...question }).outcome).toBe(outcome);
});

test.each([
  ['may be described', 'cloudformation:DescribeStacks', {}, UNKNOWN],
  ['may be described by AWS Config', 'config:SelectResourceConfig', {}, UNKNOWN],
  ['may be listed', 'cloudformation:ListExports', { Export: { Name: 'key' } }, UNKNOWN],
  ['is not exported, and exports may be listed', 'cloudformation:ListExports', {}, DENIED],
])('of a key in an output that %s', (_, action, output, outcome) => {
  const sections = { Outputs: { Key: { Value: SECRET_KEY, ...output } } };
  expect(decide({ ...reader([allow(action)]), ...USER }, { action: LIST_BUCKETS }, sections).outcome).toBe(outcome);
});

test.each(complete([
  ['may be that of the key', {}, UNKNOWN],
  ['is a parameter of the templates by default, which a deployment can replace', { Default: '/app/other' }, UNKNOWN],
  ['can only be the ID of an image', { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' }, DENIED],
]))('of a key in a parameter, while the name of a value in the environment of the pod %s', (_, more, outcome) => {
  const sections = { Parameters: { Name: { Type: 'AWS::SSM::Parameter::Value<String>', ...more } } };
  expect(decide({ ...reader(), ...USER, Parameter: parameter, Work: mailJob('app', { Ref: 'Name' }) }, { action: LIST_BUCKETS }, sections).outcome).toBe(outcome);
});

test('the answer says where the key is, and who may read it', () => {
  const { missing, outcomeByDefault } = decide({ ...reader([READS_SECRET]), ...USER, Secret }, { action: LIST_BUCKETS });
  expect(outcomeByDefault).toBe(DENIED);
  expect(missing).toEqual(['role Reader may request secretsmanager:GetSecretValue, and so might get the access key Key of user Mailer, which is in Secret']);
});

test('keys of the user itself are those of the user name in its policies', () => {
  const own = user({ Policies: policy(allow('s3:ListAllMyBuckets', '*', { Condition: { StringLike: { 'aws:username': '*' } } })) });
  expect(decide({ ...reader([READS_SECRET]), ...own, Secret }, { action: LIST_BUCKETS }).outcome).toBe(UNKNOWN);
});

test.each([['first', ALLOWS_NOTHING, UNKNOWN], ['last', ALLOWS_LIST, DENIED]])('of two users with one name in two accounts, it is that of its own account, also if that is not the %s', (_, ofOther, outcome) => {
  const mailer = (Policies: object) => ({ Type: 'AWS::IAM::User', Properties: { UserName: 'mailer', Policies } });
  const [own] = [ALLOWS_NOTHING, ALLOWS_LIST].filter((each) => each !== ofOther);
  const app = { ...reader([READS_SECRET]), Mailer: mailer(own), Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'mailer' } }, Secret };
  const access = verification.PodAccess.fromAssembly(writeAssembly({
    A: { environment: 'aws://444455556666/eu-west-1', template: { Resources: { Mailer: mailer(ofOther) } } },
    B: { environment: 'aws://111122223333/eu-west-1', template: clusterTemplate(app).stack },
  }));
  expect(access.pod({ serviceAccountName: 'app' }).decide(LIST_BUCKETS).outcome).toBe(outcome);
});

test('the answer says how pods might get a key that other pods have', () => {
  const Entry = { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Reader') } };
  const { missing } = decide({ ...reader(), ...USER, Work: kubernetesSecret('other'), Entry }, { action: LIST_BUCKETS });
  expect(missing).toEqual(['whether pods act in the cluster with role Reader, which has access to it, run pods or get tokens of other pods, and with them the credentials of user Mailer']);
});
