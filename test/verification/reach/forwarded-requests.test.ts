import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects, role } from '../templates';

const VIA_CLOUDFORMATION = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } };
const via = (Condition: object, ...Action: string[]) => ({ Effect: 'Allow', Action, Resource: '*', Condition });
const direct = (...Action: string[]) => ({ Effect: 'Allow', Action, Resource: '*' });
const DELETE = 's3:DeleteBucket';
const lambdaTrust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };

const decisionOf = (...statements: object[]) => verification.PodAccess
  .fromTemplates(clusterTemplate({ Admin: role(lambdaTrust, allow(DELETE)), Role: accountRole('default:app', ...statements), Objects: objects(account('app', 'Role')) }))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } })
  .pod({ serviceAccountName: 'app' }).decide(DELETE);

test.each<[string, object[]]>([
  ['create a role', [via(VIA_CLOUDFORMATION, 'iam:CreateRole', 'iam:PutRolePolicy')]],
  ['create a role, unless it does so itself', [
    direct('iam:CreateRole', 'iam:PutRolePolicy'), { Effect: 'Deny', Action: 'iam:*', Resource: '*', Condition: { Bool: { 'aws:ViaAWSService': 'false' } } },
  ]],
  ['pass a role to a function', [via(VIA_CLOUDFORMATION, 'iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction')]],
  ['change its own policies', [via({ StringEquals: { 'aws:CalledViaFirst': 'cloudformation.amazonaws.com' } }, 'iam:PutRolePolicy')]],
])('what a service does on behalf of a pod counts: it might %s', (_, statements) => {
  expect(decisionOf(...statements).outcome).toBe('UNKNOWN');
});

test('what a service may not do on behalf of a pod either does not count', () => {
  expect(decisionOf(via({ ...VIA_CLOUDFORMATION, StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/other' } }, 'iam:CreateRole', 'iam:PutRolePolicy')).outcome)
    .toBe('DENIED');
});

test('the request of the question is that of the pod itself', () => {
  expect(decisionOf(via(VIA_CLOUDFORMATION, DELETE)).outcome).toBe('DENIED');
});
