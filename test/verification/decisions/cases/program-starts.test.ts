import { accessTo, DENIED, UNKNOWN } from './questions';
import { ENTRY, LIST, resource, trusts } from './started-function';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../../templates';

const RESOURCES = {
  Fn: resource('AWS::Lambda::Function', { Role: arnOf('FnRole') }),
  FnRole: role(trusts('lambda')),
  Queue: resource('AWS::SQS::Queue'),
  OtherQueue: resource('AWS::SQS::Queue'),
  Topic: resource('AWS::SNS::Topic'),
  OtherTopic: resource('AWS::SNS::Topic'),
  Bucket: resource('AWS::S3::Bucket'),
  Bus: resource('AWS::Events::EventBus', { Name: 'orders' }),
  Table: resource('AWS::DynamoDB::Table', { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
  Stream: resource('AWS::Kinesis::Stream'),
};
const access = (resources: object, statement: object) => accessTo(clusterTemplate({
  ...RESOURCES,
  Own: accountRole('default:app', statement),
  Reader: accountRole('ops:reader', allow(LIST)),
  ...resources,
  Objects: objects(account('app', 'Own'), account('reader', 'Reader', 'ops')),
}));
const ask = (of: ReturnType<typeof access>) => of.pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(LIST);
const outcome = (resources: object, statement: object) => ask(access({ ...ENTRY, ...resources }, statement)).outcome;

const mapping = (EventSourceArn?: unknown, FunctionName: unknown = { Ref: 'Fn' }, more: object = {}) => ({ Mapping: resource('AWS::Lambda::EventSourceMapping', { EventSourceArn, FunctionName, ...more }) });
const imported = (more: object) => mapping({ 'Fn::ImportValue': 'source' }, { Ref: 'Fn' }, more);
const permission = (service: string, SourceArn?: unknown, more: object = { SourceAccount: '111122223333' }) => ({
  Permission: resource('AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: arnOf('Fn'), Principal: `${service}.amazonaws.com`, SourceArn, ...more }),
});
const rule = (properties: object, target: unknown = arnOf('Fn')) => ({ Rule: resource('AWS::Events::Rule', { Targets: [{ Id: 'a', Arn: target }], ...properties }), ...permission('events', arnOf('Rule')) });
const TOPIC_TO_QUEUE = {
  ...mapping(arnOf('Queue')),
  Policy: resource('AWS::SQS::QueuePolicy', {
    Queues: [{ Ref: 'Queue' }],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: arnOf('Queue'), Condition: { ArnEquals: { 'aws:SourceArn': { Ref: 'Topic' } } },
      }],
    },
  }),
};
const queuePolicy = (Principal: unknown, Condition?: object) => ({
  ...mapping(arnOf('Queue')),
  Policy: resource('AWS::SQS::QueuePolicy', {
    Queues: [{ Ref: 'Queue' }],
    PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: arnOf('Queue'), Condition }] },
  }),
});
const EVENTS = { Service: 'events.amazonaws.com' };
const OF_ACCOUNT = { StringEquals: { 'aws:SourceAccount': '111122223333' } };
const alarmed = (properties: object) => ({ ...mapping(arnOf('Queue')), ...SUBSCRIBED, Alarm: resource('AWS::CloudWatch::Alarm', { AlarmActions: [{ Ref: 'Topic' }], ...properties }) });
const notified = (Type: string, properties: object) => ({ ...mapping(arnOf('Queue')), ...SUBSCRIBED, Notifier: resource(Type, properties) });
const ofLogs = (MetricName: string) => ({
  ...alarmed({ Namespace: 'App', MetricName: 'Errors' }),
  Filter: resource('AWS::Logs::MetricFilter', { LogGroupName: '/app', FilterPattern: 'ERROR', MetricTransformations: [{ MetricNamespace: 'App', MetricName, MetricValue: '1' }] }),
});
const ofLength = (Value: string) =>
  alarmed({ Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Dimensions: [{ Name: 'QueueName', Value }] });
const ofAlarm = (topic: string) => ({ ...mapping(arnOf('Queue')), ...SUBSCRIBED, Alarm: resource('AWS::CloudWatch::Alarm', { AlarmActions: [{ Ref: topic }] }) });
const FIREHOSE = {
  Firehose: resource('AWS::KinesisFirehose::DeliveryStream', {
    DeliveryStreamName: 'logs',
    ExtendedS3DestinationConfiguration: {
      BucketARN: arnOf('Bucket'),
      ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'Lambda', Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: arnOf('Fn') }] }] },
    },
  }),
};
const BUILD = {
  Build: resource('AWS::CodeBuild::Project', { Name: 'build', ServiceRole: arnOf('BuildRole'), Source: { Type: 'NO_SOURCE', BuildSpec: '{}' } }),
  BuildRole: role(trusts('codebuild')),
  Entry: resource('AWS::EKS::AccessEntry', { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('BuildRole') }),
};
const NOTHING = allow('sqs:ReceiveMessage');
const VERSIONED = { 'Fn::Sub': '${Fn.Arn}:live' };
const MACHINE = { Machine: resource('AWS::StepFunctions::StateMachine', { RoleArn: arnOf('MachineRole') }), MachineRole: role(trusts('states'), allow('lambda:InvokeFunction', arnOf('Fn'))) };
const url = (AuthType: string) => ({
  Url: resource('AWS::Lambda::Url', { AuthType, TargetFunctionArn: arnOf('Fn') }),
  Permission: resource('AWS::Lambda::Permission', { Action: 'lambda:InvokeFunctionUrl', FunctionName: arnOf('Fn'), Principal: '*', FunctionUrlAuthType: AuthType }),
});
const TARGETED = rule({ EventPattern: { source: ['orders'] } }, { Ref: 'Machine' });
const STREAM = { 'Fn::GetAtt': ['Table', 'StreamArn'] };
const SUBSCRIBED = { Subscription: resource('AWS::SNS::Subscription', { TopicArn: { Ref: 'Topic' }, Endpoint: arnOf('Queue'), Protocol: 'sqs' }) };
const graph = (Type: unknown) => ({ Source: resource('AWS::AppSync::DataSource', { ApiId: 'api', Type, LambdaConfig: { LambdaFunctionArn: arnOf('Fn') } }) });
const apiOf = (queue: string) => ({
  Api: resource('AWS::ApiGatewayV2::Integration', { ApiId: 'api', IntegrationSubtype: 'SQS-SendMessage', RequestParameters: { QueueUrl: { Ref: queue } } }),
});
const behindDistribution = (Action: string) => permission('cloudfront', 'arn:aws:cloudfront::111122223333:distribution/E1', { Action, FunctionUrlAuthType: 'AWS_IAM' });
const atEdge = (functionName: unknown) => ({
  Version: resource('AWS::Lambda::Version', { FunctionName: functionName }),
  Distribution: resource('AWS::CloudFront::Distribution', {
    DistributionConfig: { DefaultCacheBehavior: { LambdaFunctionAssociations: [{ EventType: 'viewer-request', LambdaFunctionARN: { Ref: 'Version' } }] } },
  }),
});
const bucketOfDistribution = (Action: string) => ({
  ...permission('s3', arnOf('Bucket')),
  Policy: resource('AWS::S3::BucketPolicy', {
    Bucket: { Ref: 'Bucket' },
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, Action, Resource: { 'Fn::Sub': '${Bucket.Arn}/*' }, Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      }],
    },
  }),
});
const ACCOUNT_FUNCTIONS = 'arn:aws:lambda:us-west-2:111122223333:function:';
const front = (...statements: object[]) => ({ Front: resource('AWS::Lambda::Function', { Role: arnOf('FrontRole') }), FrontRole: role(trusts('lambda'), ...statements) });
const INVOKES_FRONT = allow('lambda:InvokeFunction', arnOf('Front'));
const NAMED = { Fn: resource('AWS::Lambda::Function', { FunctionName: 'apply', Role: arnOf('FnRole') }) };
const MIDDLE = { Middle: resource('AWS::Lambda::Function', { Role: arnOf('MiddleRole') }), MiddleRole: role(trusts('lambda'), allow('lambda:InvokeFunction')) };
const OF_SCALING = rule({ EventPattern: { source: ['aws.autoscaling'] } });

test.each<[string, object, object, string]>([
  ['sends to the queue of a function', mapping(arnOf('Queue')), allow('sqs:SendMessage', arnOf('Queue')), UNKNOWN],
  ['sends to the queue of a version of a function', mapping(arnOf('Queue'), VERSIONED), allow('sqs:SendMessage', arnOf('Queue')), UNKNOWN],
  ['sends to another queue', mapping(arnOf('Queue')), allow('sqs:SendMessage', arnOf('OtherQueue')), DENIED],
  ['reads the queue of a function', mapping(arnOf('Queue')), allow('sqs:ReceiveMessage', arnOf('Queue')), DENIED],
  ['sends to the queue of another function', mapping(arnOf('Queue'), 'arn:aws:lambda:us-west-2:111122223333:function:other'), allow('sqs:SendMessage'), DENIED],
  ['sends to a queue, one of which only the deployment knows that it is of a function', mapping({ 'Fn::ImportValue': 'queue' }), allow('sqs:SendMessage'), UNKNOWN],
  ['writes to the stream of a function', mapping(arnOf('Stream')), allow('kinesis:PutRecord', arnOf('Stream')), UNKNOWN],
  ['writes to the table of a function', mapping(STREAM), allow('dynamodb:UpdateItem', arnOf('Table')), UNKNOWN],
  ['reads the table of a function', mapping(STREAM), allow('dynamodb:GetItem', arnOf('Table')), DENIED],
  ['has no permission, next to a function that reads Apache Kafka', mapping(), allow('sqs:ReceiveMessage'), UNKNOWN],
  ['has no permission, next to a function that reads a topic of a broker that is imported', imported({ Topics: ['orders'] }), NOTHING, UNKNOWN],
  ['has no permission, next to a function that reads a queue of a broker that is imported', imported({ Queues: ['orders'] }), NOTHING, UNKNOWN],
  ['has no permission, next to a function that reads a database that is imported', imported({ DocumentDBEventSourceConfig: {} }), NOTHING, UNKNOWN],
  ['has no permission, next to a function that reads something else that is imported', imported({}), NOTHING, DENIED],
  ['has no permission, next to a pipe from a broker that is imported', { Pipe: resource('AWS::Pipes::Pipe', { Source: { 'Fn::ImportValue': 'broker' }, SourceParameters: { RabbitMQBrokerParameters: {} }, Target: arnOf('Fn') }) }, NOTHING, UNKNOWN],
  ['sends to the topic of a function', permission('sns', { Ref: 'Topic' }), allow('sns:Publish', { Ref: 'Topic' }), UNKNOWN],
  ['sends to another topic', permission('sns', { Ref: 'Topic' }), allow('sns:Publish', { Ref: 'OtherTopic' }), DENIED],
  ['sends to any topic of a function', permission('sns'), allow('sns:Publish', { Ref: 'OtherTopic' }), UNKNOWN],
  ['sends to the topic of the queue of a function', TOPIC_TO_QUEUE, allow('sns:Publish', { Ref: 'Topic' }), UNKNOWN],
  ['sends to another topic than that of the queue of a function', TOPIC_TO_QUEUE, allow('sns:Publish', { Ref: 'OtherTopic' }), DENIED],
  ['sends to the queue of a pipe', { Pipe: resource('AWS::Pipes::Pipe', { Source: arnOf('Queue'), Target: arnOf('Fn') }) }, allow('sqs:SendMessage', arnOf('Queue')), UNKNOWN],
  ['writes to the bucket of a function', permission('s3', arnOf('Bucket')), allow('s3:PutObject', { 'Fn::Sub': '${Bucket.Arn}/in/*' }), UNKNOWN],
  ['reads the bucket of a function', permission('s3', arnOf('Bucket')), allow('s3:GetObject'), DENIED],
  ['sends events to the bus of a function', rule({ EventBusName: { Ref: 'Bus' }, EventPattern: { source: ['orders'] } }), allow('events:PutEvents', arnOf('Bus')), UNKNOWN],
  ['sends events to the default bus', rule({ EventPattern: { source: ['orders'] } }), allow('events:PutEvents', 'arn:aws:events:us-west-2:111122223333:event-bus/default'), UNKNOWN],
  ['sends events to another bus', rule({ EventPattern: { source: ['orders'] } }), allow('events:PutEvents', 'arn:aws:events:us-west-2:111122223333:event-bus/others'), DENIED],
  ['sends events, but not in the name of a service', OF_SCALING, allow('events:PutEvents'), DENIED],
  ['ends an instance, about which a group tells a function', OF_SCALING, allow('ec2:TerminateInstances'), UNKNOWN],
  ['lists instances, about which a group tells a function', OF_SCALING, allow('ec2:DescribeInstances'), DENIED],
  ['pushes an image, about whose findings a function is told', rule({ EventPattern: { source: ['aws.inspector2'] } }), allow('ecr:PutImage'), UNKNOWN],
  ['writes an object, about whose findings a function is told', rule({ EventPattern: { source: ['aws.macie'] } }), allow('s3:PutObject'), UNKNOWN],
  ['scales a group, about whose instances a function is told', rule({ EventPattern: { source: ['aws.ec2'] } }), allow('autoscaling:SetDesiredCapacity'), UNKNOWN],
  ['changes a tag, about which a function is told', rule({ EventPattern: { source: ['aws.tag'] } }), allow('ec2:CreateTags'), UNKNOWN],
  ['changes no tag, about which a function is told', rule({ EventPattern: { source: ['aws.tag'] } }), allow('ec2:DescribeTags'), DENIED],
  ['does what a service tells a function', OF_SCALING, allow('autoscaling:SetDesiredCapacity'), UNKNOWN],
  ['sends events, next to a function with a schedule', rule({ ScheduleExpression: 'rate(1 hour)' }), allow('events:PutEvents'), DENIED],
  ['changes the targets of the rule of a function', rule({ ScheduleExpression: 'rate(1 hour)' }), allow('events:PutTargets'), UNKNOWN],
  ['changes when a rule starts a function', rule({ ScheduleExpression: 'rate(1 hour)' }), allow('events:PutRule', arnOf('Rule')), UNKNOWN],
  ['only removes the targets of a rule', rule({ ScheduleExpression: 'rate(1 hour)' }), allow('events:RemoveTargets'), DENIED],
  ['sets off the alarm of a function', permission('lambda.alarms.cloudwatch'), allow('cloudwatch:SetAlarmState'), UNKNOWN],
  ['sends events to a state machine that starts a function', { ...MACHINE, ...TARGETED }, allow('events:PutEvents'), UNKNOWN],
  ['requests the URL of a function', url('AWS_IAM'), allow('lambda:InvokeFunctionUrl', arnOf('Fn')), UNKNOWN],
  ['has no permission, next to a function with an open URL', url('NONE'), allow('sqs:ReceiveMessage'), UNKNOWN],
  ['has no permission, next to a function whose URL a distribution requests', behindDistribution('lambda:InvokeFunctionUrl'), NOTHING, UNKNOWN],
  ['has no permission, next to a function of a distribution', atEdge({ Ref: 'Fn' }), NOTHING, UNKNOWN],
  ['has no permission, next to another function of a distribution', atEdge('other'), NOTHING, DENIED],
  ['has no permission, next to a function of a bucket that a distribution writes', bucketOfDistribution('s3:*'), NOTHING, UNKNOWN],
  ['has no permission, next to a function of a bucket that a distribution reads', bucketOfDistribution('s3:GetObject'), NOTHING, DENIED],
  ['has no permission, next to a function of an API', permission('apigateway'), allow('sqs:ReceiveMessage'), UNKNOWN],
  ['has no permission, next to a function of a service that is not known', permission('unheard-of'), allow('sqs:ReceiveMessage'), UNKNOWN],
  ['sends to the topic of the queue of a function, without a policy', { ...mapping(arnOf('Queue')), ...SUBSCRIBED }, allow('sns:Publish', { Ref: 'Topic' }), UNKNOWN],
  ['has no permission, next to a function of a graph', graph('AWS_LAMBDA'), NOTHING, UNKNOWN],
  ['has no permission, next to a function of a graph whose type only the deployment knows', graph({ 'Fn::ImportValue': 'type' }), NOTHING, UNKNOWN],
  ['has no permission, next to a graph that calls nothing', graph('NONE'), NOTHING, DENIED],
  ['has no permission, next to an API of the queue of a function', { ...mapping(arnOf('Queue')), ...apiOf('Queue') }, allow('sqs:ReceiveMessage'), UNKNOWN],
  ['has no permission, next to an API of another queue', { ...mapping(arnOf('Queue')), ...apiOf('OtherQueue') }, allow('sqs:ReceiveMessage'), DENIED],
  ['invokes a function that may invoke it', front(allow('lambda:InvokeFunction', arnOf('Fn'))), INVOKES_FRONT, UNKNOWN],
  ['invokes a function that may invoke any', front(allow('lambda:InvokeFunction')), INVOKES_FRONT, UNKNOWN],
  ['invokes a function that may invoke any of an account', front(allow('lambda:InvokeFunction', `${ACCOUNT_FUNCTIONS}*`)), INVOKES_FRONT, UNKNOWN],
  ['invokes a function that may invoke those with a prefix', { ...NAMED, ...front(allow('lambda:InvokeFunction', `${ACCOUNT_FUNCTIONS}app*`)) }, INVOKES_FRONT, UNKNOWN],
  ['invokes a function that may invoke those with another prefix', { ...NAMED, ...front(allow('lambda:InvokeFunction', `${ACCOUNT_FUNCTIONS}shop*`)) }, INVOKES_FRONT, DENIED],
  ['invokes a function that may invoke one that may invoke any', { ...MIDDLE, ...front(allow('lambda:InvokeFunction', arnOf('Middle'))) }, INVOKES_FRONT, UNKNOWN],
  ['invokes a function that may send to any queue', { ...mapping(arnOf('Queue')), ...front(allow('sqs:SendMessage')) }, INVOKES_FRONT, UNKNOWN],
  ['invokes a function that may only read', front(allow(['lambda:GetFunction', 's3:GetObject'])), INVOKES_FRONT, DENIED],
  ['invokes another function than one that may invoke any', front(allow('lambda:InvokeFunction')), allow('lambda:InvokeFunction', `${ACCOUNT_FUNCTIONS}other`), DENIED],
  ['starts a state machine that may invoke any function', { ...MACHINE, MachineRole: role(trusts('states'), allow('lambda:InvokeFunction')) }, allow('states:StartExecution'), UNKNOWN],
  ['scales a group that tells the topic of a function about it', notified('AWS::AutoScaling::AutoScalingGroup', { NotificationConfigurations: [{ TopicARN: { Ref: 'Topic' } }] }),
    allow('autoscaling:SetDesiredCapacity'), UNKNOWN],
  ['only reads a group that tells the topic of a function about changes', notified('AWS::AutoScaling::AutoScalingGroup', { NotificationConfigurations: [{ TopicARN: { Ref: 'Topic' } }] }),
    allow('autoscaling:DescribeAutoScalingGroups'), DENIED],
  ['scales a group that tells another topic about it', notified('AWS::AutoScaling::AutoScalingGroup', { NotificationConfigurations: [{ TopicARN: 'arn:aws:sns:us-west-2:111122223333:other' }] }),
    allow('autoscaling:SetDesiredCapacity'), DENIED],
  ['ends an instance whose hook tells the topic of a function about it', notified('AWS::AutoScaling::LifecycleHook', { NotificationTargetARN: { Ref: 'Topic' } }),
    allow('autoscaling:TerminateInstanceInAutoScalingGroup'), UNKNOWN],
  ['sends a mail, about which the topic of a function is told', notified('AWS::SES::ConfigurationSetEventDestination', { EventDestination: { SnsDestination: { TopicARN: { Ref: 'Topic' } } } }),
    allow('ses:SendEmail'), UNKNOWN],
  ['makes a branch, about which the topic of a function is told', notified('AWS::CodeCommit::Repository', { Triggers: [{ DestinationArn: { Ref: 'Topic' } }] }), allow('codecommit:CreateBranch'), UNKNOWN],
  ['writes a comment, about which the topic of a function is told', notified('AWS::CodeStarNotifications::NotificationRule', { Targets: [{ TargetAddress: { Ref: 'Topic' } }] }),
    allow('codecommit:PostCommentForComparedCommit'), UNKNOWN],
  ['restarts a database, about which the topic of a function is told', notified('AWS::RDS::EventSubscription', { SnsTopicArn: { Ref: 'Topic' } }), allow('rds:RebootDBInstance'), UNKNOWN],
  ['deploys a configuration, about which a function is told', notified('AWS::AppConfig::Extension', { Actions: { PRE_START_DEPLOYMENT: [{ Uri: arnOf('Fn') }] } }), allow('appconfig:StartDeployment'), UNKNOWN],
  ['has its own bucket send to what lets Amazon S3 send to it', permission('s3'), allow('s3:PutBucketNotification', 'arn:aws:s3:::mine'), UNKNOWN],
  ['has its own log group send to what lets Amazon CloudWatch Logs send to it', permission('logs'), allow('logs:PutSubscriptionFilter'), UNKNOWN],
  ['subscribes what lets Amazon SNS send to it to its own topic', permission('sns'), allow('sns:Subscribe'), UNKNOWN],
  ['adds what lets a service send to it to the targets of a rule', permission('events'), allow('events:PutTargets'), UNKNOWN],
  ['only has a rule', permission('events'), allow('events:PutRule'), DENIED],
  ['adds a queue that lets a service send to it to the targets of a rule', queuePolicy(EVENTS, OF_ACCOUNT), allow('events:PutTargets'), UNKNOWN],
  ['adds a queue of one rule to the targets of another one', queuePolicy(EVENTS, { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:us-west-2:111122223333:rule/a' } }),
    allow('events:PutTargets', 'arn:aws:events:us-west-2:111122223333:rule/b'), DENIED],
  ['enables the rule of a function', rule({ ScheduleExpression: 'rate(1 hour)', State: 'DISABLED' }), allow('events:EnableRule'), UNKNOWN],
  ['sends the events of an archive again', rule({ EventPattern: { source: ['orders'] } }), allow('events:StartReplay'), UNKNOWN],
  ['sends events again, next to a function with a schedule', rule({ ScheduleExpression: 'rate(1 hour)' }), allow('events:StartReplay'), DENIED],
  ['runs a build again', BUILD, allow('codebuild:RetryBuild', arnOf('Build')), UNKNOWN],
  ['runs another build again', BUILD, allow('codebuild:RetryBuild', 'arn:aws:codebuild:us-west-2:111122223333:project/other'), DENIED],
  ['sends records that a function transforms', FIREHOSE, allow('firehose:PutRecord', arnOf('Firehose')), UNKNOWN],
  ['sends other records', FIREHOSE, allow('firehose:PutRecord', 'arn:aws:firehose:us-west-2:111122223333:deliverystream/other'), DENIED],
  ['sets off an alarm of the topic of a function', ofAlarm('Topic'), allow('cloudwatch:SetAlarmState'), UNKNOWN],
  ['sets off an alarm of another topic', ofAlarm('OtherTopic'), allow('cloudwatch:SetAlarmState'), DENIED],
  ['writes logs that raise an alarm', ofLogs('Errors'), allow('logs:PutLogEvents'), UNKNOWN],
  ['writes logs of another metric than that of an alarm', ofLogs('Others'), allow('logs:PutLogEvents'), DENIED],
  ['writes other logs than those that raise an alarm', ofLogs('Errors'), allow('logs:PutLogEvents', 'arn:aws:logs:*:*:log-group:/other:*'), DENIED],
  ['sends messages to a queue whose length raises an alarm', ofLength('waiting'), allow('sqs:SendMessage', 'arn:aws:sqs:*:*:waiting'), UNKNOWN],
  ['sends messages to another queue than that of an alarm', ofLength('waiting'), allow('sqs:SendMessage', 'arn:aws:sqs:*:*:others'), DENIED],
  ['has no permission, next to a function of any bucket', permission('s3', undefined, {}), NOTHING, UNKNOWN],
  ['has no permission, next to a function of any topic', permission('sns', 'arn:aws:sns:us-west-2:*:*', {}), NOTHING, UNKNOWN],
  ['has no permission, next to a function of any topic of the account', permission('sns', 'arn:aws:sns:us-west-2:111122223333:*', {}), NOTHING, DENIED],
  ['has no permission, next to a function of a bucket', permission('s3', arnOf('Bucket'), {}), NOTHING, DENIED],
  ['has no permission, next to a function of an organization', permission('sns', undefined, { PrincipalOrgID: 'o-1' }), NOTHING, DENIED],
  ['has no permission, next to a queue of any rule', queuePolicy(EVENTS), NOTHING, UNKNOWN],
  ['has no permission, next to a queue of any rule but those of an account', queuePolicy(EVENTS, { StringNotEquals: OF_ACCOUNT.StringEquals }), NOTHING, UNKNOWN],
  ['has no permission, next to a queue of the rules of the account', queuePolicy(EVENTS, OF_ACCOUNT), NOTHING, DENIED],
  ['has no permission, next to a queue for everyone', queuePolicy('*'), NOTHING, UNKNOWN],
  ['has no permission, next to a queue for everyone in another account', queuePolicy('*', { StringEquals: { 'aws:PrincipalAccount': '444455556666' } }), NOTHING, DENIED],
  ['has no permission, next to a queue for rules of AWS', queuePolicy(EVENTS, { Bool: { 'aws:PrincipalIsAWSService': 'true' } }), NOTHING, UNKNOWN],
  ['has no permission, next to a queue for rules of some account', queuePolicy(EVENTS, { Null: { 'aws:SourceAccount': 'false' } }), NOTHING, UNKNOWN],
  ['has no permission, next to a queue for everyone whom a topic tells', queuePolicy('*', { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:us-west-2:111122223333:a' } }), NOTHING, DENIED],
  ['changes something of another service that tells a function', permission('config'), allow('config:PutConfigRule'), UNKNOWN],
  ['only reads something of that service', permission('config'), allow('config:DescribeConfigRules'), DENIED],
])('a pod that %s may act in the cluster with it, or not', (_, resources, statement, expected) => {
  expect(outcome(resources, statement)).toBe(expected);
  expect(ask(access({ ...ENTRY, ...resources }, statement).assume({ noOtherCredentials: true })).outcome).toBe(DENIED);
});

test('events that start what cannot act in the cluster change nothing', () =>
  expect(ask(access(mapping(arnOf('Queue')), allow('sqs:SendMessage', arnOf('Queue')))).outcome).toBe(DENIED));

test.each<[object, string]>([
  [mapping(arnOf('Queue')), 'start Fn by sqs:SendMessage'],
  [permission('apigateway'), 'start Fn through Amazon API Gateway'],
  [permission('s3', undefined, {}), 'start Fn through Amazon S3 of any account'],
  [queuePolicy('*'), 'start Fn through a policy that lets in everyone'],
])('the answer says how', (resources, how) => expect(ask(access({ ...ENTRY, ...resources }, allow('sqs:SendMessage'))).missing)
  .toEqual([`whether pods ${how}, which may act in the cluster with role FnRole, run pods or get tokens of other pods, and with them the credentials of role Reader`]));
