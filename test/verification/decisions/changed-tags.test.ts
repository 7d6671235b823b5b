// A principal that may tag a resource can make conditions on its tags hold, or no longer hold.
import { allow, arnOf, deny } from '../templates';
import { ACCOUNT, decide, DENIED, reader, REGION, shown, UNKNOWN } from './cases/questions';

const QUEUE = `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs`;
const SEND = 'sqs:SendMessage';
const queue = (team: string) => ({ Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', Tags: [{ Key: 'team', Value: team }] } } });
const ifTeam = (value: string) => ({ Condition: { StringEquals: { 'aws:ResourceTag/team': value } } });

test.each<[string, string, object[], string]>([
  ['it may tag a queue that has another tag', 'red', [allow(SEND, '*', ifTeam('blue')), allow('sqs:TagQueue')], UNKNOWN],
  ['it may tag this queue', 'red', [allow(SEND, '*', ifTeam('blue')), allow('sqs:TagQueue', QUEUE)], UNKNOWN],
  ['it may remove the tag for which a policy denies', 'blue', [allow(SEND), deny(SEND, '*', ifTeam('blue')), allow('sqs:UntagQueue')], UNKNOWN],
  ['it may tag it only while it has this tag', 'blue', [allow(SEND, '*', ifTeam('red')), allow('sqs:TagQueue', '*', ifTeam('blue'))], UNKNOWN],
  ['it may tag no queue with the tag that this one has', 'red', [allow(SEND, '*', ifTeam('blue')), allow('sqs:TagQueue', '*', ifTeam('blue'))], DENIED],
  ['it may tag another queue', 'red', [allow(SEND, '*', ifTeam('blue')), allow('sqs:TagQueue', `${QUEUE}-2`)], DENIED],
  ['it may create it anew with another tag', 'red', [allow(SEND, '*', ifTeam('blue')), allow(['sqs:DeleteQueue', 'sqs:CreateQueue'])], UNKNOWN],
  ['it may only delete it', 'red', [allow(SEND, '*', ifTeam('blue')), allow('sqs:DeleteQueue')], DENIED],
  ['it may only create it', 'red', [allow(SEND, '*', ifTeam('blue')), allow('sqs:CreateQueue')], DENIED],
  ['it may not tag', 'red', [allow(SEND, '*', ifTeam('blue'))], DENIED],
  ['it may tag topics', 'red', [allow(SEND, '*', ifTeam('blue')), allow('sns:TagResource')], DENIED],
  ['it may tag a queue about which no condition asks', 'red', [allow('sqs:DeleteQueue'), allow('sqs:TagQueue')], DENIED],
])('%s (team %s)', (_, team, statements, expected) => {
  expect(shown(decide({ ...reader(statements), ...queue(team) }, { action: SEND, resource: QUEUE }))).toBe(expected);
});

test.each<[string, string, string, object, string[]]>([
  ['an alarm', 'cloudwatch:SetAlarmState', 'cloudwatch:us-west-2:111122223333:alarm:jobs', { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'jobs' } }, ['cloudwatch:DeleteAlarms', 'cloudwatch:PutMetricAlarm']],
  ['an activity', 'states:GetActivityTask', 'states:us-west-2:111122223333:activity:jobs', { Type: 'AWS::StepFunctions::Activity', Properties: { Name: 'jobs' } }, ['states:DeleteActivity', 'states:CreateActivity']],
  ['a workgroup', 'athena:StartQueryExecution', 'athena:us-west-2:111122223333:workgroup/jobs', { Type: 'AWS::Athena::WorkGroup', Properties: { Name: 'jobs' } }, ['athena:DeleteWorkGroup', 'athena:CreateWorkGroup']],
  ['a user', 'iam:GetUser', 'iam::111122223333:user/jobs', { Type: 'AWS::IAM::User', Properties: { UserName: 'jobs' } }, ['iam:DeleteUser', 'iam:CreateUser']],
])('%s that has another tag is created anew with the right one', (_, action, arn, { Type, Properties }: any, requests) => {
  const outcome = (allowed: string[]) => decide({
    ...reader([allow(action, '*', ifTeam('blue')), allow(allowed)]), It: { Type, Properties: { ...Properties, Tags: [{ Key: 'team', Value: 'red' }] } },
  }, { action, resource: `arn:aws:${arn.replace('us-west-2', REGION).replace('111122223333', ACCOUNT)}` }).outcomeByDefault;
  expect([outcome(requests), outcome(requests.slice(0, 1))]).toEqual([UNKNOWN, DENIED]);
});

test('the answer says how', () => {
  const { missing } = decide({ ...reader([allow(SEND, '*', ifTeam('blue')), allow('sqs:TagQueue')]), ...queue('red') }, { action: SEND, resource: QUEUE });
  expect(missing).toEqual(['the principal might change the tags of Queue: role Reader may request sqs:TagQueue']);
});

describe('a role', () => {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ACCOUNT } }] };
  const Other = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'other', Tags: [{ Key: 'team', Value: 'red' }], AssumeRolePolicyDocument: trust } };
  const outcome = (...statements: object[]) =>
    decide({ ...reader([allow('sts:AssumeRole', '*', ifTeam('blue')), ...statements]), Other }, { action: 'sts:AssumeRole', resource: `arn:aws:iam::${ACCOUNT}:role/other` }).outcomeByDefault;

  test('is tagged before the principal assumes it', () => {
    expect(outcome(allow('iam:TagRole', arnOf('Other')))).toBe(UNKNOWN);
  });

  test('keeps its tags without this permission', () => {
    expect(outcome()).toBe(DENIED);
  });
});
