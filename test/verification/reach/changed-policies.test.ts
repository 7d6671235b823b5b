import { decide, DENIED, reader, UNKNOWN } from '../decisions/cases/questions';
import { allow, deny } from '../templates';

const BUCKETS = 's3:ListAllMyBuckets';
const S3 = allow('s3:*');
const NO_S3 = deny('s3:*');
const guard = (...Statement: object[]) => ({ PolicyName: 'guard', PolicyDocument: { Version: '2012-10-17', Statement } });
const managed = (Statement: object[], more: object = {}) => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement }, ...more } });

/** With a second inline policy. */
function guarded(statements: object[], ...denies: object[]) {
  const { Reader, Objects } = reader(statements);
  return { Objects, Reader: { ...Reader, Properties: { ...Reader.Properties, Policies: [...Reader.Properties.Policies, guard(...denies)] } } };
}
const withManaged = (statements: object[], ...denies: object[]) => ({ ...reader(statements), Guard: managed(denies, { Roles: [{ Ref: 'Reader' }] }) });
const bounded = (statements: object[], ...boundary: object[]) => ({ ...reader(statements, { PermissionsBoundary: { Ref: 'Boundary' } }), Boundary: managed(boundary) });
const onTag = (value: string) => ({ Condition: { StringEquals: { 'aws:PrincipalTag/team': value } } });
const tagged = (...statements: object[]) => reader(statements, { Tags: [{ Key: 'team', Value: 'dev' }] });
/** What else leads to what a policy denies. */
const OTHER_WAYS = [
  'iam:DetachRolePolicy', 'iam:*PolicyVersion', 'iam:*PermissionsBoundary', 'iam:PassRole', 'iam:UpdateAssumeRolePolicy', 'iam:CreateRole', 'iam:Create*Key', 'iam:*LoginProfile',
  'ec2:ModifyInstance*', 'ec2:*LaunchTemplate*', 'ec2:CreateReplaceRootVolumeTask', 'ec2-instance-connect:*', 'eks:*', 'iam:*ServiceSpecificCredential', 'iam:UploadSSHPublicKey',
  'iam:AddClientIDToOpenIDConnectProvider', 'ssm:*', 'sso:*', 'sso-directory:*', 'ds:*', 'ds-data:*', 'identitystore:*', 'ec2:AttachVolume', 'ec2:*Volume*', 'sts:AssumeRole', 'sts:AssumeRoot', 'sts:GetDelegatedAccessToken', 'lightsail:*', 'cloudformation:*', 'codedeploy:*', 'ecs:*', 'elasticbeanstalk:*', 'imagebuilder:*', 'opsworks:*', 'cloud9:*',
];
const NOT_THE_BOUNDARY = deny(['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'], { Ref: 'Boundary' });

test.each<[string, object, string]>([
  ['iam:PutRolePolicy replaces its inline policy', reader([S3, allow('iam:PutRolePolicy'), NO_S3]), UNKNOWN],
  ['iam:DeleteRolePolicy deletes its inline policy', guarded([S3, allow('iam:DeleteRolePolicy')], NO_S3), UNKNOWN],
  ['iam:DeleteRolePolicy deletes what denies and nothing else allows', reader([S3, allow('iam:DeleteRolePolicy'), NO_S3]), DENIED],
  ['iam:DeleteRolePolicy deletes no managed policy', withManaged([S3, allow('iam:DeleteRolePolicy')], NO_S3), DENIED],
  ['iam:DetachRolePolicy detaches its managed policy', withManaged([S3, allow('iam:DetachRolePolicy')], NO_S3), UNKNOWN],
  ['iam:DetachRolePolicy detaches no inline policy', guarded([S3, allow('iam:DetachRolePolicy')], NO_S3), DENIED],
  ['iam:CreatePolicyVersion rewrites its managed policy', withManaged([S3, allow('iam:CreatePolicyVersion')], NO_S3), UNKNOWN],
  ['iam:CreatePolicyVersion rewrites other policies', withManaged([S3, allow('iam:CreatePolicyVersion', 'arn:aws:iam::111122223333:policy/teams/*')], NO_S3), DENIED],
  ['iam:PutRolePolicy allows it to detach its managed policy', withManaged([S3, allow('iam:PutRolePolicy')], NO_S3), UNKNOWN],
  ['iam:PutRolePolicy leaves a managed policy that keeps itself',
    withManaged([S3, allow('iam:PutRolePolicy')], NO_S3, deny(OTHER_WAYS)), DENIED],
  ['its boundary denies it', bounded([S3, allow('iam:PutRolePolicy')], allow('*'), NO_S3, deny(OTHER_WAYS)), DENIED],
  ['its boundary does not allow it', bounded([S3, allow('iam:PutRolePolicy')], allow(['iam:PutRolePolicy', 'sqs:*'])), DENIED],
  ['iam:CreatePolicyVersion rewrites its boundary', bounded([S3, allow('iam:CreatePolicyVersion')], allow(['iam:CreatePolicyVersion', 'sqs:*'])), UNKNOWN],
  ['iam:SetDefaultPolicyVersion changes its boundary', bounded([S3, allow('iam:SetDefaultPolicyVersion')], allow(['iam:*', 'sqs:*'])), UNKNOWN],
  ['its boundary denies to rewrite itself', bounded([S3, allow('iam:CreatePolicyVersion')], allow(['iam:CreatePolicyVersion', 'sqs:*']), NOT_THE_BOUNDARY), DENIED],
  ['iam:CreatePolicyVersion does not rewrite a boundary of AWS',
    reader([S3, allow('iam:CreatePolicyVersion')], { PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMFullAccess' }), DENIED],
  ['iam:PutRolePolicy allows it to remove its boundary', bounded([S3, allow('iam:PutRolePolicy')], allow(['iam:PutRolePolicy', 'iam:DeleteRolePermissionsBoundary', 'sqs:*'])), UNKNOWN],
  ['iam:TagRole gives it the tag that allows it', tagged(allow('s3:*', '*', onTag('admin')), allow('iam:TagRole')), UNKNOWN],
  ['iam:UntagRole removes the tag that denies it', tagged(S3, deny('s3:*', '*', onTag('dev')), allow('iam:UntagRole')), UNKNOWN],
  ['iam:TagRole gives it tags that allow nothing', tagged(allow('iam:TagRole')), DENIED],
])('what is denied to a role of which %s', (_, resources, outcome) => {
  expect(decide(resources, { action: BUCKETS }).outcome).toBe(outcome);
});

test('an object that a kept policy denies is denied, and others are not', () => {
  const objectsOf = (bucket: string) => `arn:aws:s3:::${bucket}/*`;
  const resources = withManaged([allow('s3:GetObject', objectsOf('a')), allow('iam:PutRolePolicy')], deny('s3:GetObject', objectsOf('a')), deny('iam:DetachRolePolicy'));
  const outcomes = [undefined, 'arn:aws:s3:::b/report.csv'].map((resource) => decide(resources, { action: 's3:GetObject', resource, resourcesWithoutPolicy: ['arn:aws:s3:::b'] }).outcome);
  expect(outcomes).toEqual([UNKNOWN, UNKNOWN]);
});
