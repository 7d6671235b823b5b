import { accessTo, ACCOUNT, ALLOWED, decide, DENIED, reader, REGION, UNKNOWN } from './questions';
import { allow, arnOf, clusterTemplate } from '../../templates';

const SUB = (text: string) => ({ 'Fn::Sub': text });

/** The type, an action, the resource of a grant on `Mine`, its properties, and what follows the ARN in the question. */
const TYPES: Array<[type: string, action: string, granted: unknown, properties?: object, part?: string]> = [
  ['AWS::StepFunctions::StateMachine', 'states:StartExecution', { Ref: 'Mine' }],
  ['AWS::StepFunctions::Activity', 'states:GetActivityTask', { Ref: 'Mine' }],
  ['AWS::CodeBuild::Project', 'codebuild:StartBuild', arnOf('Mine')],
  ['AWS::CodePipeline::Pipeline', 'codepipeline:StartPipelineExecution', SUB(`arn:aws:codepipeline:${REGION}:${ACCOUNT}:\${Mine}`)],
  ['AWS::Glue::Job', 'glue:StartJobRun', SUB(`arn:aws:glue:${REGION}:${ACCOUNT}:job/\${Mine}`)],
  ['AWS::Glue::Crawler', 'glue:StartCrawler', SUB(`arn:aws:glue:${REGION}:${ACCOUNT}:crawler/\${Mine}`)],
  ['AWS::ECS::Cluster', 'ecs:DescribeClusters', arnOf('Mine')],
  ['AWS::ECS::TaskDefinition', 'ecs:RunTask', { Ref: 'Mine' }],
  ['AWS::Batch::JobQueue', 'batch:UpdateJobQueue', { Ref: 'Mine' }],
  ['AWS::EMRContainers::VirtualCluster', 'emr-containers:DescribeVirtualCluster', SUB(`arn:aws:emr-containers:${REGION}:${ACCOUNT}:/virtualclusters/\${Mine}`)],
  ['AWS::Events::EventBus', 'events:PutEvents', arnOf('Mine')],
  ['AWS::MSK::Cluster', 'kafka-cluster:Connect', { Ref: 'Mine' }],
  ['AWS::AmazonMQ::Broker', 'mq:DescribeBroker', arnOf('Mine')],
  ['AWS::OpenSearchService::Domain', 'es:ESHttpGet', SUB('${Mine.Arn}/*'), {}, '/*'],
  ['AWS::Elasticsearch::Domain', 'es:ESHttpGet', SUB('${Mine.Arn}/*'), {}, '/*'],
  ['AWS::Backup::BackupVault', 'backup:StartBackupJob', { 'Fn::GetAtt': ['Mine', 'BackupVaultArn'] }],
  ['AWS::ElastiCache::ReplicationGroup', 'elasticache:Connect', SUB(`arn:aws:elasticache:${REGION}:${ACCOUNT}:replicationgroup:\${Mine}`)],
  ['AWS::RDS::DBCluster', 'rds-data:ExecuteStatement', { 'Fn::GetAtt': ['Mine', 'DBClusterArn'] }],
  ['AWS::RDS::DBInstance', 'rds:RebootDBInstance', { 'Fn::GetAtt': ['Mine', 'DBInstanceArn'] }],
  ['AWS::Athena::WorkGroup', 'athena:StartQueryExecution', SUB(`arn:aws:athena:${REGION}:${ACCOUNT}:workgroup/\${Mine}`)],
  ['AWS::KinesisFirehose::DeliveryStream', 'firehose:PutRecord', arnOf('Mine')],
  ['AWS::Cognito::UserPool', 'cognito-idp:AdminGetUser', arnOf('Mine')],
  ['AWS::Cognito::IdentityPool', 'cognito-identity:DescribeIdentityPool', SUB(`arn:aws:cognito-identity:${REGION}:${ACCOUNT}:identitypool/\${Mine}`)],
  ['AWS::CloudWatch::Alarm', 'cloudwatch:SetAlarmState', arnOf('Mine')],
  ['AWS::CertificateManager::Certificate', 'acm:DescribeCertificate', { Ref: 'Mine' }],
  ['AWS::ACMPCA::CertificateAuthority', 'acm-pca:IssueCertificate', { Ref: 'Mine' }],
  ['AWS::CloudFront::Distribution', 'cloudfront:CreateInvalidation', SUB(`arn:aws:cloudfront::${ACCOUNT}:distribution/\${Mine}`)],
  ['AWS::AppSync::GraphQLApi', 'appsync:GetGraphqlApi', { Ref: 'Mine' }],
];

/** What pods with grants may do on a resource that is named by its logical ID. */
function outcomeOn(name: string, action: string, more: object, ...grants: unknown[]): string {
  const access = accessTo(clusterTemplate({ ...reader(grants.map((granted) => allow(action, granted))), ...more }));
  return access.pod({ serviceAccountName: 'app' })._decideOn(access._internal.resource(name).named, action, {}).outcome;
}

describe('a role that may use one resource', () => {
  test.each(TYPES)('of type %s may not use another one', (Type, action, granted, Properties = {}, part = '') => {
    const more = { Mine: { Type, Properties }, Other: { Type, Properties } };
    expect(['Mine', 'Other'].map((id) => outcomeOn(`${id}${part}`, action, more, granted))).toEqual([ALLOWED, DENIED]);
  });
});

describe('a secret that Amazon RDS manages', () => {
  const READ = 'secretsmanager:GetSecretValue';
  const secrets = (Name?: unknown) => ({ Db: { Type: 'AWS::RDS::DBCluster', Properties: { ManageMasterUserPassword: true } }, Other: { Type: 'AWS::SecretsManager::Secret', Properties: { Name } } });
  const granted = { 'Fn::GetAtt': ['Db', 'MasterUserSecret.SecretArn'] };

  test.each([['with a name', 'payments'], ['with a generated name', undefined]])('is none of the template: %s', (_, name) => {
    expect(outcomeOn('Other', READ, secrets(name), granted)).toBe(DENIED);
  });

  test('may be one of another name, which the deployment knows', () => {
    const resource = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:rds!cluster-1-abcdef`;
    expect(decide({ ...reader([allow(READ, granted)]), ...secrets() }, { action: READ, resource }).outcome).toBe(UNKNOWN);
  });
});

const DOCUMENT = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } };
describe('the policy of a resource that is not read keeps its answers open', () => {
  test.each([
    ['AWS::Events::EventBus', 'events:PutEvents', { Policy: DOCUMENT }, ''],
    ['AWS::OpenSearchService::Domain', 'es:ESHttpGet', { AccessPolicies: DOCUMENT }, '/*'],
    ['AWS::Elasticsearch::Domain', 'es:ESHttpGet', { AccessPolicies: DOCUMENT }, '/*'],
    ['AWS::Backup::BackupVault', 'backup:StartBackupJob', { AccessPolicy: DOCUMENT }, ''],
  ])('of type %s', (Type, action, Properties, part) => {
    expect(outcomeOn(`Mine${part}`, action, { Mine: { Type, Properties } })).toBe(UNKNOWN);
  });

  test.each([
    ['AWS::Events::EventBus', 'events:PutEvents', { X: { Type: 'AWS::Events::EventBusPolicy', Properties: { StatementId: 'x', Statement: DOCUMENT.Statement } } }],
    ['AWS::MSK::Cluster', 'kafka-cluster:Connect', { X: { Type: 'AWS::MSK::ClusterPolicy', Properties: { Policy: DOCUMENT } } }],
    ['AWS::ACMPCA::CertificateAuthority', 'acm-pca:IssueCertificate', { X: { Type: 'AWS::RAM::ResourceShare', Properties: { ResourceArns: [{ Ref: 'Mine' }] } } }],
    ['AWS::CodeBuild::Project', 'codebuild:StartBuild', { X: { Type: 'AWS::RAM::ResourceShare', Properties: { ResourceArns: [{ Ref: 'Arn' }] } } }],
    ['AWS::StepFunctions::StateMachine', 'states:StartExecution', { X: { Type: 'AWS::StepFunctions::ResourcePolicy', Properties: {} } }],
  ])('of type %s, if another resource has the policy', (Type, action, more) => {
    expect(outcomeOn('Mine', action, { Mine: { Type, Properties: {} }, ...more })).toBe(UNKNOWN);
  });
});

test.each([
  ['AWS::RDS::DBCluster', 'rds-data:ExecuteStatement', { DBClusterIdentifier: 'Prod' }, `arn:aws:rds:${REGION}:${ACCOUNT}:cluster:prod`],
  ['AWS::ElastiCache::ReplicationGroup', 'elasticache:Connect', { ReplicationGroupId: 'Prod' }, `arn:aws:elasticache:${REGION}:${ACCOUNT}:replicationgroup:prod`],
])('a %s may have an identifier in lower case', (Type, action, Properties, granted) => {
  expect(outcomeOn('Mine', action, { Mine: { Type, Properties } }, granted)).toBe(UNKNOWN);
});
