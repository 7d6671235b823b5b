import { ACCOUNT, ALLOWED, Case, complete, decide, DENIED, reader, REGION, shown, UNKNOWN } from './questions';
import { verification } from '../../../../lib';
import { actionNames } from '../../../../lib/verification/private/aws-data/actions';
import { SERVICES } from '../../../../lib/verification/private/model/resources/resource-shares';
import { allow, deny, clusterTemplate } from '../../templates';

const DOCUMENT = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } };
const policy = (Type: string, properties: object = {}) => ({ ...reader(), X: { Type, Properties: properties } });

const ORGANIZATION = 'arn:aws:organizations::444455556666:organization/o-abcdefghij';
const OTHER_ACCOUNT = '444455556666';
/** A share of AWS RAM of one resource. */
const shareOf = (arn: unknown, principals: unknown[] = [ORGANIZATION]) => policy('AWS::RAM::ResourceShare', { Name: 'x', Principals: principals, ResourceArns: [arn] });
/** The same, with the parts of the ARN. */
const share = (parts: unknown[]) => shareOf({ 'Fn::Join': [':', parts] });
/** A share of a resource of the template. */
const shareOfType = (Type: string, attribute = 'Arn') => ({ ...shareOf({ 'Fn::GetAtt': ['Shared', attribute] }), Shared: { Type } });
const toAccounts = (...principals: unknown[]) => shareOf(`arn:aws:codebuild:${REGION}:${ACCOUNT}:project/x`, principals);

test.each(complete([
  ['of an event bus', policy('AWS::Events::EventBusPolicy', { StatementId: 'x', Statement: DOCUMENT.Statement }), UNKNOWN, { action: 'events:PutEvents' }],
  ['within an event bus', policy('AWS::Events::EventBus', { Name: 'x', Policy: DOCUMENT }), UNKNOWN, { action: 'events:PutEvents' }],
  ['of an access point', policy('AWS::S3::AccessPoint', { Bucket: 'x', Policy: DOCUMENT }), UNKNOWN, { action: 's3:GetObject' }],
  ['of a stream', policy('AWS::Kinesis::ResourcePolicy', { ResourceArn: 'x', ResourcePolicy: DOCUMENT }), UNKNOWN, { action: 'kinesis:PutRecord' }],
  ['of a domain of OpenSearch', policy('AWS::OpenSearchService::Domain', { AccessPolicies: DOCUMENT }), UNKNOWN, { action: 'es:ESHttpGet' }],
  ['of a domain of Elasticsearch', policy('AWS::Elasticsearch::Domain', { AccessPolicies: DOCUMENT }), UNKNOWN, { action: 'es:ESHttpGet' }],
  ['of a profiling group', policy('AWS::CodeGuruProfiler::ProfilingGroup', { AgentPermissions: { Principals: ['x'] } }), UNKNOWN, { action: 'codeguru-profiler:PostAgentProfile' }],
  ['of a sequence store', policy('AWS::Omics::SequenceStore', { S3AccessPolicy: DOCUMENT }), UNKNOWN, { action: 's3:GetObject' }],
  ['of a bucket of Amazon Lightsail', policy('AWS::Lightsail::Bucket', { ReadOnlyAccessAccounts: [ACCOUNT] }), UNKNOWN, { action: 's3:GetObject' }],
  ['for a subscriber of AWS Security Lake', policy('AWS::SecurityLake::Subscriber', { AccessTypes: ['S3'] }), UNKNOWN, { action: 's3:GetObject' }],
  ['of a portal', policy('AWS::IoTSiteWise::AccessPolicy'), UNKNOWN, { action: 'iotsitewise:DescribePortal' }],
  ['of an application of Amazon Q', policy('AWS::QBusiness::DataAccessor'), UNKNOWN, { action: 'qbusiness:SearchRelevantContent' }],
  ['of any bucket, about new tables of a data lake', policy('AWS::LakeFormation::DataLakeSettings', { CreateTableDefaultPermissions: [{}] }), UNKNOWN, { action: 's3:GetObject' }],
  ['of any bucket, about tables of a catalog', policy('AWS::Glue::Catalog', { CreateTableDefaultPermissions: [{}] }), UNKNOWN, { action: 's3:GetObject' }],
  ['of any bucket, about tags of tables', policy('AWS::LakeFormation::TagAssociation'), UNKNOWN, { action: 's3:GetObject' }],
  ['that a quick setup of AWS Systems Manager attaches to the roles of nodes', policy('AWS::SSMQuickSetup::ConfigurationManager', {}), UNKNOWN, { action: 'ssm:GetParameter' }],
  ['that AWS attaches to the roles of nodes', policy('AWS::ApplicationInsights::Application', { AttachMissingPermission: true }), UNKNOWN, { action: 'cloudwatch:PutMetricData' }],
  ['of a layer', policy('AWS::Lambda::LayerVersionPermission', { Principal: '*' }), UNKNOWN, { action: 'lambda:GetLayerVersion' }],
  ['of a cluster of Kafka, about the cluster', policy('AWS::MSK::ClusterPolicy', { Policy: DOCUMENT }), UNKNOWN, { action: 'kafka:DescribeClusterV2' }],
  ['of a cluster of Kafka, about its topics', policy('AWS::MSK::ClusterPolicy', { Policy: DOCUMENT }), UNKNOWN, { action: 'kafka-cluster:ReadData' }],
  ['of a data warehouse', policy('AWS::RedshiftServerless::Namespace', { NamespaceResourcePolicy: DOCUMENT }), UNKNOWN, { action: 'redshift:CreateInboundIntegration' }],
  ['of a private domain name', policy('AWS::ApiGateway::DomainNameV2', { Policy: DOCUMENT }), UNKNOWN, { action: 'execute-api:Invoke' }],
  ['of a REST API', policy('AWS::ApiGateway::RestApi', { Policy: DOCUMENT }), UNKNOWN, { action: 'execute-api:Invoke' }],
  ['in the OpenAPI document of a REST API', policy('AWS::ApiGateway::RestApi', { Body: { 'openapi': '3.0.2', 'x-amazon-apigateway-policy': DOCUMENT } }), UNKNOWN, { action: 'execute-api:Invoke' }],
  ['in the OpenAPI document in a bucket', policy('AWS::ApiGateway::RestApi', { BodyS3Location: { Bucket: 'x', Key: 'api.json' } }), UNKNOWN, { action: 'execute-api:Invoke' }],
  ['in the OpenAPI document that a macro includes', policy('AWS::ApiGateway::RestApi', {
    Body: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://x/api.yaml' } } },
  }), UNKNOWN, { action: 'execute-api:Invoke' }],
  ['in the OpenAPI document that is a parameter', policy('AWS::ApiGateway::RestApi', { Body: { Ref: 'Shared' } }), UNKNOWN, { action: 'execute-api:Invoke' }],
  ['in the REST API from which another is cloned', policy('AWS::ApiGateway::RestApi', { CloneFrom: 'abc' }), UNKNOWN, { action: 'execute-api:Invoke' }],
  ['of an air-gapped vault', policy('AWS::Backup::LogicallyAirGappedBackupVault', { AccessPolicy: DOCUMENT }), UNKNOWN, { action: 'backup:CopyIntoBackupVault' }],
  ['of the stream of a replica', { ...policy('AWS::DynamoDB::GlobalTable', { Replicas: [{ Region: REGION, ReplicaStreamSpecification: { ResourcePolicy: { PolicyDocument: DOCUMENT } } }] }) },
    UNKNOWN, { action: 'dynamodb:GetRecords' }],
  ['of a type of the future', policy('AWS::OfTheFuture::ResourcePolicy'), UNKNOWN, { action: 's3:GetObject' }],
  ['of a bucket, about S3 Access Grants', { ...policy('AWS::S3::AccessGrant'), B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } } }, UNKNOWN,
    { action: 's3:GetObject', resource: 'arn:aws:s3:::data/x' }],
  ['of a bucket, which only allow, as the role does', {
    ...policy('AWS::S3::AccessGrant'), ...reader([allow('s3:GetObject')]), B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } },
  }, ALLOWED, { action: 's3:GetObject', resource: 'arn:aws:s3:::data/x' }],
  ['of a bucket, about AWS Lake Formation', { ...policy('AWS::LakeFormation::PrincipalPermissions'), B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } } }, UNKNOWN,
    { action: 's3:GetObject', resource: 'arn:aws:s3:::data/x' }],
  ['of any bucket, about S3 Access Grants', policy('AWS::S3::AccessGrant'), UNKNOWN, { action: 's3:DeleteObjectVersion' }],
  ['of any bucket, about AWS Lake Formation', policy('AWS::LakeFormation::Permissions'), UNKNOWN, { action: 's3:ListBucket' }],
  ['that AWS RAM makes', share(['arn', { Ref: 'AWS::Partition' }, 'codebuild', REGION, ACCOUNT, 'project/x']), UNKNOWN, { action: 'codebuild:BatchGetProjects' }],
  ['that AWS RAM makes for a resource of the templates', shareOfType('AWS::CodeBuild::Project'), UNKNOWN, { action: 'codebuild:BatchGetProjects' }],
  ['that AWS RAM makes for a resource of a type that it is not known to share', shareOfType('AWS::OfTheFuture::Thing'), UNKNOWN, { action: 'codebuild:BatchGetProjects' }],
  ['that AWS RAM makes for the account itself', toAccounts(OTHER_ACCOUNT, ACCOUNT), UNKNOWN, { action: 'codebuild:BatchGetProjects' }],
  ['that AWS RAM makes for another account and an organization', toAccounts(OTHER_ACCOUNT, ORGANIZATION), UNKNOWN, { action: 'codebuild:BatchGetProjects' }],
  ['that AWS RAM makes for whom only the deployment knows', toAccounts(OTHER_ACCOUNT, { Ref: 'Shared' }), UNKNOWN, { action: 'codebuild:BatchGetProjects' }],
  ['that AWS RAM makes for an account, if that of the stack is not known', toAccounts(OTHER_ACCOUNT), UNKNOWN,
    { action: 'codebuild:BatchGetProjects', parameters: { 'AWS::AccountId': undefined } }],
  ['that AWS RAM makes for what only the deployment knows', share([{ Ref: 'Shared' }]), UNKNOWN, { action: 'codebuild:BatchGetProjects' }],
  ['that AWS RAM makes for a parameter, about the parameter', {
    ...share(['arn:aws:ssm', REGION, ACCOUNT, 'parameter/p']), P: { Type: 'AWS::SSM::Parameter', Properties: { Name: 'p' } },
  }, UNKNOWN, { action: 'ssm:GetParameter', resource: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/p` }],
  ['of a parameter, about the parameter', { ...policy('AWS::SSM::ResourcePolicy'), P: { Type: 'AWS::SSM::Parameter', Properties: { Name: 'p' } } }, UNKNOWN,
    { action: 'ssm:GetParameter', resource: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/p` }],
]))('what a policy allows that is not read is unknown: that %s', (_, resources, expected, question) => {
  expect(shown(decide(resources, { action: '', ...question }, { Parameters: { Shared: { Type: 'String' } } }))).toBe(expected);
});

test.each(complete([
  ...['AWS::S3::AccessGrant', 'AWS::LakeFormation::Permissions', 'AWS::LakeFormation::PrincipalPermissions'].flatMap((type): Case[] => {
    const resources = { ...policy(type), B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } } };
    return [
      [`what ${type} does not grant`, resources, DENIED, { action: 's3:PutBucketPolicy' }],
      [`what ${type} does not grant on a bucket`, resources, DENIED, { action: 's3:PutBucketPolicy', resource: 'arn:aws:s3:::data' }],
    ];
  }),
  ['actions on the catalog, which IAM must allow, too', policy('AWS::LakeFormation::Permissions'), DENIED, { action: 'glue:GetTable' }],
  ['other services', policy('AWS::Events::EventBusPolicy'), DENIED, { action: 's3:GetObject' }],
  ['REST APIs without a policy', policy('AWS::ApiGateway::RestApi', { Body: { openapi: '3.0.2', paths: {} } }), DENIED, { action: 'execute-api:Invoke' }],
  ['authorities whose permission is for AWS Certificate Manager', policy('AWS::ACMPCA::Permission', { Principal: 'acm.amazonaws.com' }), DENIED, { action: 'acm-pca:IssueCertificate' }],
  ['a store without a policy', policy('AWS::Omics::SequenceStore', { Name: 'x' }), DENIED, { action: 's3:GetObject' }],
  ['the policies of roles that AWS leaves as they are', policy('AWS::ApplicationInsights::Application', { AttachMissingPermission: false }), DENIED, { action: 'cloudwatch:PutMetricData' }],
  ['resources without a policy', policy('AWS::S3::AccessPoint', { Bucket: 'x' }), DENIED, { action: 's3:GetObject' }],
  ['replicas without a policy of their stream', policy('AWS::DynamoDB::GlobalTable', { Replicas: [{ Region: REGION }] }), DENIED, { action: 'dynamodb:GetRecords' }],
  ['services that AWS RAM does not share', share(['arn:aws:codebuild', REGION, ACCOUNT, 'project/x']), DENIED, { action: 'ssm:GetParameter' }],
  ['services of which AWS RAM shares no resource of the templates', shareOfType('AWS::EC2::Subnet'), DENIED, { action: 'codebuild:BatchGetProjects' }],
  ['services whose names differ from those of the types', shareOfType('AWS::ACMPCA::CertificateAuthority'), DENIED, { action: 'codebuild:BatchGetProjects' }],
  ['what is shared with other accounts only', toAccounts(OTHER_ACCOUNT, '555566667777'), DENIED, { action: 'codebuild:BatchGetProjects' }],
  ['a share without resources', policy('AWS::RAM::ResourceShare', { Name: 'x' }), DENIED, { action: 'ssm:GetParameter' }],
  ['what the role is denied', { ...policy('AWS::Events::EventBusPolicy'), ...reader([deny('events:*')]) }, DENIED, { action: 'events:PutEvents' }],
]))('it changes nothing about %s', (_, resources, expected, question) => {
  expect(shown(decide(resources, { action: '', ...question }))).toBe(expected);
});

test('the answer and a finding name the policy', () => {
  const resources = policy('AWS::Events::EventBusPolicy');
  const what = 'the permissions of X, of type AWS::Events::EventBusPolicy, are not read';
  expect(decide(resources, { action: 'events:PutEvents' }).missing).toEqual([`the policy of a resource: ${what}`]);
  const { findings } = verification.PodAccess.fromTemplates(clusterTemplate(resources));
  expect(findings.filter(({ id }) => id === 'unread-policy').map(({ message }) => message)).toEqual([`${what}: they can allow actions of events`]);
});

test('a share of something that only the deployment knows can allow actions of any service', () => {
  const { findings } = verification.PodAccess.fromTemplates(clusterTemplate(share([{ Ref: 'Shared' }]), { Parameters: { Shared: { Type: 'String' } } }));
  expect(findings.map(({ message }) => message)).toContainEqual(expect.stringContaining('they can allow actions of any service'));
});

test('AWS RAM shares resources of services that have actions', () => {
  const prefixes = new Set(actionNames().map((action) => action.split(':')[0]));
  expect(Object.values(SERVICES).filter((service) => !prefixes.has(service))).toEqual([]);
});
