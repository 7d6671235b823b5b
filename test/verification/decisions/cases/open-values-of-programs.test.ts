import { ask, LIST, MACRO, of, OPEN, OPEN_TEXT, pods, PODS, REACHABLE } from './open-values';
import { ALLOWED, Case, complete, DENIED, Question, UNKNOWN } from './questions';
import { account, accountRole, allow, arnOf, job, objects, role } from '../../templates';

/** A pod that may make a request, which might lead to what a role of another program may do. */
const may = (request: string, resource: string | undefined, more: object) => ({ Reader: accountRole('default:app', allow(request, resource)), Objects: objects(account('app', 'Reader')), ...more });
const WRITE = ['s3:PutObject', 'arn:aws:s3:::src/*'] as const;
const build = (Source: unknown) => may(...WRITE, {
  Admin: role(of('codebuild'), allow(LIST)), Build: { Type: 'AWS::CodeBuild::Project', Properties: { Name: 'build', ServiceRole: arnOf('Admin'), Source } },
});
const action = (Provider: string, Configuration: unknown) => ({ Actions: [{ ActionTypeId: { Provider }, Configuration }] });
const pipeline = (Configuration: unknown, stages: unknown = [action('S3', Configuration), action('CodeBuild', { ProjectName: 'build' })]) =>
  ({ ...build({ Type: 'CODEPIPELINE' }), Pipeline: { Type: 'AWS::CodePipeline::Pipeline', Properties: { RoleArn: 'arn:aws:iam::111122223333:role/a', Stages: stages } } });
const glue = (DefaultArguments: unknown, more: object = {}) => may(...WRITE, {
  Admin: role(of('glue'), allow(LIST)),
  Job: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin'), Command: { Name: 'glueetl', ScriptLocation: 's3://safe/a.py' }, DefaultArguments } },
  ...more,
});
const replicated = (Rules: unknown) => glue({}, { Source: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'src', ReplicationConfiguration: { Role: 'arn:aws:iam::111122223333:role/a', Rules } } } });
const FILES = { '--extra-py-files': 's3://src/a' };
const SOURCE = { S3Bucket: 'src', S3ObjectKey: 'a' };

test.each(complete([
  ['the source of a build is in another bucket', build({ Type: 'S3', Location: 'safe/a' }), DENIED],
  ['the source of a build is in the bucket', build({ Type: 'S3', Location: 'src/a' }), REACHABLE],
  ['a macro makes the source of a build', build(MACRO), REACHABLE],
  ['the source of a pipeline is in another bucket', pipeline({ ...SOURCE, S3Bucket: 'safe' }), DENIED],
  ['the source of a pipeline is in the bucket', pipeline(SOURCE), REACHABLE],
  ['the configuration of a pipeline is a text', pipeline(JSON.stringify(SOURCE)), REACHABLE],
  ['a macro makes the configuration of a pipeline', pipeline(MACRO), REACHABLE],
  ['a macro makes the stages of a pipeline', pipeline({}, MACRO), REACHABLE],
  ['the arguments of a job name another bucket', glue({ '--extra-py-files': 's3://safe/a' }), DENIED],
  ['the arguments of a job name the bucket', glue(FILES), REACHABLE],
  ['the arguments of a job are a text', glue(JSON.stringify(FILES)), REACHABLE],
  ['a macro makes the arguments of a job', glue(MACRO), REACHABLE],
  ['the bucket is replicated to another one', replicated([{ Destination: { Bucket: 'arn:aws:s3:::others' } }]), DENIED],
  ['the bucket is replicated to that of a job', replicated([{ Destination: { Bucket: 'arn:aws:s3:::safe' } }]), REACHABLE],
  ['a macro makes the rules of replication', replicated(MACRO), REACHABLE],
  ['a macro makes a rule of replication', replicated([MACRO]), REACHABLE],
]))('whether a pod that may write to a bucket decides what a program runs, if %s', (_, resources, outcome) => expect(ask(resources, { action: LIST })).toBe(outcome));

const task = (ContainerDefinitions: unknown) => may('ecr:PutImage', '*', {
  Admin: role(of('ecs-tasks'), allow(LIST)), Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions } },
});

test.each(complete([
  ['are in a registry of others', task([{ Name: 'a', Image: 'busybox' }]), DENIED],
  ['are not known', task([{ Name: 'a', Image: OPEN }]), REACHABLE],
  ['are in a container that a macro makes', task([MACRO]), REACHABLE],
  ['are in containers that a macro makes', task(MACRO), REACHABLE],
]))('whether a pod that may push images decides what a task runs, if these %s', (_, resources, outcome) => expect(ask(resources, { action: LIST })).toBe(outcome));

const scripted = (Name: unknown, text: unknown) => may('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/*/boot', {
  Admin: role(of('ec2'), allow(LIST)),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
  Stored: { Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value: 'a' } },
  Instance: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': { 'Fn::Sub': text } } } },
});
const [NAMED, GET] = [{ 'Fn::Sub': '/${Other}/boot' }, 'aws ssm get-parameter --name'];

test.each(complete([
  ['a script names it', scripted('/prod/boot', `${GET} /prod/boot`), REACHABLE],
  ['a script names another one', scripted('/prod/boot', `${GET} /prod/other`), DENIED],
  ['a script names one that may be it', scripted(NAMED, `${GET} /prod/boot`), REACHABLE],
  ['a script names one whose stage may be that of it', scripted(NAMED, `${GET} /\${Open}/boot`), REACHABLE],
  ['a script names one that is certainly another one', scripted(NAMED, `${GET} /\${Open}/other`), DENIED],
  ['a script names one that is not known', scripted('/prod/boot', `${GET} \${Open}`), REACHABLE],
  ['a script requests no parameters', scripted('/prod/boot', 'echo ${Open}'), DENIED],
]))('whether a pod that may write a parameter decides what an instance runs, if %s', (_, resources, outcome) => expect(ask(resources, { action: LIST })).toBe(outcome));

const byEncryption = (BucketEncryption: unknown) => ({ ...may('s3:GetObject', '*', { Data: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data', BucketEncryption } } }) });
const withRule = (ServerSideEncryptionByDefault: unknown) => byEncryption({ ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault }] });
const OBJECT = { action: 's3:GetObject', resource: 'arn:aws:s3:::data/a' };
const POLICY = { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'dynamodb:GetItem', Resource: '*' }] } };
const globalTable = (Replicas: unknown) => ({ ...may('sqs:SendMessage', '*', { Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'table', Replicas } } }) });
const ITEM = { action: 'dynamodb:GetItem', resource: 'arn:aws:dynamodb:us-west-2:111122223333:table/table' };

test.each(complete([
  ['a bucket is encrypted without a key of AWS KMS', withRule({ SSEAlgorithm: 'AES256' }), ALLOWED, OBJECT],
  ['a macro makes the encryption of a bucket', byEncryption(MACRO), UNKNOWN, OBJECT],
  ['a macro makes the rule of the encryption of a bucket', withRule(MACRO), UNKNOWN, OBJECT],
  ['a table has no policy', globalTable([{ Region: 'us-west-2' }]), DENIED, ITEM],
  ['a table has a policy in the Region', globalTable([{ Region: 'us-west-2', ResourcePolicy: POLICY }]), ALLOWED, ITEM],
  ['a table has a policy in a Region that is not known', globalTable([{ Region: OPEN, ResourcePolicy: POLICY }]), UNKNOWN, ITEM],
  ['a macro makes the replicas of a table', globalTable(MACRO), UNKNOWN, ITEM],
  ['a macro makes a replica of a table', globalTable([MACRO]), UNKNOWN, ITEM],
] as Case[]))('whether a pod reads what a resource has, if %s', (_, resources, outcome, question) => expect(ask(resources, question as Question)).toBe(outcome));

const synced = (request: string, url: string, kind = 'GitRepository') => ({
  ...may(request, '*', { Other: accountRole('ops:other', allow(LIST)) }),
  Objects: objects(account('app', 'Reader'), account('other', 'Other', 'ops'), { apiVersion: 'source.toolkit.fluxcd.io/v1', kind, metadata: { name: 'x', namespace: 'flux' }, spec: { url } }),
});
const PUSH = 'codecommit:GitPush';

test.each(complete([
  ['a repository of others', synced(PUSH, 'https://github.com/${Open}'), DENIED],
  ['a repository of AWS CodeCommit', synced(PUSH, 'https://git-codecommit.us-west-2.amazonaws.com/v1/repos/a'), REACHABLE],
  ['a repository that is not known', synced(PUSH, OPEN_TEXT), REACHABLE],
  ['a registry of others', synced('ecr:PutImage', 'oci://ghcr.io/${Open}', 'OCIRepository'), DENIED],
  ['a registry of Amazon ECR', synced('ecr:PutImage', 'oci://111122223333.dkr.ecr.us-west-2.amazonaws.com/a', 'OCIRepository'), REACHABLE],
  ['a registry that is not known', synced('ecr:PutImage', 'oci://${Open}/a', 'OCIRepository'), REACHABLE],
]))('whether a pod that may push changes what a controller applies from %s', (_, resources, outcome) => expect(ask(resources, { action: LIST })).toBe(outcome));

const keyIn = (key: string) => ({
  Reader: accountRole('default:app'),
  User: { Type: 'AWS::IAM::User', Properties: { UserName: 'u', Policies: [{ PolicyName: 'a', PolicyDocument: { Version: '2012-10-17', Statement: [allow(LIST)] } }] } },
  Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
  Stored: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'stored', SecretString: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } } },
  Objects: objects(account('app', 'Reader'), { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'e', namespace: 'default' }, spec: { data: [{ remoteRef: { key } }] } }),
});
const usersIn = (UserPoolId: unknown) => ({
  Other: accountRole('ops:other', allow(LIST)),
  Pool: { Type: 'AWS::Cognito::UserPool', Properties: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } } },
  Elsewhere: { Type: 'AWS::Cognito::UserPool', Properties: {} },
  Federated: { Type: 'AWS::Cognito::UserPoolIdentityProvider', Properties: { UserPoolId, ProviderName: 'a', ProviderType: 'OIDC' } },
  Config: { Type: 'AWS::EKS::IdentityProviderConfig', Properties: { ClusterName: { Ref: 'Cluster' }, Type: 'oidc', Oidc: { ClientId: 'a', IssuerUrl: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] } } } },
  ...pods(),
});

test.each(complete([
  ['a controller copies another secret', keyIn('other'), DENIED],
  ['a controller copies the secret with the key', keyIn('stored'), REACHABLE],
  ['it is not known which secret a controller copies', keyIn(OPEN_TEXT), REACHABLE],
  ['it is known that a controller copies another secret', keyIn('others/${Open}'), DENIED],
  ['the users of a cluster are those of its user pool', usersIn({ Ref: 'Elsewhere' }), DENIED],
  ['the users of a cluster are those of a provider, too', usersIn({ Ref: 'Pool' }), REACHABLE],
  ['the users of a cluster may be those of a provider, too', usersIn(OPEN), REACHABLE],
] as Case[]))('whether a pod gets credentials of others, if %s', (_, resources, outcome) => expect(ask(resources, { action: LIST })).toBe(outcome));

const annotatedWith = (key: string) => ({
  Reader: accountRole('default:app', allow(LIST)),
  Objects: objects({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'app', namespace: 'default', annotations: { [key]: '${Reader.Arn}' } } }, job('app', 'app')),
});

test.each(complete([
  ['is that of the role', annotatedWith('eks.amazonaws.com/role-arn'), 'ALLOWED'],
  ['is another one', annotatedWith('team.io/${Open}'), 'ALLOWED, by default DENIED'],
  ['is not known', annotatedWith(OPEN_TEXT), 'ALLOWED, by default UNKNOWN'],
] as Case[]))('whether pods get a role by default, if the key of an annotation %s', (_, resources, outcome) => expect(ask(resources, { action: LIST, ...PODS })).toBe(outcome));
