import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { ACCOUNT, ALLOWED, decide, decideIn, DENIED, Question, reader, REGION, UNKNOWN } from './questions';
import { verification } from '../../../../lib';
import { writeAssembly } from '../../assemblies';
import { account, accountRole, allow, arnOf, clusterTemplate, deny, objects, role } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const ROLES = `arn:aws:iam::${ACCOUNT}:role/`;
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const own = (...statements: object[]) => ({ Own: accountRole('default:app', allow('sqs:ListQueues'), ...statements), Objects: objects(account('app', 'Own')) });
const attached = (Type: string, properties: object, statement: object = allow(LIST)) =>
  ({ Attached: { Type, Properties: { PolicyName: 'attached', PolicyDocument: document(statement), ...properties } } });
const Bucket = { Type: 'AWS::S3::Bucket' };
const bucketPolicy = (name: string, statement: object) => ({
  Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: name, PolicyDocument: document({ ...statement, Principal: { AWS: arnOf('Reader') } }) } },
});
const bucketWith = (name: string) => ({ ...reader(), Bucket, ...bucketPolicy(name, allow('s3:GetObject', `arn:aws:s3:::${name}/*`)) });
const deniedBucket = (name: string) => ({ ...reader([allow('s3:GetObject')]), Bucket, ...bucketPolicy(name, deny('s3:GetObject', `arn:aws:s3:::${name}/*`)) });
const entry = (PrincipalArn: unknown) => ({
  ...own(),
  Other: accountRole('default:other', allow(LIST)),
  Accounts: objects(account('other', 'Other')),
  Entry: {
    Type: 'AWS::EKS::AccessEntry',
    Properties: {
      ClusterName: { Ref: 'Cluster' },
      PrincipalArn,
      AccessPolicies: [{ PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', AccessScope: { Type: 'cluster' } }],
    },
  },
});
const awsAuth = (rolearn: string) => ({
  ...entry(`${ROLES}someone`),
  Own: withPath(own().Own),
  AwsAuth: objects({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: { mapRoles: JSON.stringify([{ rolearn, groups: ['system:masters'] }]) } }),
});
const withPath = ({ Type, Properties }: any) => ({ Type, Properties: { ...Properties, Path: '/team/' } });
const GROUP = { Group: { Type: 'AWS::IAM::Group' }, User: { Type: 'AWS::IAM::User', Properties: { Groups: [{ Ref: 'Group' }] } } };
const KEY = { Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } }, Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } } } };
const synced = (key: string) => objects({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'key', namespace: 'default' }, spec: { dataFrom: [{ extract: { key } }] } });
const keyOfUser = (more: object, policies: object[] = [allow(LIST)]) =>
  ({ ...own(), User: { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: document(...policies) }] } }, Key: KEY.Key, Secret: KEY.Secret, ...more });
const PARAMETER = { Copy: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/copy', Type: 'String', Value: '' } } };
const copied = (name: string) => keyOfUser({
  ...own(allow('ssm:GetParameter')), Copy: { ...PARAMETER.Copy, Properties: { ...PARAMETER.Copy.Properties, Value: `{{resolve:secretsmanager:${name}}}` } },
});
const FUNCTION = { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Runner') } };
const Runner = role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }, allow(LIST));
const permission = (FunctionName: string) => ({
  ...reader(),
  Function: FUNCTION,
  Runner,
  Permission: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName, Action: 'lambda:InvokeFunction', Principal: arnOf('Reader') } },
});
const Jobs = role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }, allow('sqs:ListQueues'));
const passed = (name: string) => ({
  ...own(allow('iam:PassRole', `${ROLES}${name}`), allow('lambda:CreateFunction')), Runner, Jobs: { ...Jobs, Properties: { ...Jobs.Properties, RoleName: 'jobs' } },
});
const nodeRole = (NodeRole: string) => ({
  ...entry(`${ROLES}someone`),
  More: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'more', NodeRole, AmiType: 'AL2023_x86_64_STANDARD' } },
});

const LaunchTemplate = {
  Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { UserData: { 'Fn::Base64': { 'Fn::Sub': 'SECRET=${Key.SecretAccessKey}' } } } },
};

/** Resources with a literal name, one that may be generated and another one, and the outcomes with each. */
type Named = [title: string, resources: (name: string) => object, names: [string, string], outcome: string, question?: Partial<Question>];

const OWN: [string, string] = ['prod-Own-1ABCDEFGHIJK2', 'own'];

test.each<Required<Named>>(([
  ['a policy of a role', (name) => ({ ...own(), ...attached('AWS::IAM::Policy', { Roles: [name] }) }), OWN, DENIED],
  ['a policy of a role in another case', (name) => ({ ...own(), ...attached('AWS::IAM::RolePolicy', { RoleName: name.toLowerCase() }) }), OWN, DENIED],
  ['a managed policy of a role', (name) => ({ ...own(), ...attached('AWS::IAM::ManagedPolicy', { Roles: [name] }) }), OWN, DENIED],
  ['a managed policy of a node role', (name) => attached('AWS::IAM::ManagedPolicy', { Roles: [name] }), ['prod-NodeRole-1ABCDEFGHIJK2', 'nodes'], DENIED, { node: 'nodes' }],
  ['a policy that denies', (name) => ({ ...own(allow(LIST)), ...attached('AWS::IAM::RolePolicy', { RoleName: name }, deny(LIST)) }), OWN, ALLOWED],
  ['a policy of a group', (name) => ({ ...keyOfUser({ ...GROUP, ...own(allow('secretsmanager:GetSecretValue')) }), ...attached('AWS::IAM::Policy', { Groups: [name] }) }), ['prod-Group-1ABCDEFGHIJK2', 'team'], DENIED],
  ['an access entry', (name) => entry(`${ROLES}${name}`), OWN, DENIED],
  ['an access entry with the partition of its stack', (name) => entry({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${name}` }), OWN, DENIED],
  ['aws-auth, without its path', (name) => awsAuth(`${ROLES}${name}`), OWN, DENIED],
  ['a nodegroup', (name) => nodeRole(`${ROLES}${name}`), OWN, DENIED],
  ['a secret that a controller copies', (name) => keyOfUser({ Synced: synced(name) }), ['Secret-a2bcd3EFghIJ', 'other'], DENIED],
  ['a secret that a parameter copies', copied, ['Secret-a2bcd3EFghIJ', 'other'], DENIED],
  ['a role that the pod can pass', passed, ['prod-Runner-1ABCDEFGHIJK2', 'jobs'], DENIED],
  ['a role of instances whose user data has a key', (name) => keyOfUser({ More: nodeRole(`${ROLES}${name}`).More, LaunchTemplate }), OWN, DENIED],
] as Named[]).map(([title, resources, names, outcome, question = {}]): Required<Named> => [title, resources, names, outcome, question]))(
  '%s may name what has a generated name by its form only', (_, resources, [generated, other], outcome, question) => {
    const ask = (name: string) => decide(resources(name), { action: LIST, ...question }).outcome;
    expect([ask(generated), ask(other)]).toEqual([UNKNOWN, outcome]);
  },
);

const grantOn = (resource: string) => ({ ...reader([allow('s3:GetObject', { 'Fn::Sub': `arn:aws:s3:::${resource}/*` })]), Bucket });

/** Decides about a resource with a generated name, in a stack `prod`. */
function decideAbout(resources: { [logicalId: string]: any }, action: string, logicalId: string, part = '') {
  const stack = new Stack(new App(), 'prod', { env: { account: ACCOUNT, region: REGION } });
  const all = Object.entries<any>(clusterTemplate(resources).stack.Resources).map(([id, { Type, Properties }]) =>
    [id, new CfnResource(stack, id, { type: Type, properties: Properties })] as const);
  const arn = new Map(all).get(logicalId)!.getAtt('Arn').toString();
  return verification.PodAccess.fromStack(stack).pod({ serviceAccountName: 'app' }).decide(action, { resource: `${arn}${part}` }).outcome;
}

test.each<[string, (name: string) => object, [action: string, logicalId: string, part?: string], [string, string], string]>([
  ['the policy of a bucket', bucketWith, ['s3:GetObject', 'Bucket', '/x'], ['prod-bucket-abcdefghijk1', 'data'], DENIED],
  ['the policy of a bucket of another stack', bucketWith, ['s3:GetObject', 'Bucket', '/x'], ['prod-bucket-abcdefghijk1', 'logs-bucket-abcdefghijk1'], DENIED],
  ['the policy of a bucket that denies', deniedBucket, ['s3:GetObject', 'Bucket', '/x'], ['prod-bucket-abcdefghijk1', 'data'], ALLOWED],
  ['a grant on a bucket', (name) => ({ ...reader([allow('s3:GetObject', `arn:aws:s3:::${name}/*`)]), Bucket }), ['s3:GetObject', 'Bucket', '/x'], ['prod-bucket-abcdefghijk1', 'data'], DENIED],
  ['a grant on a bucket whose name ends with what only the deployment knows', grantOn, ['s3:GetObject', 'Bucket', '/x'], ['prod-${AWS::StackId}', 'audit-${AWS::StackId}'], DENIED],
  ['a permission for a function', permission, ['lambda:InvokeFunction', 'Function'], ['prod-Function-aBcDeFgHiJkL', 'other'], DENIED],
  ['a permission for a version of a function', permission, ['lambda:InvokeFunction', 'Function', ':1'], ['prod-Function-aBcDeFgHiJkL:1', 'other:1'], DENIED],
])('%s may name a resource with a generated name by its form only', (_, resources, question, [generated, other], outcome) => {
  expect([generated, other].map((name) => decideAbout(resources(name), ...question))).toEqual([UNKNOWN, outcome]);
});

test.each([['Own', ALLOWED], ['Other', DENIED], ['Named', DENIED]])('a grant on one secret, asked for %s', (resource, outcome) => {
  const Secret = { Type: 'AWS::SecretsManager::Secret' };
  const secrets = { Own: Secret, Other: Secret, Named: { ...Secret, Properties: { Name: 'prod/api' } } };
  const action = 'secretsmanager:GetSecretValue';
  expect(decide({ ...reader([allow(action, { Ref: 'Own' })]), ...secrets }, { action, resource }).outcome).toBe(outcome);
});

test('the stack that has a resource is known in an assembly', () => {
  const environment = `aws://${ACCOUNT}/${REGION}`;
  const outcomes = ['prod-Own-1ABCDEFGHIJK2', 'logs-Own-1ABCDEFGHIJK2'].map((name) => {
    const attachment = { environment, template: { Resources: attached('AWS::IAM::ManagedPolicy', { Roles: [name] }) } };
    const directory = writeAssembly({ prod: { environment, template: clusterTemplate(own()).stack }, logs: attachment });
    return verification.PodAccess.fromAssembly(directory).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
  });
  expect(outcomes).toEqual([UNKNOWN, DENIED]);
});

test('another stack, whose name is not known, can have what names it', () => {
  const templates = { ...clusterTemplate(own()), other: { Resources: attached('AWS::IAM::Policy', { Roles: ['eksctl-prod-Own-1ABCDEFGHIJK2'] }) } };
  const { outcome, missing } = decideIn(templates, { action: LIST });
  expect([outcome, missing[0]]).toEqual([UNKNOWN, 'inline policy "attached"']);
});
