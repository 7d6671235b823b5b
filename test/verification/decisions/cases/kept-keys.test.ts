import { complete, decide, DENIED, reader, UNKNOWN } from './questions';
import { allow, arnOf, role } from '../../templates';

const KEY = { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] };
const USER = {
  User: { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow('sns:ListTopics')] } }] } },
  Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
};
const Queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } };
const Stream = { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'jobs' } };
const queue = (name: string) => `arn:aws:sqs:us-west-2:111122223333:${name}`;
const INPUT = { 'Fn::Sub': '{"key":"${Key.SecretAccessKey}"}' };
const rule = (Input: unknown) => ({ Queue, It: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'a', Arn: arnOf('Queue'), Input }] } } });
const schedule = { Queue, It: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { Arn: arnOf('Queue'), Input: INPUT } } } };
const pipe = { Stream, It: { Type: 'AWS::Pipes::Pipe', Properties: { Source: queue('in'), Target: arnOf('Stream'), TargetParameters: { InputTemplate: INPUT } } } };
const connection = (ApiKeyValue: unknown) => ({ It: { Type: 'AWS::Events::Connection', Properties: { AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x', ApiKeyValue } } } } });
const provider = (ApiKey: unknown) => ({ It: { Type: 'AWS::BedrockAgentCore::ApiKeyCredentialProvider', Properties: { Name: 'it', ApiKey } } });
const secret = (name: string) => allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}`);

test.each(complete([
  ['a rule sends to a queue from which the pod reads', { ...reader([allow('sqs:ReceiveMessage')]), ...rule(INPUT) }, UNKNOWN],
  ['a rule sends to a queue, while the pod reads from another one', { ...reader([allow('sqs:ReceiveMessage', queue('others'))]), ...rule(INPUT) }, DENIED],
  ['a rule sends to a queue, to which the pod only sends', { ...reader([allow('sqs:SendMessage')]), ...rule(INPUT) }, DENIED],
  ['no rule sends to a queue from which the pod reads', { ...reader([allow('sqs:ReceiveMessage')]), ...rule('{}') }, DENIED],
  ['a schedule sends to a queue from which the pod reads', { ...reader([allow('sqs:ReceiveMessage')]), ...schedule }, UNKNOWN],
  ['a pipe sends to a stream from which the pod reads', { ...reader([allow('kinesis:GetRecords')]), ...pipe }, UNKNOWN],
  ['a pipe sends to a stream, while the pod reads what the pipe reads', { ...reader([allow('sqs:ReceiveMessage')]), ...pipe }, DENIED],
  ['a connection keeps in a secret that the pod may read', { ...reader([secret('events!connection/*')]), ...connection(KEY) }, UNKNOWN],
  ['a connection keeps, while the pod may read other secrets', { ...reader([secret('prod/*')]), ...connection(KEY) }, DENIED],
  ['a provider of credentials gives to the pod', { ...reader([allow('bedrock-agentcore:GetResourceApiKey')]), ...provider(KEY) }, UNKNOWN],
]))('of a key of a user that %s', (_, resources, outcome) => {
  expect(decide({ ...USER, ...resources }, { action: 'sns:ListTopics' }).outcome).toBe(outcome);
});

const ISSUER = 'token.actions.githubusercontent.com';
const Pushed = role({
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${ISSUER}` },
  Condition: { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${ISSUER}:sub`]: 'repo:acme/*' } },
}, allow('sns:ListTopics'));
const stored = (name: string) => `{{resolve:secretsmanager:${name}}}`;

test.each(complete([
  ['a connection keeps it under the name of the secret', { ...reader([secret('events!connection/*')]), ...connection(stored('prod/github-token')) }, UNKNOWN],
  ['a connection keeps it under a key', { ...reader([secret('events!connection/*')]), ...connection(stored('prod/it:SecretString:GITHUB_TOKEN')) }, UNKNOWN],
  ['the secret of a connection has it', { ...reader([secret('prod/it-*')]), ...connection(stored('prod/it:SecretString:GITHUB_TOKEN')) }, UNKNOWN],
  ['a connection keeps something else', { ...reader([secret('*')]), ...connection(stored('prod/it:SecretString:SLACK_KEY')) }, DENIED],
  ['a provider of credentials has it', { ...reader([allow('bedrock-agentcore:GetResourceApiKey')]), ...provider(stored('prod/github-token')) }, UNKNOWN],
]))('of a token of a Git provider: %s', (_, resources, outcome) => {
  expect(decide({ Pushed, ...resources }, { action: 'sns:ListTopics' }).outcome).toBe(outcome);
});

const environment = (OptionName: string, Value: unknown, Namespace = 'aws:elasticbeanstalk:application:environment') => ({
  Web: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }, allow('sns:ListTopics')),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Web' }] } },
  It: {
    Type: 'AWS::ElasticBeanstalk::Environment',
    Properties: {
      OptionSettings: [{ Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'IamInstanceProfile', Value: { Ref: 'Profile' } }, { Namespace, OptionName, Value }],
    },
  },
});
const PUT = reader([allow('ssm:PutParameter'), allow('secretsmanager:PutSecretValue')]);
const SECRET = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:it-abcdef';

test.each(complete([
  ['decides what it runs', { ...PUT, ...environment('NODE_OPTIONS', '{{resolve:ssm:/it}}') }, UNKNOWN],
  ['decides what it runs, by a secret', { ...PUT, ...environment('NODE_OPTIONS', SECRET, 'aws:elasticbeanstalk:application:environmentsecrets') }, UNKNOWN],
  ['is only data', { ...PUT, ...environment('GREETING', '{{resolve:ssm:/it}}') }, DENIED],
]))('of an environment of AWS Elastic Beanstalk with a variable that the pod may change, and that %s', (_, resources, outcome) => {
  expect(decide(resources, { action: 'sns:ListTopics' }).outcome).toBe(outcome);
});
