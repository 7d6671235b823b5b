import { ACCOUNT, accessTo, decide, DENIED, reader, READER_ARN, REGION, UNKNOWN } from '../decisions/cases/questions';
import { allow, clusterTemplate, deny, role } from '../templates';

const RECEIVE = 'sqs:ReceiveMessage';
const BUCKETS = 's3:ListAllMyBuckets';
const ofAccount = (resource: string, account = ACCOUNT) => `arn:aws:iam::${account}:${resource}`;
const TEAMS = ofAccount('role/team-*');
const creates = (resource: string, ...more: object[]) => reader([allow('iam:CreateRole', resource), ...more]);
const everyone = (action: string, condition?: object) => ({ Effect: 'Allow', Principal: { AWS: '*' }, Action: action, ...condition && { Condition: condition } });
const isLike = (pattern: string) => ({ ArnLike: { 'aws:PrincipalArn': pattern } });
const queue = (statement: object) => ({
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } },
  Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Version: '2012-10-17', Statement: [{ Resource: '*', ...statement }] } } },
});
const ofTeams = queue(everyone(RECEIVE, isLike(TEAMS)));

test.each<[string, object, string]>([
  ['with this name, and it may create such roles', { ...creates(TEAMS), ...ofTeams }, UNKNOWN],
  ['with this name, and it may create any', { ...creates('*'), ...ofTeams }, UNKNOWN],
  ['with this name, and it may create such roles in its account', { ...creates('arn:aws:iam::*:role/team-*'), ...ofTeams }, UNKNOWN],
  ['with this name, and it may create one of them', { ...creates(ofAccount('role/team-web')), ...ofTeams }, UNKNOWN],
  ['with this name, and it may create others', { ...creates(ofAccount('role/other-*')), ...ofTeams }, DENIED],
  ['with this name, and it is denied to create any', { ...creates(TEAMS, deny('iam:CreateRole')), ...ofTeams }, DENIED],
  ['with this path, and it may create such roles', { ...creates(ofAccount('role/teams/*')), ...queue(everyone(RECEIVE, isLike(ofAccount('role/teams/*')))) }, UNKNOWN],
  ['with this path, and it may create some without a path', { ...creates(TEAMS), ...queue(everyone(RECEIVE, isLike(ofAccount('role/teams/*')))) }, DENIED],
  ['of another account, and it may create any', { ...creates('*'), ...queue(everyone(RECEIVE, isLike(ofAccount('role/*', '444455556666')))) }, DENIED],
  ['with a tag, and it may create some', { ...creates(TEAMS), ...queue(everyone(RECEIVE, { StringEquals: { 'aws:PrincipalTag/team': 'web' } })) }, UNKNOWN],
  ['with any, and a policy of its own role denies it', { ...creates(TEAMS, deny(RECEIVE)), ...queue(everyone(RECEIVE)) }, UNKNOWN],
  ['with any, if only the deployment knows that it is everyone, and a policy of its own role denies it', { ...creates(TEAMS, deny(RECEIVE)), ...queue({ ...everyone(RECEIVE), Principal: { AWS: { 'Fn::ImportValue': 'Readers' } } }) }, UNKNOWN],
  ['with any but these, and it may create only these', { ...creates(TEAMS), ...queue(everyone(RECEIVE, { ArnNotLike: { 'aws:PrincipalArn': [TEAMS, READER_ARN] } })) }, DENIED],
  ['as a principal, which takes a role that exists', { ...creates(TEAMS), ...queue({ ...everyone(RECEIVE), Principal: { AWS: ofAccount('role/team-web') } }) }, DENIED],
  ['as a principal by its ID, which a new role does not have', { ...creates(TEAMS), ...queue({ ...everyone(RECEIVE), Principal: { AWS: 'AIDAJQABLZS4A3QDU576Q' } }) }, DENIED],
  ['by their account, which then has to allow it', { ...creates(TEAMS), ...queue({ ...everyone(RECEIVE), Principal: { AWS: ofAccount('root') } }) }, DENIED],
])('whether a pod may do what the policy of a resource allows to roles %s', (_, resources, outcome) => {
  expect(decide(resources, { action: RECEIVE, resource: `arn:aws:sqs:${REGION}:${ACCOUNT}:orders` }).outcome).toBe(outcome);
});

test.each<[string, object, string]>([
  ['with the name of roles that it may create', everyone('sts:AssumeRole', isLike(TEAMS)), UNKNOWN],
  ['with another name', everyone('sts:AssumeRole', isLike(ofAccount('role/other-*'))), DENIED],
  ['with a tag', everyone('sts:AssumeRole', { StringEquals: { 'aws:PrincipalTag/team': 'web' } }), UNKNOWN],
])('whether a pod gets a role that trusts everyone %s', (_, trust, outcome) => {
  expect(decide({ ...creates(TEAMS), Admin: role(trust, allow(BUCKETS)) }, { action: BUCKETS }).outcome).toBe(outcome);
});

test('the same with users that it creates, and of whom it gets credentials', () => {
  const resources = { ...reader([allow(['iam:CreateUser', 'iam:CreateAccessKey'], ofAccount('user/team-*'))]), ...queue(everyone(RECEIVE, isLike(ofAccount('user/team-*')))) };
  expect(decide(resources, { action: RECEIVE }).outcome).toBe(UNKNOWN);
});

test('the answer says which request creates the role, and of what name', () => {
  const { missing, outcomeByDefault } = decide({ ...creates(TEAMS), ...ofTeams }, { action: RECEIVE });
  expect(outcomeByDefault).toBe(DENIED);
  expect(missing).toEqual([`role Reader may request iam:CreateRole, and so might create a role like ${TEAMS}, and get what policies allow to everyone with its ARN or its tags`]);
});

test.each([
  ['has such a role', ofTeams, ['Reader', 'team-*, which it creates']],
  ['has no such role if policies allow nothing to everyone', queue({ ...everyone(RECEIVE), Principal: { AWS: READER_ARN } }), ['Reader']],
])('the access table %s', (_, more, roles) => {
  const { row } = accessTo(clusterTemplate({ ...creates(TEAMS), ...more })).pod({ serviceAccountName: 'app' });
  expect(row.roles.map((each) => each.role)).toEqual(roles);
});
