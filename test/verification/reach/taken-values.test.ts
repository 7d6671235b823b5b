import { accessIn, decisionIn, trusted } from './code-apps';
import { allow, arnOf, role } from '../templates';

const STORED = '{{resolve:ssm:/platform/x}}';
const SECTIONS = {
  Parameters: {
    Named: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/platform/x' },
    SsmParameterValueplatformxC96584B6F00A464EAD1953AFF4B05118Parameter: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/platform/x' },
    Cidr: { Type: 'String' },
  },
  Conditions: { IsOther: { 'Fn::Equals': [{ Ref: 'Cidr' }, 'x'] } },
};
const BY_CDK = { Ref: 'SsmParameterValueplatformxC96584B6F00A464EAD1953AFF4B05118Parameter' };

const entry = (PrincipalArn: unknown) => ({ Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn } } });
const other = (type: string, properties: object) => ({ It: { Type: type, Properties: properties } });
const provider = (Source: object) => other('AWS::RolesAnywhere::TrustAnchor', { Name: 'anchor', Source });
const binding = (subject: string) => ({
  Binding: {
    Type: 'Custom::KubernetesObjects',
    Properties: {
      Cluster: arnOf('Cluster'),
      Objects: [{
        Json: JSON.stringify({
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRoleBinding',
          metadata: { name: 'admins' },
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
          subjects: [{ kind: 'Group' }],
        }),
        Values: [{ Path: '/subjects/0/name', Value: subject }],
      }],
    },
  },
});
const PUT = allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/platform/*');
const PUT_OTHERS = allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/app/*');

/** What takes a value about access from the parameter `/platform/x`. */
const TAKING: Array<[string, object]> = [
  ['the principal of an access entry', entry(STORED)],
  ['a part of it', entry({ 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:role/${STORED}` })],
  ['it by a parameter of the stack', entry(BY_CDK)],
  ['it under a condition', entry({ 'Fn::If': ['IsOther', STORED, arnOf('NodeRole')] })],
  ['it as the parameter of the templates returns it', {
    ...entry({ 'Fn::GetAtt': ['Stored', 'Value'] }),
    Stored: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/platform/x', Type: 'String', Value: arnOf('NodeRole') } },
  }],
  ['the service account of an association', other('AWS::EKS::PodIdentityAssociation', {
    ClusterName: { Ref: 'Cluster' }, Namespace: 'others', ServiceAccount: STORED, RoleArn: arnOf('NodeRole'),
  })],
  ['the metadata of a SAML provider', other('AWS::IAM::SAMLProvider', { SamlMetadataDocument: STORED })],
  ['the certificate of a trust anchor', provider({ SourceType: 'CERTIFICATE_BUNDLE', SourceData: { X509CertificateData: STORED } })],
  ['the certificate authority of a trust anchor', provider({ SourceType: 'AWS_ACM_PCA', SourceData: { AcmPcaArn: STORED } })],
  ['a condition of a trust policy', {
    It: role({ ...trusted('lambda'), Condition: { StringEquals: { 'aws:SourceArn': STORED } } }, allow('s3:GetObject')),
  }],
  ['a resource of a policy', { It: role(trusted('lambda'), allow('s3:GetObject', STORED)) }],
  ['the principal of a bucket policy', other('AWS::S3::BucketPolicy', {
    Bucket: 'data', PolicyDocument: { Statement: [{ ...allow('s3:GetObject'), Principal: { AWS: STORED } }] },
  })],
  ['the policy of a key', other('AWS::KMS::Key', { KeyPolicy: { Statement: [{ ...allow('kms:*'), Principal: { AWS: STORED } }] } })],
  ['who may invoke a function', other('AWS::Lambda::Permission', { FunctionName: 'app', Action: 'lambda:InvokeFunction', Principal: STORED })],
  ['the role of a function', other('AWS::Lambda::Function', { Role: STORED, Code: { ZipFile: '' } })],
  ['the role of nodes', other('AWS::EKS::Nodegroup', { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'more', NodeRole: STORED, AmiType: 'AL2023_x86_64_STANDARD' })],
  ['the launch template of nodes', other('AWS::EKS::Nodegroup', {
    ClusterName: { Ref: 'Cluster' }, NodegroupName: 'more', NodeRole: arnOf('NodeRole'), LaunchTemplate: { Id: STORED, Version: '1' },
  })],
  ['the role of guests', other('AWS::Cognito::IdentityPoolRoleAttachment', { IdentityPoolId: 'eu-west-1:1', Roles: { unauthenticated: STORED } })],
  ['the subject of a role binding', binding(STORED)],
  ['what signs in the users of a server', other('AWS::Transfer::Server', { IdentityProviderType: 'AWS_LAMBDA', IdentityProviderDetails: { Function: STORED } })],
  ['the repository of a chart', other('Custom::AWSCDK-EKS-HelmChart', {
    ServiceToken: 'arn:aws:lambda:us-west-2:111122223333:function:kubectl', ClusterName: { Ref: 'Cluster' }, Release: 'r', Chart: 'app', Namespace: 'apps', Repository: STORED,
  })],
  ['a value for other Regions', other('Custom::CrossRegionExportReader', {
    ServiceToken: 'arn:aws:lambda:us-west-2:111122223333:function:reader',
    ReaderProps: { region: 'us-west-2', prefix: 'Eu', imports: { '/platform/x': STORED } },
  })],
];

test.each(TAKING)('who writes the parameter from which the next deployment takes %s might decide about access', (_, resources) => {
  const { outcome, missing } = decisionIn(SECTIONS, resources, PUT);
  expect(outcome).toBe('UNKNOWN');
  expect(missing).toContainEqual(expect.stringMatching(/^role Role may request ssm:PutParameter, and so might decide what the next deployment takes for \w+ of [\w ]+ from (?!Fn::|condition )/));
});

test('who writes the parameter with the subject of a role binding decides about the subject', () => {
  expect(accessIn(SECTIONS, binding(STORED)).findings.map(({ id }) => id)).not.toContain('unreadable-object');
  expect(decisionIn(SECTIONS, binding(STORED), PUT).missing).toContainEqual(expect.stringContaining('what the next deployment takes for subjects of ClusterRoleBinding admins from '));
});

test.each(TAKING)('who writes another parameter than that from which it takes %s does not decide about access', (_, resources) => {
  expect(decisionIn(SECTIONS, resources, PUT_OTHERS).missing).not.toContainEqual(expect.stringContaining('next deployment takes'));
});

test.each<[string, unknown, object]>([
  ['a parameter of which it takes a version', '{{resolve:ssm:/platform/x:3}}', PUT],
  ['a label of a parameter', '{{resolve:ssm:/platform/x}}', allow('ssm:LabelParameterVersion')],
  ['another secret', '{{resolve:secretsmanager:platform:SecretString:admin}}', allow('secretsmanager:PutSecretValue', 'arn:aws:secretsmanager:*:*:secret:app-*')],
])('who changes %s does not decide about access', (_, value, statement) => {
  expect(decisionIn(SECTIONS, entry(value), statement).outcome).toBe('DENIED');
});

test.each<[string, unknown, object]>([
  ['any parameter', STORED, allow('ssm:PutParameter')],
  ['a secret', '{{resolve:secretsmanager:platform:SecretString:admin}}', allow('secretsmanager:PutSecretValue', 'arn:aws:secretsmanager:*:*:secret:platform-*')],
  ['the stage of a secret', '{{resolve:secretsmanager:platform}}', allow('secretsmanager:UpdateSecretVersionStage')],
  ['a label', '{{resolve:ssm:/platform/x:live}}', allow('ssm:LabelParameterVersion')],
  ['a parameter whose name the deployment may change', { Ref: 'Named' }, PUT_OTHERS],
])('who changes %s might decide about access', (_, value, statement) => {
  expect(decisionIn(SECTIONS, entry(value), statement).outcome).toBe('UNKNOWN');
});

const OF_SECRETS = ['secretsmanager:CreateSecret', 'secretsmanager:DeleteSecret'];
const SECRET_ARN = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:platform';

test.each<[string, string, object[], string]>([
  ['by its name', 'platform', [allow(OF_SECRETS)], 'UNKNOWN'],
  ['by a part of its ARN', SECRET_ARN, [allow(OF_SECRETS)], 'UNKNOWN'],
  ['by its name, if both requests are about it', 'platform', OF_SECRETS.map((action) => allow(action, `${SECRET_ARN}-*`)), 'UNKNOWN'],
  ['by its name, if one of the requests is about another one', 'platform', [allow(OF_SECRETS[0]), allow(OF_SECRETS[1], 'arn:aws:secretsmanager:*:*:secret:app-*')], 'DENIED'],
  ['by its name, which stays', 'platform', [allow(OF_SECRETS[0])], 'DENIED'],
  ['by its name, which nobody makes again', 'platform', [allow(OF_SECRETS[1])], 'DENIED'],
  ['by its ARN, which another secret does not have', `${SECRET_ARN}-AbCdEf`, [allow(OF_SECRETS)], 'DENIED'],
])('who deletes a secret and makes it again might decide about access, or not: a secret %s', (_, name, statements, outcome) => {
  expect(decisionIn(SECTIONS, entry(`{{resolve:secretsmanager:${name}:SecretString:admin}}`), ...statements).outcome).toBe(outcome);
});

test.each<[string, object]>([
  ['an AMI', other('AWS::EC2::Instance', { ImageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}' })],
  ['a record of DNS', other('AWS::Route53::RecordSet', { HostedZoneId: STORED, Name: STORED, Type: 'A', ResourceRecords: [STORED] })],
  ['an address for messages', other('AWS::SNS::Subscription', { TopicArn: 'arn:aws:sns:us-west-2:111122223333:alarms', Protocol: 'email', Endpoint: STORED })],
  ['a password', other('AWS::RDS::DBInstance', { MasterUsername: 'app', MasterUserPassword: STORED })],
  ['an environment variable', other('AWS::Lambda::Function', { Role: arnOf('NodeRole'), Code: { ZipFile: '' }, Environment: { Variables: { Role: STORED } } })],
  ['the name and the tags of a bucket', other('AWS::S3::Bucket', { BucketName: STORED, Tags: [{ Key: 'role', Value: STORED }] })],
  ['subnets and sizes of nodes', other('AWS::EKS::Nodegroup', {
    ClusterName: { Ref: 'Cluster' },
    NodegroupName: 'more',
    NodeRole: arnOf('NodeRole'),
    AmiType: 'AL2023_x86_64_STANDARD',
    Subnets: [STORED],
    ScalingConfig: { MaxSize: STORED },
    ReleaseVersion: STORED,
  })],
  ['the version of an add-on', other('AWS::EKS::Addon', { ClusterName: { Ref: 'Cluster' }, AddonName: 'coredns', AddonVersion: STORED })],
  ['the secret of a client of a sign-in', other('AWS::Cognito::UserPoolIdentityProvider', {
    UserPoolId: 'us-west-2_1', ProviderName: 'Google', ProviderType: 'Google', ProviderDetails: { client_id: 'app', client_secret: STORED },
  })],
])('who writes the parameter from which the next deployment takes %s does not decide about access', (_, resources) => {
  expect(decisionIn(SECTIONS, resources, PUT).outcome).toBe('DENIED');
});

test('who runs the image of a parameter keeps the precise answer: other roles than that of the task stay out of reach', () => {
  const task = { TaskRoleArn: arnOf('Worker'), ContainerDefinitions: [{ Image: STORED }] };
  expect(decisionIn(SECTIONS, { Worker: role(trusted('ecs-tasks'), allow('sqs:ListQueues')), ...other('AWS::ECS::TaskDefinition', task) }, PUT).outcome).toBe('DENIED');
});

const lambda = (more: object = {}) => ({ Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Worker'), Code: { ZipFile: '' }, ...more } });
const Worker = role(trusted('lambda'), allow('logs:PutLogEvents'));
const custom = (properties: object) => ({ Worker, Code: lambda(), Other: lambda(), Found: { Type: 'Custom::Found', Properties: properties } });
const ofCustom = (properties: object = { ServiceToken: arnOf('Code') }) => ({ ...custom(properties), ...entry({ 'Fn::GetAtt': ['Found', 'Admin'] }) });
const sdk = (service: string, action: string, parameters: object) => ofCustom({
  ServiceToken: arnOf('Code'), InstallLatestAwsSdk: false, Create: JSON.stringify({ service, action, parameters, physicalResourceId: { id: '1' } }),
});
const BY_PROVIDER = { ...ofCustom(), Code: lambda({ Environment: { Variables: { USER_ON_EVENT_FUNCTION_ARN: arnOf('Inner') } } }), Inner: lambda() };
const ELSEWHERE = ofCustom({ ServiceToken: 'arn:aws:lambda:us-west-2:111122223333:function:platform' });
const MACRO = { ...custom({ ServiceToken: arnOf('Other') }), It: { Type: 'AWS::CloudFormation::Macro', Properties: { Name: 'Mine', FunctionName: arnOf('Code') } } };

test.each<[string, object, object]>([
  ['the function of a custom resource', ofCustom(), allow('lambda:UpdateFunctionCode', arnOf('Code'))],
  ['the function of a custom resource by an alias', {
    ...ofCustom({ ServiceToken: { Ref: 'Live' } }), Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Code' }, FunctionVersion: '1', Name: 'live' } },
  }, allow('lambda:UpdateFunctionCode', arnOf('Code'))],
  ['the table that it reads', sdk('DynamoDB', 'getItem', { TableName: 'admins' }), allow('dynamodb:UpdateItem', 'arn:aws:dynamodb:*:*:table/admins')],
  ['its layers', ofCustom(), allow('lambda:UpdateFunctionConfiguration', arnOf('Code'))],
  ['any function', ofCustom(), allow('lambda:UpdateFunctionCode')],
  ['the function behind its provider', BY_PROVIDER, allow('lambda:UpdateFunctionCode', arnOf('Inner'))],
  ['any function, and one outside the templates', ELSEWHERE, allow('lambda:UpdateFunctionCode')],
  ['the object with its code', {
    ...ofCustom(), Code: lambda({ Code: { S3Bucket: 'code', S3Key: 'found.zip' } }),
  }, allow('s3:PutObject', 'arn:aws:s3:::code/*')],
  ['the parameter that it reads', sdk('SSM', 'getParameter', { Name: '/platform/x' }), PUT],
  ['the secret that it reads', sdk('@aws-sdk/client-secrets-manager', 'GetSecretValueCommand', { SecretId: 'platform' }), allow('secretsmanager:PutSecretValue')],
  ['the object that it reads', sdk('S3', 'getObject', { Bucket: 'data', Key: 'admin' }), allow('s3:PutObject', 'arn:aws:s3:::data/*')],
  ['the function of a macro', MACRO, allow('lambda:UpdateFunctionCode', arnOf('Code'))],
  ['the function that a macro has under a condition', { ...MACRO, It: { ...MACRO.It, Properties: { Name: 'Mine', FunctionName: { 'Fn::If': ['IsOther', arnOf('Code'), arnOf('Other')] } } } }, allow('lambda:UpdateFunctionCode', arnOf('Code'))],
])('who changes %s might decide about access', (_, resources, statement) => {
  const { outcome, missing } = decisionIn(SECTIONS, resources, statement);
  expect(outcome).toBe('UNKNOWN');
  expect(missing).toContainEqual(expect.stringContaining('and so might decide what the next deployment takes for '));
});

test.each<[string, object, object]>([
  ['another function', ofCustom(), allow('lambda:UpdateFunctionCode', arnOf('Other'))],
  ['the function of a custom resource that returns something else', { ...custom({ ServiceToken: arnOf('Code') }), Out: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::GetAtt': ['Found', 'Name'] } } } }, allow('lambda:UpdateFunctionCode', arnOf('Code'))],
  ['another parameter than that which it reads', sdk('SSM', 'getParameter', { Name: '/platform/x' }), PUT_OTHERS],
  ['another function than that of a macro', MACRO, allow('lambda:UpdateFunctionCode', arnOf('Other'))],
])('who changes %s does not decide about access', (_, resources, statement) => {
  expect(decisionIn(SECTIONS, resources, statement).missing).toEqual([]);
});

const stack = (properties: object, Type = 'AWS::CloudFormation::Stack') => ({ It: { Type, Properties: properties } });
const IN_PATH = 'https://s3.us-west-2.amazonaws.com/templates/apps/it.json';
const INCLUDE = { Name: 'AWS::Include', Parameters: { Location: { 'Fn::Sub': 's3://templates/apps/it.json' } } };

/** What takes a template, or a part of one, from the bucket `templates`. */
const FROM_BUCKETS: Array<[string, object, object]> = [
  ['a nested stack', {}, stack({ TemplateURL: 'https://templates.s3.us-west-2.amazonaws.com/apps/it.json' })],
  ['a nested stack by a path', {}, stack({ TemplateURL: IN_PATH })],
  ['the stacks of a set', {}, stack({ TemplateURL: IN_PATH, PermissionModel: 'SELF_MANAGED', StackSetName: 'all' }, 'AWS::CloudFormation::StackSet')],
  ['a product', {}, stack({ ProvisioningArtifactParameters: [{ Info: { LoadTemplateFromURL: IN_PATH } }] }, 'AWS::ServiceCatalog::CloudFormationProduct')],
  ['an API', {}, stack({ BodyS3Location: { Bucket: 'templates', Key: 'apps/it.json' } }, 'AWS::ApiGateway::RestApi')],
  ['what a template includes', { Transform: [INCLUDE] }, {}],
  ['what the properties of a resource include', {}, { It: { Type: 'AWS::S3::Bucket', Properties: { 'Fn::Transform': INCLUDE } } }],
];

test.each(FROM_BUCKETS)('who writes the object with %s might decide about access', (_, sections, resources) => {
  const { outcome, missing } = decisionIn({ ...SECTIONS, ...sections }, resources, allow('s3:PutObject', 'arn:aws:s3:::templates/apps/*'));
  expect(outcome).toBe('UNKNOWN');
  expect(missing).toContainEqual(expect.stringMatching(/^role Role may request s3:PutObject, and so might decide what the next deployment takes for /));
});

test.each(FROM_BUCKETS)('who writes another object than that with %s does not', (_, sections, resources) => {
  expect(decisionIn({ ...SECTIONS, ...sections }, resources, allow('s3:PutObject', 'arn:aws:s3:::templates/data/*')).missing)
    .not.toContainEqual(expect.stringContaining('next deployment takes'));
});
