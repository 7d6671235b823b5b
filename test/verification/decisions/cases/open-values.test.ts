import { ALLOWED, Case, complete, decide, DENIED, Question, shown, UNKNOWN } from './questions';
import { account, accountRole, allow, arnOf, association, job, objects, podIdentityTrust, role } from '../../templates';

/**
 * For each property on which an answer depends: with a value that does not change the answer, with one that does, and with one that only the deployment knows, which
 * must not count as the first.
 */
const PATTERN = '[a-zA-Z0-9.:/_-]+';
const SECTIONS = { Parameters: { Open: { Type: 'String', AllowedPattern: PATTERN }, Other: { Type: 'String', AllowedPattern: PATTERN } } };
const OPEN = { Ref: 'Open' };
/** In the text of a manifest. */
const OPEN_TEXT = '${Open}';
/** What can be in place of an object, or of a list. */
const MACRO = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://a/b' } } };

const LIST = 's3:ListAllMyBuckets';
const OF_NODES = 'sqs:ListQueues';
const REACHABLE = 'UNKNOWN, by default DENIED';
const of = (service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${service}.amazonaws.com` } });
const ask = (resources: object, question: Question) => shown(decide(resources, question, SECTIONS));

const PODS: Partial<Question> = { workload: { kind: 'Job', name: 'app' } };
const pods = (spec: object = {}, annotations?: object, ...documents: object[]) => {
  const app = job('app', 'app', spec);
  return { Objects: objects(account('app'), { ...app, spec: { template: { ...app.spec.template, metadata: { annotations } } } }, ...documents) };
};
const nodes = (properties: object) => ({
  Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: arnOf('NodeRole'), ...properties } },
});
const openNodes = (more: object = {}) => nodes({ AmiType: 'AL2_x86_64', ...more });

/** EKS Auto Mode, which has the agent, and a nodegroup, which needs the add-on. */
const besideAutoMode = (Taints: unknown, tolerations: object[] = []) => ({
  Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', ComputeConfig: { Enabled: true, NodeRoleArn: arnOf('NodeRole') } } },
  Agent: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'coredns' } },
  Own: role(podIdentityTrust(), allow(LIST)),
  Association: association('app', 'Own'),
  ...nodes({ AmiType: 'AL2023_x86_64_STANDARD', Taints }),
  ...pods({ tolerations }),
});
const taint = (Effect: unknown) => [{ Key: 'a', Value: 'b', Effect }];

test.each(complete([
  ['keeps them away', besideAutoMode(taint('NO_SCHEDULE')), ALLOWED],
  ['prefers others', besideAutoMode(taint('PREFER_NO_SCHEDULE')), UNKNOWN],
  ['has an effect that is not known', besideAutoMode(taint(OPEN)), UNKNOWN],
  ['is made by a macro', besideAutoMode(MACRO), UNKNOWN],
  ['is not the one that they tolerate', besideAutoMode(taint('NO_SCHEDULE'), [{ key: 'other', operator: 'Exists' }]), ALLOWED],
  ['may be the one that they tolerate', besideAutoMode(taint('NO_SCHEDULE'), [{ key: OPEN_TEXT, operator: 'Exists' }]), UNKNOWN],
]))('for pods with an association, besides EKS Auto Mode, if a taint of other nodes %s', (_, resources, outcome) => expect(ask(resources, { action: LIST, ...PODS })).toBe(outcome));

const withTemplate = (LaunchTemplateData: unknown, more: object = {}) => ({
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData } },
  ...nodes({ LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } }, ...more }),
});
const CLOSED = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
const onAnyImage = (AmiType: unknown) => ({ ...withTemplate({ MetadataOptions: { HttpTokens: 'optional' } }, { AmiType }), ...pods({ nodeSelector: { 'kubernetes.io/os': 'linux' } }) });
const fargate = { Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: arnOf('Boot'), Selectors: [{ Namespace: 'default' }] } } };
const annotated = (type: string) => ({ ...openNodes(), ...fargate, Boot: role(of('eks-fargate-pods')), ...pods({}, { 'eks.amazonaws.com/compute-type': type }) });
const tainted = (effect: unknown, tolerated: string) => ({
  ...openNodes({ Taints: [{ Key: 'a', Value: 'b', Effect: effect }] }), ...pods({ tolerations: [{ key: 'a', value: 'b', effect: tolerated }] }),
});
const policy = (type: string) =>
  ({ ...openNodes(), ...pods({}, {}, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p', namespace: 'default' }, spec: { podSelector: {}, policyTypes: [type] } }) });

test.each(complete([
  ['the AMI type is one of Linux', onAnyImage('AL2_x86_64'), ALLOWED],
  ['the AMI type is one of Windows', onAnyImage('WINDOWS_CORE_2022_x86_64'), UNKNOWN],
  ['the AMI type is not known', onAnyImage(OPEN), UNKNOWN],
  ['the annotation leaves them on Fargate', annotated('fargate'), DENIED],
  ['the annotation keeps them off Fargate', annotated('ec2'), ALLOWED],
  ['the annotation is not known', annotated(OPEN_TEXT), UNKNOWN],
  ['they tolerate the effect of a taint', tainted('NO_SCHEDULE', 'NoSchedule'), ALLOWED],
  ['they tolerate another effect', tainted('NO_SCHEDULE', 'NoExecute'), UNKNOWN],
  ['both effects are not known', tainted(OPEN, '${Other}'), UNKNOWN],
  ['a network policy limits ingress', policy('Ingress'), ALLOWED],
  ['a network policy limits egress', policy('Egress'), UNKNOWN],
  ['it is not known what a network policy limits', policy(OPEN_TEXT), UNKNOWN],
  ['the launch template closes the metadata', { ...withTemplate({ MetadataOptions: CLOSED }), ...pods() }, DENIED],
  ['a macro makes the data of the launch template', { ...withTemplate(MACRO), ...pods() }, UNKNOWN],
  ['a macro makes the metadata options', { ...withTemplate({ MetadataOptions: MACRO }), ...pods() }, UNKNOWN],
]))('for pods and the role of their node, if %s', (_, resources, outcome) => expect(ask(resources, { action: OF_NODES, ...PODS })).toBe(outcome));

const entry = (Type: unknown) => ({ Boot: role(of('ec2'), allow(LIST)), Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Boot'), Type } } });
const awsAuth = (mapRoles: string, name = 'aws-auth') =>
  ({ Boot: role(of('ec2'), allow(LIST)), ...pods({}, {}, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'kube-system' }, data: { mapRoles } }) });
const mapping = (group: string) => `- rolearn: \${Boot.Arn}\n  username: a\n  groups: [${group}]`;
const chart = (Chart: unknown) => ({ Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'r', Chart } }, ...pods() });

test.each(complete([
  ['the type of an access entry', { ...entry('STANDARD'), ...pods() }, DENIED],
  ['the type of an access entry for nodes', { ...entry('EC2_LINUX'), ...pods() }, UNKNOWN],
  ['the type of an access entry that is not known', { ...entry(OPEN), ...pods() }, UNKNOWN],
  ['a group in aws-auth', awsAuth(mapping('viewers')), DENIED],
  ['the group of nodes in aws-auth', awsAuth(mapping('system:nodes')), UNKNOWN],
  ['a group in aws-auth that is not known', awsAuth(mapping(OPEN_TEXT)), UNKNOWN],
  ['a list in aws-auth that is not known', awsAuth(OPEN_TEXT), UNKNOWN],
  ['the group of nodes in another ConfigMap', awsAuth(mapping('system:nodes'), 'other'), DENIED],
  ['the group of nodes in a ConfigMap whose name is not known', awsAuth(mapping('system:nodes'), OPEN_TEXT), UNKNOWN],
  ['the name of a chart', chart('web'), DENIED],
  ['the chart of Karpenter', chart('oci://public.ecr.aws/karpenter/karpenter'), UNKNOWN],
  ['the chart of Karpenter in a registry that is not known', chart({ 'Fn::Sub': 'oci://${Open}/karpenter' }), UNKNOWN],
  ['the name of a chart that is not known', chart(OPEN), UNKNOWN],
  ['the name of a chart in a registry that is not known', chart({ 'Fn::Sub': 'oci://${Open}/web' }), DENIED],
]))('whether there may be nodes with another role: by %s', (_, resources, outcome) => expect(ask(resources, { action: LIST, ...PODS })).toBe(outcome));

const associated = (spec: object, more: object = {}) => ({ Own: role(podIdentityTrust(), allow(LIST)), Association: association('app', 'Own'), ...pods(spec), ...more });
const onSystem = (name: string) => associated({ os: { name } });
const selecting = (system: string) => associated({ nodeSelector: { 'kubernetes.io/os': system } });

test.each(complete([
  ['their system is Linux', onSystem('linux'), ALLOWED],
  ['their system is Windows', onSystem('windows'), UNKNOWN],
  ['their system is not known', onSystem(OPEN_TEXT), UNKNOWN],
  ['they select nodes with Linux', selecting('linux'), ALLOWED],
  ['they select nodes with Windows', selecting('windows'), UNKNOWN],
  ['it is not known which nodes they select', selecting(OPEN_TEXT), UNKNOWN],
  ['no hybrid nodes join', associated({}, entry('STANDARD')), ALLOWED],
  ['hybrid nodes join', associated({}, entry('HYBRID_LINUX')), UNKNOWN],
  ['hybrid nodes may join', associated({}, entry(OPEN)), UNKNOWN],
]))('for pods with an association, if %s', (_, resources, outcome) => expect(ask(resources, { action: LIST, ...PODS })).toBe(outcome));

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

const group = (more: object, data: object = {}) => ({
  Own: role(of('ec2'), allow(LIST)),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Own' }] } },
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: arnOf('Profile') }, MetadataOptions: { HttpTokens: 'optional' }, ...data } } },
  Group: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } }, ...more },
  },
  ...pods(),
});
const scripted = (Name: unknown, text: unknown) => may('ssm:PutParameter', '*', {
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

const tags = (Key: unknown) => [{ Key, Value: 'owned', PropagateAtLaunch: true }];
const OF_CLUSTER = tags('kubernetes.io/cluster/prod');
const specified = (ResourceType: unknown, Tags: unknown) => group({}, { TagSpecifications: [{ ResourceType, Tags }] });

test.each(complete([
  ['a tag of something else', group({ Tags: tags('other') }), DENIED],
  ['the tag of the cluster', group({ Tags: OF_CLUSTER }), 'ALLOWED, by default UNKNOWN'],
  ['a tag that is not known', group({ Tags: tags(OPEN) }), UNKNOWN],
  ['tags that a macro makes', group({ Tags: MACRO }), UNKNOWN],
  ['the tag of the cluster from their launch template', specified('instance', OF_CLUSTER), 'ALLOWED, by default UNKNOWN'],
  ['a tag of their volumes from their launch template', specified('volume', OF_CLUSTER), DENIED],
  ['a tag of what is not known from their launch template', specified(OPEN, OF_CLUSTER), UNKNOWN],
  ['tags that a macro makes from their launch template', specified('instance', MACRO), UNKNOWN],
]))('whether instances are nodes that pods run on, if they have %s', (_, resources, outcome) => expect(ask(resources, { action: LIST, ...PODS })).toBe(outcome));

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
