import { App, Aws, CfnCondition, CfnParameter, CfnResource, CustomResource, Fn, Lazy, NestedStack, SecretValue, Stack, Token } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnSecretTargetAttachment } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { isOpen } from '../../lib/private/open-tokens';

const stack = new Stack(new App(), 'Stack');
const other = new Stack(stack.node.root as App, 'Other');
const nested = new NestedStack(stack, 'Nested');
const assumedBy = new iam.AccountRootPrincipal();
const open = new CfnParameter(stack, 'Open').valueAsString;
let count = 0;
const parameter = (type: string, allowedValues?: string[]) => new CfnParameter(stack, `Parameter${count++}`, { type, allowedValues });
const matching = (allowedPattern: string, type = 'String') => new CfnParameter(stack, `Parameter${count++}`, { type, allowedPattern }).valueAsString;
const role = (path?: string) => new iam.Role(stack, `Role${count++}`, { assumedBy, path });
const group = (autoScalingGroupName?: string) => new CfnAutoScalingGroup(stack, `Group${count++}`, { maxSize: '1', minSize: '0', autoScalingGroupName });
const custom = new CustomResource(stack, 'Custom', { serviceToken: 'arn' });
const resource = (type: string, properties: object = {}) => new CfnResource(stack, `Resource${count++}`, { type, properties });
const attribute = (type: string, name: string, properties?: object) => resource(type, properties).getAtt(name).toString();
const securityGroup = (groupName?: string) => new ec2.CfnSecurityGroup(stack, `SecurityGroup${count++}`, { groupDescription: 'a', groupName });
const provider = (url: string) => new iam.OpenIdConnectProvider(stack, `Provider${count++}`, { url });

function overridden(): string {
  const overriddenRole = role();
  (overriddenRole.node.defaultChild as CfnResource).addPropertyOverride('Path', open);
  return overriddenRole.roleArn;
}

test.each<[string, unknown]>([
  ['a literal, even a pattern', '*'],
  ['a pseudo parameter', Aws.ACCOUNT_ID],
  ['a pseudo parameter of a stack', stack.region],
  ['a text of closed tokens', `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${role().roleName}`],
  ['the name of a bucket, even if the name is open', new Bucket(stack, 'Bucket', { bucketName: open }).bucketName],
  ['the ARN of a bucket of another stack', new Bucket(other, 'Bucket').bucketArn],
  ['the ARN of a bucket of a nested stack', new Bucket(nested, 'Bucket').bucketArn],
  ['the ARN of a role', role().roleArn],
  ['the ARN of a role with a literal path', role('/team/').roleArn],
  ['the name of a role with an open path', role(`/${open}/`).roleName],
  ['the name of an Auto Scaling group that AWS generates', group().ref],
  ['the id of a VPC', new ec2.Vpc(stack, 'Vpc').vpcId],
  ['the id of a security group, even if its name is open', securityGroup(open).attrGroupId],
  ['the id or name of a security group with a name that AWS generates', securityGroup().ref],
  ['the name of a cluster of aws-eks', resource('Custom::AWSCDK-EKS-Cluster', { Config: { name: open } }).ref],
  ['the issuer of a cluster of aws-eks', attribute('Custom::AWSCDK-EKS-Cluster', 'OpenIdConnectIssuer')],
  ['the ARN of the OIDC provider of a cluster of aws-eks', provider(attribute('Custom::AWSCDK-EKS-Cluster', 'OpenIdConnectIssuerUrl')).openIdConnectProviderArn],
  ['an Availability Zone', Fn.select(0, Fn.getAzs())],
  ['a part of a closed value', Fn.select(1, Fn.split('/', role().roleArn))],
  ['a parameter whose values are listed', parameter('String', ['a', 'b']).valueAsString],
  ['a parameter of a type that CloudFormation checks', parameter('AWS::EC2::VPC::Id').valueAsString],
  ['a list of such a type', parameter('List<AWS::EC2::Subnet::Id>').valueAsList],
  ['the ARN of a SAML provider', new iam.SamlProvider(stack, 'Saml', { metadataDocument: iam.SamlMetadataDocument.fromXml('x'.repeat(1000)) }).samlProviderArn],
  ['a number', parameter('Number').valueAsNumber],
  ['a value that is determined later', Lazy.string({ produce: () => 'a' })],
])('%s is closed', (_, value) => {
  expect(isOpen(stack, value)).toBe(false);
});

test.each([
  ['AWS::ApiGateway::RestApi', 'Ref'],
  ['AWS::ApiGateway::Stage', 'Ref'],
  ['AWS::Athena::WorkGroup', 'Ref'],
  ['AWS::Bedrock::ApplicationInferenceProfile', 'InferenceProfileArn'],
  ['AWS::Bedrock::Guardrail', 'GuardrailArn'],
  ['AWS::Bedrock::KnowledgeBase', 'KnowledgeBaseArn'],
  ['AWS::CodeArtifact::Domain', 'Arn'],
  ['AWS::CodeArtifact::Repository', 'Arn'],
  ['AWS::Cognito::UserPool', 'Arn'],
  ['AWS::EC2::Instance', 'Ref'],
  ['AWS::EC2::VPCEndpoint', 'Ref'],
  ['AWS::ElastiCache::ReplicationGroup', 'Ref'],
  ['AWS::ElastiCache::User', 'Arn'],
  ['AWS::Events::EventBus', 'Arn'],
  ['AWS::KinesisFirehose::DeliveryStream', 'Arn'],
  ['AWS::Lambda::Alias', 'Ref'],
  ['AWS::Lambda::Version', 'Ref'],
  ['AWS::OpenSearchServerless::Collection', 'Arn'],
  ['AWS::OpenSearchService::Domain', 'Arn'],
  ['AWS::RDS::DBCluster', 'DBClusterResourceId'],
  ['AWS::RDS::DBInstance', 'DbiResourceId'],
  ['AWS::RDS::DBProxy', 'DBProxyArn'],
  ['AWS::S3::AccessPoint', 'Arn'],
  ['AWS::S3Express::DirectoryBucket', 'Arn'],
  ['AWS::StepFunctions::Activity', 'Ref'],
  ['AWS::StepFunctions::StateMachine', 'Ref'],
])('%s: %s is closed', (type, name) => {
  expect(isOpen(stack, name === 'Ref' ? resource(type).ref : attribute(type, name))).toBe(false);
});

test.each([
  ['AWS::ElastiCache::ServerlessCache', 'ARN', 'ServerlessCacheName'],
  ['AWS::MSK::Cluster', 'Arn', 'ClusterName'],
  ['AWS::MSK::ServerlessCluster', 'Arn', 'ClusterName'],
])('%s: %s is as open as %s', (type, name, property) => {
  expect(isOpen(stack, attribute(type, name, { [property]: 'a' }))).toBe(false);
  expect(isOpen(stack, attribute(type, name, { [property]: open }))).toBe(true);
});

test('the ARN of a role is open if a transform can add a path', () => {
  expect(isOpen(stack, attribute('AWS::IAM::Role', 'Arn', {}))).toBe(false);
  expect(isOpen(stack, attribute('AWS::IAM::Role', 'Arn', { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/key' } } }))).toBe(true);
});

test('the ARN of a secret that is attached to a database is as open as that of the secret', () => {
  const attached = (secretId: string) => new CfnSecretTargetAttachment(stack, `Attached${count++}`, { secretId, targetId: 'a', targetType: 'AWS::RDS::DBInstance' }).ref;
  expect(isOpen(stack, attached(resource('AWS::SecretsManager::Secret').ref))).toBe(false);
  expect(isOpen(stack, attached(open))).toBe(true);
});

test.each([
  '[a-z]+', '^[a-zA-Z0-9-]*$', '\\d{12}', '^\\d{12}$', '[\\w+=,.@-]{1,64}', '[_:/.@=+,]+', 'dev|prod', '(dev|prod)-[0-9]+', '(?:a/)?[a-z]{3,}', 'arn:aws:iam::\\d+:role/[\\w-]+', 'a\\.b', '[\\d]',
])('a parameter with the pattern %j is closed', (pattern) => {
  expect(isOpen(stack, matching(pattern))).toBe(false);
});

test.each([
  '', '.*', '[a-z].', '.+', '[^a]', '[+-=]', '[/-_]', '[A-z]', '[9-A]', '[ -~]', '\\W', '\\D', '\\S+', '\\*', '[*]', '\\$', '[a$]', '\\?', '(?!a)[a-z]', '(?=a)', '(?i)a', '(?s)a', '(?<n>a)', '[a-z&&[^b]]',
  '[a[*]]', '\\p{Punct}', '\\x2a', '\\u002a', '\\052', '\\Q*\\E', 'a|.*', '"', '\\\\', 'a^b', '[\\w-*]', '[\\d-z]', 'a{b}', '[a', '(?x)a #',
])('a parameter with the pattern %j is open', (pattern) => {
  expect(isOpen(stack, matching(pattern))).toBe(true);
});

test('a pattern of a list is for each of its items, and CloudFormation does not limit the list', () => {
  expect(isOpen(stack, new CfnParameter(stack, 'Listed', { type: 'CommaDelimitedList', allowedPattern: '[a-z]+' }).valueAsList)).toBe(true);
});

test.each<[string, unknown]>([
  ['a parameter whose list of values is empty', parameter('String', []).valueAsString],
  ['a value in the Parameter Store, whatever the names are', parameter('AWS::SSM::Parameter::Value<String>', ['/a', '/b']).valueAsString],
  ['values in the Parameter Store, whatever the names are', parameter('AWS::SSM::Parameter::Value<List<String>>', ['/a']).valueAsList],
  ['a value in the Parameter Store whose name matches a pattern', matching('/[a-z]+', 'AWS::SSM::Parameter::Value<String>')],
  ['a secret, whatever its pattern is', new CfnParameter(stack, 'Secret', { noEcho: true, allowedPattern: '[a-z]+' }).valueAsString],
  ['a parameter', open],
  ['a text with a parameter', `a-${open}`],
  ['a list with a parameter', ['a', open]],
  ['an object with a parameter', { a: { b: open } }],
  ['a number that CloudFormation does not check', Token.asNumber(custom.getAtt('Count'))],
  ['a list of strings', parameter('CommaDelimitedList').valueAsList],
  ['a parameter that allows a wildcard', parameter('String', ['a', '*']).valueAsString],
  ['the name of a key pair', parameter('AWS::EC2::KeyPair::KeyName').valueAsString],
  ['the name of a security group', parameter('AWS::EC2::SecurityGroup::GroupName').valueAsString],
  ['an attribute of a custom resource', custom.getAttString('Name')],
  ['the id of a custom resource', custom.ref],
  ['an output of a nested stack', nested.nestedStackResource!.getAtt('Outputs.Name').toString()],
  ['an import', Fn.importValue('Name')],
  ['the value of an SSM parameter', StringParameter.valueForStringParameter(stack, '/name')],
  ['the value of an SSM parameter of this app', new StringParameter(stack, 'Ssm', { stringValue: 'a' }).stringValue],
  ['a secret', SecretValue.secretsManager('name').toString()],
  ['a literal dynamic reference', '{{resolve:ssm:/name}}'],
  ['a value of a mapping', Fn.findInMap('Map', 'a', 'b')],
  ['a transformed value', Fn.transform('Name', {}).toString()],
  ['a reference by its name', Fn.ref('Open')],
  ['an attribute by its name', Fn.getAtt('Custom', 'Name').toString()],
  ['a part of an open value', Fn.select(0, Fn.split(',', open))],
  ['a branch that is open', Fn.conditionIf(new CfnCondition(stack, 'Condition').logicalId, 'a', open).toString()],
  ['a text of CloudFormation', Fn.sub('a-${Open}')],
  ['a value that is determined later', Lazy.string({ produce: () => open })],
  ['the ARN of a role with an open path', role(`/${open}/`).roleArn],
  ['the ARN of a role with a path that has a meaning', role('/a*/').roleArn],
  ['the ARN of a role with an overridden path', overridden()],
  ['the ARN of a resource without a construct of its type', attribute('AWS::IAM::Role', 'Arn', { Path: open })],
  ['the name of an Auto Scaling group with an open name', group(open).ref],
  ['the id or name of a security group with an open name', securityGroup(open).ref],
  ['the key of a cluster of aws-eks', attribute('Custom::AWSCDK-EKS-Cluster', 'EncryptionConfigKeyArn')],
  ['the ARN of an OIDC provider with an open URL', provider(open).openIdConnectProviderArn],
  ['an attribute that is not in the table', attribute('AWS::S3::Bucket', 'Other')],
  ['a resource of a type that is not in the table', resource('AWS::Unknown::Type').ref],
])('%s is open', (_, value) => {
  expect(isOpen(stack, value)).toBe(true);
});
