import * as fc from 'fast-check';
import { account, allow, arnOf, association, clusterTemplate, deny, podIdentityTrust, role, trustOf } from '../templates';

type Json = { [key: string]: any };

const NAMES = ['C0', 'C1', 'C2'] as const;
const NO_VALUE = { Ref: 'AWS::NoValue' };

const equals = (name: string) => fc.constantFrom('yes', 'no').map((value) => ({ 'Fn::Equals': [{ Ref: `P${name}` }, value] }));

/** Conditions of parameters, of each other, of what cannot be read, and of what depends on conditions itself. */
const condition = (name: string, others: readonly string[]): fc.Arbitrary<Json> => fc.oneof(
  { weight: 6, arbitrary: equals(name) },
  fc.constantFrom(...others).map((other) => ({ 'Fn::Not': [{ Condition: other }] })),
  fc.constantFrom(...others).map((other) => ({ 'Fn::And': [{ Condition: other }, { 'Fn::Equals': [{ Ref: `P${name}` }, 'yes'] }] })),
  fc.constantFrom<Json>(
    { 'Fn::Contains': [['a'], 'b'] },
    { Condition: name },
    { 'Fn::Equals': [{ 'Fn::Unknown': name }, 'yes'] },
    { 'Fn::Equals': [{ 'Fn::If': [others[0], { 'Fn::Unknown': name }, 'yes'] }, 'yes'] },
    { 'Fn::Equals': [{ Ref: 'Bucket0' }, 'b'] },
    { 'Fn::Equals': [{ 'Fn::ImportValue': 'shared' }, 'arn:aws:s3:::elsewhere'] },
  ),
);

const name = fc.constantFrom(...NAMES);
/** A value, one that depends on a condition, or on two. */
const maybeIf = (value: Json | string): fc.Arbitrary<unknown> => fc.oneof(
  { weight: 3, arbitrary: fc.constant<unknown>(value) },
  fc.tuple(name, fc.constantFrom<unknown>(NO_VALUE, value, { 'Fn::Unknown': 'x' })).map(([condition0, other]) => ({ 'Fn::If': [condition0, value, other] })),
  fc.tuple(name, name).map(([one, other]) => ({ 'Fn::If': [one, NO_VALUE, { 'Fn::If': [other, value, NO_VALUE] }] })),
);
const maybeThere = (resource: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.tuple(resource, fc.option(name, { nil: undefined })).map(([rest, Condition]) => ({ ...rest, ...Condition && { Condition } }));

/** Much that is not read makes every answer UNKNOWN. */
const rarely = (resource: fc.Arbitrary<Json>): fc.Arbitrary<Json> => fc.oneof({ weight: 5, arbitrary: fc.constant<Json>({ Type: 'AWS::CDK::Metadata' }) }, resource);

const bucket = (i: number) => fc.constantFrom(`Bucket${i}`, 'Bucket0');
const within = (bucketId: string) => ({ 'Fn::Join': ['', [arnOf(bucketId), '/*']] });

const statement = fc.tuple(bucket(1), fc.constantFrom('s3:GetObject', 's3:PutObject', 's3:*')).chain(([bucketId, action]) =>
  fc.oneof(
    { weight: 9, arbitrary: maybeIf(allow(action, within(bucketId))) },
    { weight: 3, arbitrary: maybeIf(deny(action, within(bucketId))) },
    maybeIf(allow('sts:AssumeRole', arnOf('Role1'))),
    maybeIf(allow(['iam:PassRole', 'cloudformation:CreateStack'], arnOf('Role1'))),
    fc.constantFrom('iam:PutRolePolicy', 'iam:DetachRolePolicy', 'iam:DeleteRolePermissionsBoundary', 'iam:TagRole', 'iam:UpdateAssumeRolePolicy')
      .chain((change) => maybeIf(allow(change, arnOf('Role0')))),
    maybeIf(allow(['sts:AssumeRole', 'sts:TagSession'], arnOf('Role1'))),
    maybeIf(allow('s3:PutBucketPolicy', arnOf(bucketId))),
    maybeIf(allow('lambda:UpdateFunctionCode', arnOf('Function'))),
    maybeIf(allow('eks:CreateAccessEntry')),
    maybeIf(allow('kms:Decrypt', arnOf('Key0'))),
    maybeIf(allow('secretsmanager:GetSecretValue', { Ref: 'Secret' })),
    maybeIf(allow('lambda:InvokeFunction', { 'Fn::Sub': '${Function.Arn}:*' })),
    maybeIf(allow(action, { 'Fn::ImportValue': 'shared' })),
    maybeIf(allow(action, within(bucketId), { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } })),
    fc.constant(7 as unknown),
  ));
const document = fc.array(statement, { minLength: 1, maxLength: 2 }).map((statements) => ({ Version: '2012-10-17', Statement: statements }));

/** Of tokens of a service account, of a role, or of a service. */
const trustFor = (i: number): fc.Arbitrary<unknown> => fc.oneof(
  { weight: 4, arbitrary: maybeIf(trustOf(`default:account-${i}`)) },
  fc.constantFrom<Json>({ AWS: arnOf('Role0') }, { Service: 'lambda.amazonaws.com' }, { Service: 'cloudformation.amazonaws.com' })
    .map((Principal) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: ['sts:AssumeRole', 'sts:TagSession'] }] })),
);

const roleOf = (i: number) => fc.record({
  trust: trustFor(i),
  policies: fc.array(fc.record({
    PolicyName: fc.constantFrom<unknown>('own', 'other', { 'Fn::If': ['C0', 'own', 'other'] }),
    PolicyDocument: document,
  }), { maxLength: 2 }),
  managed: fc.option(maybeIf({ Ref: 'Managed' }), { nil: undefined }),
  boundary: fc.option(maybeIf({ Ref: 'Managed' }), { nil: undefined }),
  named: fc.option(maybeIf(`role-${i}`), { nil: undefined }),
  tags: fc.array(fc.tuple(maybeIf('team'), maybeIf('red')).map(([Key, Value]) => ({ Key, Value })), { maxLength: 1 }),
}).map(({ trust, policies, managed, boundary, named, tags }): Json => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: trust,
    Policies: policies,
    ManagedPolicyArns: managed && [managed],
    PermissionsBoundary: boundary,
    RoleName: named,
    Tags: tags,
  },
}));

const policy = fc.record({
  PolicyName: maybeIf('attached'),
  PolicyDocument: document,
  Roles: fc.array(fc.constantFrom('Role0', 'Role1').chain((id) => maybeIf({ Ref: id })), { minLength: 1, maxLength: 2 }),
}).map((Properties): Json => ({ Type: 'AWS::IAM::Policy', Properties }));
const managedPolicy = document.map((PolicyDocument): Json => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } }));
const bucketOf = (i: number) => fc.record({
  BucketName: fc.option(fc.oneof(maybeIf(`bucket-${i}`), fc.constant<unknown>({ Ref: 'Bucket1' })), { nil: undefined }),
  AccessControl: fc.option(maybeIf('PublicRead'), { nil: undefined }),
  key: fc.option(maybeIf('alias/data'), { nil: undefined }),
}).map(({ BucketName, AccessControl, key }): Json =>
  ({ Type: 'AWS::S3::Bucket', Properties: { BucketName, AccessControl, ...key !== undefined && { BucketEncryption: encryptedWith(key) } } }));
const encryptedWith = (key: unknown) =>
  ({ ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } }] });
const alias = fc.record({
  AliasName: maybeIf('alias/data'),
  TargetKeyId: fc.constantFrom('Key0', 'Key1').chain((id) => maybeIf(arnOf(id))),
}).map((Properties): Json => ({ Type: 'AWS::KMS::Alias', Properties }));
const accessEntry = fc.constantFrom('Role0', 'Role1').chain((id) => maybeIf(arnOf(id)))
  .map((PrincipalArn): Json => ({ Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn } }));
const bucketPolicy = fc.record({
  Bucket: fc.constantFrom<unknown>({ Ref: 'Bucket0' }, { Ref: 'Bucket1' }, { 'Fn::If': ['C1', { Ref: 'Bucket0' }, { Ref: 'Bucket1' }] }, 'elsewhere'),
  principal: maybeIf({ AWS: '*' }),
  effect: fc.constantFrom('Allow', 'Deny'),
}).map(({ Bucket, principal: Principal, effect: Effect }): Json => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: { Bucket, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect, Principal, Action: 's3:*', Resource: '*' }] } },
}));
const accounts = fc.record({
  ClusterName: fc.oneof(maybeIf({ Ref: 'Cluster' }), maybeIf('other'), fc.constant<unknown>({ Ref: 'Other' })),
  annotated: fc.constantFrom('Role0', 'Role1', undefined),
  second: fc.boolean(),
}).chain(({ ClusterName, annotated, second }) => {
  const all = [account('account-0', annotated), ...(second ? [account('account-1', 'Role1')] : [])];
  return maybeIf({ 'Fn::Sub': JSON.stringify(all) })
    .map((Manifest): Json => ({ Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName, Manifest } }));
});
const associated = maybeIf('account-1').map((ServiceAccount) => ({ ...association('account-1', 'Associated', { ServiceAccount }) }));
const nodes = fc.record({
  ClusterName: maybeIf({ Ref: 'Cluster' }),
  NodeRole: fc.constantFrom<unknown>(arnOf('NodeRole'), { 'Fn::If': ['C0', arnOf('NodeRole'), NO_VALUE] }),
}).map((Properties): Json => ({ Type: 'AWS::EKS::Nodegroup', Properties }));
/** Code that is not read, and can request what its role may. */
const code = fc.constantFrom('Role0', 'Role1').chain((id) => maybeIf(arnOf(id)))
  .map((Role): Json => ({ Type: 'AWS::Lambda::Function', Properties: { Role } }));
const permission = maybeIf({ Ref: 'Function' })
  .map((FunctionName): Json => ({ Type: 'AWS::Lambda::Permission', Properties: { FunctionName, Action: 'lambda:InvokeFunction', Principal: '*' } }));
const secret = maybeIf('secret').map((Name): Json => ({ Type: 'AWS::SecretsManager::Secret', Properties: { Name } }));
const secretPolicy = maybeIf({ Ref: 'Secret' }).map((SecretId): Json => ({
  Type: 'AWS::SecretsManager::ResourcePolicy',
  Properties: { SecretId, ResourcePolicy: { Version: '2012-10-17', Statement: [allow('secretsmanager:*', '*', { Principal: { AWS: arnOf('Role0') } })] } },
}));
const actor = maybeIf(arnOf('Function')).map((ServiceToken): Json => ({ Type: 'Custom::Mine', Properties: { ServiceToken } }));
const unread = fc.constantFrom<Json>(
  { Type: 'AWS::Events::EventBusPolicy', Properties: {} },
  { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::If': ['C2', 'https://other', NO_VALUE] } } },
  { Type: 'AWS::S3::Bucket', Properties: { 'Fn::Transform': { Name: 'Macro' } } },
  { Type: 'AWS::OfTheFuture::Thing', Properties: {} },
  { Type: 'AWSQS::Kubernetes::Resource', Properties: { ClusterName: 'other' } },
  { Type: 'AWS::RAM::ResourceShare', Properties: { ResourceArns: [{ 'Fn::If': ['C0', 'arn:aws:ssm:::parameter/a', 'arn:aws:glue:::catalog'] }] } },
);

/** A stack that exports an ARN if a condition of its own holds. */
const exporting = fc.record({ Value: maybeIf(arnOf('Shared')), Export: fc.record({ Name: maybeIf('shared') }) }).chain((output) => maybeThere(fc.constant(output)))
  .map((Output): Json => ({
    Parameters: { P: { Type: 'String' } },
    Conditions: Object.fromEntries(NAMES.map((own) => [own, { 'Fn::Equals': [{ Ref: 'P' }, 'yes'] }])),
    Resources: { Shared: { Type: 'AWS::S3::Bucket', Properties: {} } },
    Outputs: { Output },
  }));

/** Small templates in which conditions decide about much of what a proof reads. */
export const conditionalTemplates: fc.Arbitrary<{ readonly stack: { Resources: Json } }> = fc.record({
  other: exporting,
  conditions: fc.tuple(...NAMES.map((own) => condition(own, NAMES.filter((other) => other !== own)))),
  resources: fc.record({
    Role0: roleOf(0),
    Role1: maybeThere(roleOf(1)),
    Policy0: maybeThere(policy),
    Policy1: maybeThere(policy),
    Managed: maybeThere(managedPolicy),
    Bucket0: maybeThere(bucketOf(0)),
    Bucket1: bucketOf(1),
    BucketPolicy0: maybeThere(bucketPolicy),
    BucketPolicy1: maybeThere(bucketPolicy),
    Key0: fc.constant<Json>({ Type: 'AWS::KMS::Key', Properties: {} }),
    Key1: maybeThere(fc.constant<Json>({ Type: 'AWS::KMS::Key', Properties: {} })),
    Alias: maybeThere(alias),
    Entry: rarely(maybeThere(accessEntry)),
    Accounts: maybeThere(accounts),
    Association: maybeThere(associated),
    Other: maybeThere(fc.constant({ Type: 'AWS::EKS::Cluster', Properties: { Name: 'other' } })),
    OtherNodes: rarely(maybeThere(nodes)),
    Function: maybeThere(code),
    Permission: maybeThere(permission),
    Secret: maybeThere(secret),
    SecretPolicy: maybeThere(secretPolicy),
    Actor: rarely(maybeThere(actor)),
    Unread: rarely(maybeThere(unread)),
  }),
}).map(({ conditions, resources, other }) => ({
  ...clusterTemplate(
    { ...resources, Associated: role(podIdentityTrust(), allow('s3:GetObject', within('Bucket1'))) },
    { Parameters: Object.fromEntries(NAMES.map((own) => [`P${own}`, { Type: 'String' }])), Conditions: Object.fromEntries(NAMES.map((own, i) => [own, conditions[i]])) },
  ),
  other,
}));
