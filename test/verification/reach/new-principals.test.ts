import { decide, DENIED, reader, READER_ARN, UNKNOWN } from '../decisions/cases/questions';
import { allow, arnOf, deny, role } from '../templates';

const BUCKETS = 's3:ListAllMyBuckets';
const TENANTS = 'arn:aws:iam::111122223333:role/tenants/*';
const OTHERS = 'arn:aws:iam::111122223333:role/others/*';
const TO_READER = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: READER_ARN } };
const limitedTo = (boundary: string) => ({ Condition: { StringEquals: { 'iam:PermissionsBoundary': `arn:aws:iam::111122223333:policy/${boundary}` } } });

test.each<[string, object, string]>([
  ['create roles and put policies into them', reader([allow(['iam:CreateRole', 'iam:PutRolePolicy'], TENANTS)]), UNKNOWN],
  ['create roles and attach policies to them', reader([allow('iam:CreateRole', TENANTS), allow('iam:AttachRolePolicy')]), UNKNOWN],
  ['create any role, and put policies into some', reader([allow('iam:CreateRole'), allow('iam:PutRolePolicy', TENANTS)]), UNKNOWN],
  ['create roles within a boundary', reader([allow(['iam:CreateRole', 'iam:PutRolePolicy'], TENANTS, limitedTo('tenants'))]), UNKNOWN],
  ['create some roles, and put policies into others', reader([allow('iam:CreateRole', TENANTS), allow('iam:PutRolePolicy', OTHERS)]), DENIED],
  ['create roles without permissions', reader([allow('iam:CreateRole')]), DENIED],
  ['create roles, and as another role put policies into them', {
    ...reader([allow('iam:CreateRole', TENANTS), allow('sts:AssumeRole', arnOf('Second'))]), Second: role(TO_READER, allow('iam:PutRolePolicy', TENANTS)),
  }, UNKNOWN],
  ['create keys of users', reader([allow('iam:CreateAccessKey')]), UNKNOWN],
  ['create keys of its own user, as no role has one', reader([allow('iam:CreateAccessKey', 'arn:aws:iam::*:user/${aws:username}')]), DENIED],
  ['create users, give them permissions and a key', reader([allow(['iam:CreateUser', 'iam:PutUserPolicy', 'iam:CreateAccessKey'])]), UNKNOWN],
  ['set the password of users', reader([allow('iam:UpdateLoginProfile')]), UNKNOWN],
  ['create keys of users for some services', reader([allow('iam:CreateServiceSpecificCredential')]), UNKNOWN],
  ['reset keys of users for some services', reader([allow('iam:ResetServiceSpecificCredential')]), UNKNOWN],
  ['add SSH keys to users', reader([allow('iam:UploadSSHPublicKey')]), UNKNOWN],
  ['assign users of IAM Identity Center to accounts', reader([allow('sso:CreateAccountAssignment')]), UNKNOWN],
  ['add users of IAM Identity Center to groups', reader([allow('identitystore:CreateGroupMembership')]), UNKNOWN],
  ...[
    'identitystore:UpdateUser', 'sso-directory:AddMemberToGroup', 'sso-directory:CreateBearerToken', 'sso-directory:CreateExternalIdPConfigurationForDirectory',
    'sso-directory:EnableExternalIdPConfigurationForDirectory', 'sso-directory:ImportExternalIdPCertificate', 'sso-directory:UpdateExternalIdPConfigurationForDirectory',
    'sso-directory:UpdatePassword', 'sso-directory:UpdateUser', 'sso:AssociateDirectory', 'sso:AssociateProfile',
  ].map((action): [string, object, string] => [`let somebody in with ${action}`, reader([allow(action)]), UNKNOWN]),
  ['only create users of IAM Identity Center', reader([allow(['identitystore:CreateUser', 'sso-directory:CreateUser'])]), DENIED],
  ['only list such assignments', reader([allow(['sso:List*', 'identitystore:List*'])]), DENIED],
  ['get credentials of root users', reader([allow('sts:AssumeRoot')]), UNKNOWN],
  ['get credentials that somebody has delegated', reader([allow('sts:GetDelegatedAccessToken')]), UNKNOWN],
  ['create keys for buckets of Amazon Lightsail', reader([allow('lightsail:CreateBucketAccessKey')]), UNKNOWN],
  ['create users without credentials', reader([allow(['iam:CreateUser', 'iam:PutUserPolicy'])]), DENIED],
  ['create service-linked roles', reader([allow('iam:CreateServiceLinkedRole')]), DENIED],
  ['be denied to create roles', reader([allow('iam:*', TENANTS), deny('iam:CreateRole')]), DENIED],
])('what is denied to a pod that can %s', (_, resources, outcome) => {
  expect(decide(resources, { action: BUCKETS }).outcome).toBe(outcome);
});

test('what its own role allows stays allowed, and the answer says which requests make the rest unknown', () => {
  const resources = reader([allow(['sqs:ListQueues', 'iam:CreateRole', 'iam:PutRolePolicy'], '*')], { PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonSQSFullAccess' });
  const unlimited = reader([allow('sqs:ListQueues'), allow(['iam:CreateRole', 'iam:PutRolePolicy'], TENANTS)]);
  expect([resources, unlimited].map((one) => decide(one, { action: BUCKETS }).outcome)).toEqual([DENIED, UNKNOWN]);
  expect(decide(unlimited, { action: 'sqs:ListQueues' }).outcomeByDefault).toBe('ALLOWED');
  const { missing, outcomeByDefault } = decide(unlimited, { action: BUCKETS });
  expect(missing[0]).toBe('the principal might create a role with any permissions: role Reader may request iam:CreateRole, and role Reader may request iam:PutRolePolicy');
  expect(outcomeByDefault).toBe('UNKNOWN');
});

test('what the boundary of its own role denies is unknown by default, too, because a role that it creates can remove the boundary', () => {
  const Boundary = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement: allow(['iam:CreateRole', 'iam:PutRolePolicy']) } } };
  const { outcome, outcomeByDefault } = decide({ ...reader([allow('iam:PutRolePolicy')], { PermissionsBoundary: { Ref: 'Boundary' } }), Boundary }, { action: BUCKETS });
  expect([outcome, outcomeByDefault]).toEqual([UNKNOWN, UNKNOWN]);
});
