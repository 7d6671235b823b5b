import ARNS from './arns.cases.json';
import { shown } from './shown';
import { Assembly } from '../../../lib/verification/private/assembly/assembly';
import { Resolver } from '../../../lib/verification/private/resolution/resolver';
import { typesWith } from '../../../lib/verification/private/resource-types/declarations';
import { Text } from '../../../lib/verification/private/values/text';

/** A resource R in account 1 and eu-west-1. */
function resolverOf(type: string, properties: object): Resolver {
  const assembly = Assembly.fromTemplates({ app: { Parameters: { P: { Type: 'String' } }, Resources: { R: { Type: type, Properties: properties } } } });
  Object.assign(assembly.templates[0], { account: '1', region: 'eu-west-1' });
  return new Resolver(assembly);
}

const CASES = ARNS as unknown as Array<[type: string, properties: object, ref: string, arn: string]>;

test.each(CASES)('%s with %j: Ref returns %s, the ARN is %s', (type, properties, ref, arn) => {
  const resolver = resolverOf(type, properties);
  const [template] = resolver.assembly.templates;
  expect(shown(resolver.resolve(template, { Ref: 'R' }))).toBe(ref);
  expect(resolver.arnOf(template, 'R')?.toString()).toBe(arn);
});

test('every type with an ARN is tested', () => {
  expect([...new Set(CASES.map(([type]) => type))].sort()).toEqual(typesWith('format').map(([type]) => type).sort());
});

test.each([
  ['AWS::S3::Bucket', 'Arn', 'arn:aws:s3:::${R}'],
  ['AWS::SQS::Queue', 'QueueUrl', 'https://sqs.eu-west-1.amazonaws.com/1/${R.QueueName}'],
  ['AWS::SNS::Topic', 'TopicArn', 'arn:aws:sns:eu-west-1:1:${R.TopicName}'],
  ['AWS::Logs::LogGroup', 'Arn', 'arn:aws:logs:eu-west-1:1:log-group:${R}:*'],
  ['AWS::EKS::Cluster', 'OpenIdConnectIssuerUrl', 'https://${R.IssuerHost}/id/${R.IssuerId}'],
  ['Custom::AWSCDK-EKS-Cluster', 'OpenIdConnectIssuer', '${R.IssuerHost}/id/${R.IssuerId}'],
  ['AWS::StepFunctions::StateMachine', 'Name', '${R.StateMachineName}'],
  ['AWS::RDS::DBCluster', 'MasterUserSecret.SecretArn', 'arn:aws:secretsmanager:eu-west-1:1:secret:rds!${R.ManagedSecret}'],
  ['AWS::RDS::DBInstance', 'DbiResourceId', '${R.DbiResourceId}'],
  ['AWS::Backup::BackupVault', 'BackupVaultArn', 'arn:aws:backup:eu-west-1:1:backup-vault:${R}'],
  ['AWS::AppSync::GraphQLApi', 'ApiId', '${R.ApiId}'],
  ['AWS::OpenSearchService::Domain', 'DomainArn', 'arn:aws:es:eu-west-1:1:domain/${R}'],
  ['AWS::S3::Bucket', 'constructor', '${R.constructor}'],
])('Fn::GetAtt of %s: %s is %s', (type, attribute, expected) => {
  const resolver = resolverOf(type, {});
  expect(shown(resolver.resolve(resolver.assembly.templates[0], { 'Fn::GetAtt': ['R', attribute] }))).toBe(expected);
});

test('a name that only the deployment knows is a part of the ARN', () => {
  const resolver = resolverOf('AWS::S3::Bucket', { BucketName: { Ref: 'P' } });
  expect(resolver.arnOf(resolver.assembly.templates[0], 'R')?.toString()).toBe('arn:aws:s3:::${P}');
});

test('the ARN of a resource of another type is not known', () => {
  const resolver = resolverOf('Some::Other::Type', {});
  expect(resolver.arnOf(resolver.assembly.templates[0], 'R')).toBeUndefined();
});

test('the ARN of a resource whose properties a macro can change is not known', () => {
  const resolver = resolverOf('AWS::S3::Bucket', { 'BucketName': 'b', 'Fn::Transform': { Name: 'Mine' } });
  expect(resolver.arnOf(resolver.assembly.templates[0], 'R')).toBeUndefined();
});

test('a generated name has no quotes, slashes, colons or wildcards', () => {
  const resolver = resolverOf('AWS::IAM::Role', {});
  const [unknown] = (resolver.resolve(resolver.assembly.templates[0], { Ref: 'R' }) as Text).unknowns;
  expect([...'"\\/:*?${}'].filter((character) => unknown.mayContain(character))).toEqual([]);
});
