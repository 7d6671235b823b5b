import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, deny, objects, podIdentityTrust, role } from '../templates';

const LIST = 'sqs:ListQueues';
const BUCKETS = 's3:ListAllMyBuckets';
const trusted = (Service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } });
const decisionOf = (resources: object, action = BUCKETS) => verification.PodAccess.fromTemplates(clusterTemplate({ Objects: objects(account('app', 'Role')), ...resources }))
  .assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(action);
const outcomesOf = (resources: object) => [LIST, BUCKETS].map((action) => decisionOf(resources, action).outcome);

const ofPod = (...statements: object[]) => ({ Role: accountRole('default:app', allow(LIST), ...statements) });
const limited = (boundary: object, ...statements: object[]) => {
  const { Role: { Type, Properties } } = ofPod(...statements);
  const Boundary = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement: boundary } } };
  return { Role: { Type, Properties: { ...Properties, PermissionsBoundary: { Ref: 'Boundary' } } }, Boundary };
};
const CERTAIN = ['ALLOWED', 'DENIED'];
const RAISED = ['ALLOWED', 'UNKNOWN'];

test.each<[string, object, string[]]>([
  ['can change its own policies', ofPod(allow('iam:PutRolePolicy', arnOf('Role'))), RAISED],
  ['can attach policies to any role', ofPod(allow('iam:AttachRolePolicy')), RAISED],
  ['can change managed policies, and has none', ofPod(allow('iam:CreatePolicyVersion')), CERTAIN],
  ['can change the policies of a role that the pod does not get', { ...ofPod(allow('iam:PutRolePolicy', arnOf('Other'))), Other: role(trusted('ec2.amazonaws.com')) }, CERTAIN],
  ['can replace the policy that denies', ofPod(allow('iam:PutRolePolicy'), deny('s3:*')), RAISED],
  ['has a boundary', limited(allow(['iam:PutRolePolicy', 'sqs:*']), allow('iam:PutRolePolicy')), CERTAIN],
  ['has a boundary that it can allow itself to remove', limited(allow(['iam:*', 'sqs:*']), allow('iam:PutRolePolicy')), RAISED],
  ['has a boundary that allows what it could allow itself', limited(allow('*'), allow('iam:PutRolePolicy')), RAISED],
  ['can allow itself to assume roles outside the templates within its boundary', limited(allow(['iam:PutRolePolicy', 'sts:AssumeRole', 'sqs:*']), allow('iam:PutRolePolicy')), RAISED],
  ['can change its tags, and may assume a role that the templates name', {
    ...ofPod(allow('iam:TagRole', arnOf('Role')), allow('sts:AssumeRole', arnOf('Second'))), Second: role(trusted('ec2.amazonaws.com')),
  }, CERTAIN],
  ['can remove its boundary', limited(allow(['iam:*', 'sqs:*']), allow(['iam:DeleteRolePermissionsBoundary', BUCKETS])), RAISED],
  ['can only read roles', ofPod(allow(['iam:GetRole', 'iam:ListRoles'])), CERTAIN],
])('a role that %s', (_, resources, expected) => {
  expect(outcomesOf(resources)).toEqual(expected);
});

test('a role that the pod can assume and whose policies it can change', () => {
  const Second = role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Role') } });
  expect(outcomesOf({ ...ofPod(allow('iam:PutRolePolicy', arnOf('Second'))), Second })).toEqual(RAISED);
});

test('the answer says which request can raise the permissions', () => {
  const { missing, outcomeByDefault } = decisionOf(ofPod(allow('iam:PutRolePolicy', arnOf('Role'))));
  expect(missing[0]).toBe('the principal might raise the permissions of role Role: role Role may request iam:PutRolePolicy');
  expect(outcomeByDefault).toBe('UNKNOWN');
});

const ADMIN = role(trusted('lambda.amazonaws.com'), allow('s3:*'));
const toLambda = { Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } };

test.each<[string, object, string[]]>([
  ['and can create and invoke functions, which may be different ones', { ...ofPod(allow('iam:PassRole', arnOf('Admin'), toLambda), allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])), Admin: ADMIN }, RAISED],
  ['and can create functions, which something else may invoke', { ...ofPod(allow('iam:PassRole', arnOf('Admin'), toLambda), allow('lambda:CreateFunction')), Admin: ADMIN }, RAISED],
  ['and can invoke functions only', { ...ofPod(allow(['iam:PassRole', 'lambda:InvokeFunction'])), Admin: ADMIN }, CERTAIN],
  ['and can associate it with accounts that its trust policy names', {
    ...ofPod(allow(['iam:PassRole', 'eks:CreatePodIdentityAssociation'])),
    Admin: role(podIdentityTrust({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'admin' } }), allow('s3:*')),
  }, RAISED],
  ['and can create nothing that runs it', { ...ofPod(allow('iam:PassRole')), Admin: ADMIN }, CERTAIN],
  ['and can create functions, but the role does not trust AWS Lambda', { ...ofPod(allow(['iam:PassRole', 'lambda:CreateFunction'])), Admin: role(trusted('states.amazonaws.com'), allow('s3:*')) }, CERTAIN],
  ['to another service only', { ...ofPod(allow('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } }), allow('lambda:CreateFunction')), Admin: ADMIN }, CERTAIN],
])('a pod that can pass a role %s', (_, resources, expected) => {
  expect(outcomesOf(resources)).toEqual(expected);
});

test('a pod that can change the trust policy of a role might get what the role may do, and no more', () => {
  const resources = { ...ofPod(allow('iam:UpdateAssumeRolePolicy', arnOf('Admin'))), Admin: ADMIN };
  expect([BUCKETS, 'ec2:DescribeInstances'].map((action) => decisionOf(resources, action).outcome)).toEqual(['UNKNOWN', 'DENIED']);
  expect(decisionOf(resources).missing).toEqual(['role Role might change the trust policy of role Admin, so that it can assume it']);
});
