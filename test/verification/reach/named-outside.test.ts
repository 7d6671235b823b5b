import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, deny, objects, role } from '../templates';

const decisionOf = (...statements: object[]) => access(...statements).pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets');
const RESOURCES = {
  Objects: objects(account('app', 'Role')),
  It: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'it', Role: { 'Fn::GetAtt': ['Runner', 'Arn'] } } },
  Generated: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Runner', 'Arn'] } } },
  Project: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: { 'Fn::GetAtt': ['Runner', 'Arn'] } } },
  Runner: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['lambda.amazonaws.com', 'codebuild.amazonaws.com'] } }),
};
const access = (...statements: object[]) => verification.PodAccess.fromTemplates(clusterTemplate(
  { ...RESOURCES, Role: accountRole('default:app', ...statements) }, { Parameters: { Imported: { Type: 'String' } } }))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } });

const OUTSIDE = 'arn:aws:iam::111122223333:role/outside';
const arnIn = (service: string, resource: string) => `arn:aws:${service}:us-west-2:111122223333:${resource}`;

test.each<[string, string, unknown]>([
  ['passes a role', 'iam:PassRole', OUTSIDE],
  ['passes a role of a parameter', 'iam:PassRole', { Ref: 'Imported' }],
  ['passes an imported role', 'iam:PassRole', { 'Fn::ImportValue': 'role' }],
  ['passes a role that is named after something else', 'iam:PassRole', { 'Fn::Sub': 'arn:aws:iam::111122223333:role/${Generated}-reader' }],
  ['changes a function that is named after something else', 'lambda:UpdateFunctionCode', { 'Fn::Sub': arnIn('lambda', 'function:${Project}-reader') }],
  ['changes whom a role trusts', 'iam:UpdateAssumeRolePolicy', OUTSIDE],
  ['changes a function', 'lambda:UpdateFunctionCode', arnIn('lambda', 'function:other')],
  ['changes an imported function', 'lambda:UpdateFunctionConfiguration', { 'Fn::ImportValue': 'function' }],
  ['starts a build', 'codebuild:StartBuild', arnIn('codebuild', 'project/other')],
  ['runs commands on an instance', 'ssm:SendCommand', arnIn('ec2', 'instance/i-0123456789abcdef0')],
  ['changes a stack', 'cloudformation:UpdateStack', arnIn('cloudformation', 'stack/other/*')],
  ['changes a stack by its ID', 'cloudformation:UpdateStack', arnIn('cloudformation', 'stack/other/51af3dc0')],
])('a pod that %s outside the templates might do what its role may do', (_, action, resource) => {
  const { outcome, outcomeByDefault, missing } = decisionOf(allow(action, resource), allow('lambda:CreateFunction'));
  expect([outcome, outcomeByDefault]).toEqual(['UNKNOWN', 'DENIED']);
  expect(missing[0]).toMatch(action.startsWith('iam') ? /^role Role (can pass|might change the trust policy of) role / : new RegExp(`^role Role may request ${action}`));
});

test.each<[string, object[]]>([
  ['passes any role', [allow('iam:PassRole'), allow('glue:CreateJob')]],
  ['changes whom any role of a path trusts', [allow('iam:UpdateAssumeRolePolicy', 'arn:aws:iam::111122223333:role/tenants/*')]],
  ['passes what is no role', [allow(['iam:PassRole', 'iam:UpdateAssumeRolePolicy'], 'arn:aws:iam::111122223333:policy/outside')]],
  ['changes functions by a wildcard', [allow('lambda:UpdateFunctionCode', arnIn('lambda', 'function:other-*'))]],
  ['changes a function of the templates', [allow('lambda:UpdateFunctionCode', { 'Fn::GetAtt': ['Generated', 'Arn'] })]],
  ['changes a version of a function of the templates', [allow('lambda:UpdateFunctionCode', { 'Fn::Sub': '${Generated.Arn}:live' })]],
  ['changes a function of the templates by its name', [allow('lambda:UpdateFunctionCode', arnIn('lambda', 'function:it'))]],
  ['starts a build of the templates', [allow('codebuild:StartBuild', { 'Fn::GetAtt': ['Project', 'Arn'] })]],
  ['starts a build of the templates by its reference', [allow('codebuild:StartBuild', { 'Fn::Sub': 'arn:aws:codebuild:us-west-2:111122223333:project/${Project}' })]],
  ['only calls a function', [allow('lambda:InvokeFunction', arnIn('lambda', 'function:other'))]],
  ['has all actions of AWS Lambda on a bucket', [allow('lambda:*', 'arn:aws:s3:::bucket')]],
  ['runs commands with a document', [allow('ssm:SendCommand', arnIn('ssm', 'document/Update'))]],
  ['is denied it', [allow('lambda:*', arnIn('lambda', 'function:other')), deny(['lambda:Put*', 'lambda:Update*'])]],
])('what is denied to a pod that %s is certain', (_, statements) => {
  expect(decisionOf(...statements).outcome).toBe('DENIED');
});

test('you can state that pods do not use what is outside', () => {
  const changing = access(allow('lambda:UpdateFunctionCode', arnIn('lambda', 'function:other'))).assume({ noOtherCredentials: true });
  expect(changing.pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets').outcome).toBe('DENIED');
});
