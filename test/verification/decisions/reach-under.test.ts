import { verification } from '../../../lib';
import * as reach from '../../../lib/verification/private/reach/reach';
import { conditionalApp } from '../assignments/conditional-app';
import { account, accountRole, allow, arnOf, association, clusterTemplate, job, objects, podIdentityTrust, role } from '../templates';

test('credentials of pods that no condition changes are found once for all outcomes of the conditions', () => {
  const found = jest.spyOn(reach, 'reachOf');
  const access = verification.PodAccess.fromTemplates(conditionalApp(40, true));
  const rowOf = (name: string) => access.pod({ serviceAccountName: name }).row;
  expect(rowOf('account-39').roles.map((one) => one.role)).toEqual(['Role39']);
  expect(found.mock.calls.length).toBe(1);
  expect(rowOf('account-0').roles.map((one) => one.role)).toEqual(['Role0']);
  expect(found.mock.calls.length).toBe(1 + 1 + 64); // six conditions, of which one changes the policy of its role
});

test('credentials that depend on the permissions of a role which pods do not get themselves are found under each outcome of a condition', () => {
  const access = verification.PodAccess.fromTemplates(clusterTemplate({
    First: role(podIdentityTrust()),
    Assumes: {
      Type: 'AWS::IAM::Policy',
      Condition: 'C',
      Properties: { PolicyName: 'assume', Roles: [{ Ref: 'First' }], PolicyDocument: { Version: '2012-10-17', Statement: [allow(['sts:AssumeRole', 'sts:TagSession'])] } },
    },
    Target: role({ Statement: [{ Effect: 'Allow', Principal: { AWS: arnOf('First') }, Action: ['sts:AssumeRole', 'sts:TagSession'] }] }, allow('s3:GetObject')),
    Association: association('app', 'First', { TargetRoleArn: arnOf('Target') }),
    Objects: objects(account('app')),
  }, { Parameters: { P: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'yes'] } } }));
  const pod = access.pod({ serviceAccountName: 'app' });
  const conditions = access.assume({ parameters: { P: 'yes' } }).pod({ serviceAccountName: 'app' }).row.roles;
  expect(pod.row.roles.map(({ role: name, isCertain }) => [name, isCertain])).toEqual(conditions.map(({ role: name }) => [name, false]));
});

test.each(['Yes', 'No'])('a role that a custom resource might hand to pods leads to what it may do if its policy has condition %s', (Condition) => {
  const image = '111122223333.dkr.ecr.us-west-2.amazonaws.com/report:latest';
  const trusted = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
  const isYes = { 'Fn::Equals': [{ Ref: 'P' }, 'yes'] };
  const access = verification.PodAccess.fromTemplates(clusterTemplate({
    Role: accountRole('default:app', allow('sqs:ListQueues')),
    Other: accountRole('default:other', allow('s3:ListAllMyBuckets')),
    Objects: objects(account('app', 'Role'), account('other', 'Other'), job('report', 'other', { containers: [{ name: 'main', image }] })),
    Pushing: role(trusted),
    Push: {
      Type: 'AWS::IAM::Policy',
      Condition,
      Properties: { PolicyName: 'push', Roles: [{ Ref: 'Pushing' }], PolicyDocument: { Version: '2012-10-17', Statement: [allow('ecr:PutImage')] } },
    },
    Seed: { Type: 'Custom::Seed', Properties: { ServiceToken: arnOf('Handler') } },
    Handler: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('HandlerRole') } },
    HandlerRole: role(trusted, allow('iam:UpdateAssumeRolePolicy', arnOf('Pushing'))),
  }, { Parameters: { P: { Type: 'String' } }, Conditions: { Yes: isYes, No: { 'Fn::Not': [isYes] } } }))
    .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } });
  const outcomes = [{}, { parameters: { P: 'yes' } }, { parameters: { P: 'no' } }]
    .map((assumed) => access.assume(assumed).pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets').outcome);
  expect(outcomes).toEqual(['UNKNOWN', ...(Condition === 'Yes' ? ['UNKNOWN', 'DENIED'] : ['DENIED', 'UNKNOWN'])]);
});
