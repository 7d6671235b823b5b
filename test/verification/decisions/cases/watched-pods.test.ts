import { accessTo, DENIED, UNKNOWN } from './questions';
import { ENTRY, LIST, resource, trusts } from './started-function';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../../templates';

const RESOURCES = {
  Fn: resource('AWS::Lambda::Function', { Role: arnOf('FnRole') }),
  FnRole: role(trusts('lambda')),
  Topic: resource('AWS::SNS::Topic'),
  Subscription: resource('AWS::SNS::Subscription', { TopicArn: { Ref: 'Topic' }, Endpoint: arnOf('Fn'), Protocol: 'lambda' }),
};
const ask = (resources: object, others: readonly object[] = []) => accessTo(clusterTemplate({
  ...RESOURCES,
  Own: accountRole('default:app', allow('sqs:ReceiveMessage')),
  Reader: accountRole('ops:reader', allow(LIST)),
  ...resources,
  Objects: objects(account('app', 'Own'), account('reader', 'Reader', 'ops'), ...others),
})).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(LIST);

const permission = (service: string, SourceArn: unknown) => ({
  Permission: resource('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction', FunctionName: arnOf('Fn'), Principal: `${service}.amazonaws.com`, SourceArn, SourceAccount: '111122223333',
  }),
});
const alarm = (properties: object, action: unknown = arnOf('Fn')) =>
  ({ Alarm: resource('AWS::CloudWatch::Alarm', { AlarmActions: [action], ...properties }), ...permission('lambda.alarms.cloudwatch', arnOf('Alarm')) });
const metric = (Namespace: unknown, MetricName: string, Dimensions?: object[]) => ({ Namespace, MetricName, Dimensions });
const rule = (source: string) =>
  ({ Rule: resource('AWS::Events::Rule', { EventPattern: { source: [source] }, Targets: [{ Id: 'a', Arn: arnOf('Fn') }] }), ...permission('events', arnOf('Rule')) });
const subscribed = (LogGroupName: unknown, DestinationArn: unknown = arnOf('Fn')) =>
  ({ Filter: resource('AWS::Logs::SubscriptionFilter', { LogGroupName, FilterPattern: '', DestinationArn }), ...permission('logs', 'arn:aws:logs:us-west-2:111122223333:log-group:*') });
const CPU = metric('ContainerInsights', 'pod_cpu_utilization');
const composite = { Composite: resource('AWS::CloudWatch::CompositeAlarm', { AlarmRule: { 'Fn::Sub': 'ALARM("${Alarm}")' }, AlarmActions: [arnOf('Fn')] }) };
const CHAT = 'arn:aws:sns:us-west-2:111122223333:chat';
const errorsIn = (LogGroupName: string) => ({
  ...alarm(metric('App', 'Errors')),
  Errors: resource('AWS::Logs::MetricFilter', { LogGroupName, FilterPattern: 'ERROR', MetricTransformations: [{ MetricNamespace: 'App', MetricName: 'Errors', MetricValue: '1' }] }),
});

test.each<[string, object, string]>([
  ['an alarm of the metrics of pods', alarm(CPU), UNKNOWN],
  ['a topic with an alarm of the metrics of pods', alarm(CPU, { Ref: 'Topic' }), UNKNOWN],
  ['an alarm of nodes', alarm(metric('AWS/EC2', 'CPUUtilization')), UNKNOWN],
  ['an alarm of a load balancer', alarm(metric('AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count')), UNKNOWN],
  ['an alarm of a namespace that only the deployment knows', alarm(metric({ 'Fn::ImportValue': 'namespace' }, 'errors')), UNKNOWN],
  ['an alarm of several metrics', alarm({ Metrics: [{ Id: 'a', MetricStat: { Metric: CPU, Period: 60, Stat: 'Sum' } }] }), UNKNOWN],
  ['an alarm of a query', alarm({ Metrics: [{ Id: 'a', Expression: 'SELECT AVG(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)' }] }), UNKNOWN],
  ['an alarm of a query of its own metrics', alarm({ Metrics: [{ Id: 'a', Expression: 'SELECT AVG(errors) FROM "App"' }] }), DENIED],
  ['an alarm of others', { ...alarm(CPU, CHAT), ...composite }, UNKNOWN],
  ['an alarm of others of its own metrics', { ...alarm(metric('App', 'errors'), CHAT), ...composite }, DENIED],
  ['an alarm of its own metrics', alarm(metric('App', 'errors')), DENIED],
  ['an alarm of a queue', alarm(metric('AWS/SQS', 'ApproximateNumberOfMessagesVisible', [{ Name: 'QueueName', Value: 'waiting' }])), DENIED],
  ['an alarm of a table', alarm(metric('AWS/DynamoDB', 'ThrottledRequests', [{ Name: 'TableName', Value: 'orders' }])), DENIED],
  ['an alarm of pods that tells others', alarm(CPU, CHAT), DENIED],
  ['an alarm of the logs of pods', errorsIn('/aws/containerinsights/prod/application'), UNKNOWN],
  ['an alarm of other logs', errorsIn('/aws/lambda/orders'), DENIED],
  ['findings about pods', rule('aws.guardduty'), UNKNOWN],
  ['findings of several services', rule('aws.securityhub'), UNKNOWN],
  ['all alarms', rule('aws.cloudwatch'), UNKNOWN],
  ['events of another service', rule('aws.acm'), DENIED],
  ['the logs of pods', subscribed('/aws/containerinsights/prod/application'), UNKNOWN],
  ['the logs of the API server', subscribed('/aws/eks/prod/cluster'), UNKNOWN],
  ['the logs of a group that only the deployment knows', subscribed({ 'Fn::ImportValue': 'group' }), UNKNOWN],
  ['the logs of a function', subscribed('/aws/lambda/orders'), DENIED],
  ['the logs of a group of the templates', { Group: resource('AWS::Logs::LogGroup'), ...subscribed({ Ref: 'Group' }) }, DENIED],
  ['the logs of pods that others get', subscribed('/aws/containerinsights/prod/application', 'arn:aws:lambda:us-west-2:111122223333:function:others'), DENIED],
])('a pod without a permission may act in the cluster with a function that gets %s, or not', (_, resources, expected) => {
  expect(ask({ ...ENTRY, ...resources }).outcome).toBe(expected);
  expect(ask(resources).outcome).toBe(DENIED);
});

const config = (text: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'agent', namespace: 'logging' }, data: { 'agent.conf': text } });
const VECTOR = '[sinks.aws]\ntype = "aws_kinesis_streams"\nstream_name = "out"';
const FLUENTD = '<match **>\n  @type cloudwatch_logs\n  log_group_name out\n</match>';
const output = (name: string, setting: string) => config(`[OUTPUT]\n  Name ${name}\n  Match *\n  ${setting}\n`);
const chart = (Values: object) =>
  ({ Chart: resource('Custom::AWSCDK-EKS-HelmChart', { ClusterName: { Ref: 'Cluster' }, Release: 'logs', Chart: 'aws-for-fluent-bit', Namespace: 'logging', Values: JSON.stringify(Values) }) });
const STREAM = {
  Stream: resource('AWS::Kinesis::Stream', { Name: 'out' }),
  Mapping: resource('AWS::Lambda::EventSourceMapping', { EventSourceArn: arnOf('Stream'), FunctionName: { Ref: 'Fn' } }),
};
const FIREHOSE = {
  Firehose: resource('AWS::KinesisFirehose::DeliveryStream', {
    DeliveryStreamName: 'out',
    ExtendedS3DestinationConfiguration: {
      ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'Lambda', Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: arnOf('Fn') }] }] },
    },
  }),
};
const GROUP = subscribed('out');

test.each<[string, object, object[], string]>([
  ['a log group', GROUP, [output('cloudwatch_logs', 'log_group_name out')], UNKNOWN],
  ['a log group by a prefix', GROUP, [output('cloudwatch_logs', 'log_group_template o$kubernetes[\'x\']')], UNKNOWN],
  ['another log group', GROUP, [output('cloudwatch_logs', 'log_group_name others')], DENIED],
  ['a log group by Fluentd', GROUP, [config(FLUENTD)], UNKNOWN],
  ['an alarm of a log group', errorsIn('out'), [output('cloudwatch_logs', 'log_group_name out')], UNKNOWN],
  ['a stream', STREAM, [output('kinesis_streams', 'stream out')], UNKNOWN],
  ['another stream', STREAM, [output('kinesis_streams', 'stream others')], DENIED],
  ['a stream of the templates', { ...STREAM, Stream: resource('AWS::Kinesis::Stream') }, [output('kinesis_streams', 'stream ${Stream}')], UNKNOWN],
  ['a stream by Vector', STREAM, [config(VECTOR)], UNKNOWN],
  ['a delivery stream', FIREHOSE, [output('kinesis_firehose', 'delivery_stream out')], UNKNOWN],
  ['another delivery stream', FIREHOSE, [output('kinesis_firehose', 'delivery_stream others')], DENIED],
  ['a log group by values', { ...GROUP, ...chart({ cloudWatchLogs: { logGroupName: 'out' } }) }, [], UNKNOWN],
  ['another log group by values', { ...GROUP, ...chart({ cloudWatchLogs: { logGroupName: 'others' } }) }, [], DENIED],
  ['a delivery stream by values', { ...FIREHOSE, ...chart({ firehose: { deliveryStream: 'out' } }) }, [], UNKNOWN],
  ['nothing', { ...GROUP, ...STREAM, ...FIREHOSE, ...permission('logs', 'arn:aws:logs:us-west-2:111122223333:log-group:*') }, [], DENIED],
])('a pod whose output an agent sends to %s may act in the cluster with the function that gets it, or not', (_, resources, others, expected) =>
  expect(ask({ ...ENTRY, ...resources }, others).outcome).toBe(expected));

const COMMAND = {
  Task: resource('AWS::ECS::TaskDefinition', { TaskRoleArn: arnOf('Lister'), ContainerDefinitions: [{ Name: 'a', Image: 'a' }] }),
  Lister: role(trusts('ecs-tasks'), allow(LIST)),
  PipeRole: role(trusts('pipes'), allow(['ecs:RunTask', 'iam:PassRole'])),
  Pipe: resource('AWS::Pipes::Pipe', {
    Source: arnOf('Stream'),
    RoleArn: arnOf('PipeRole'),
    Target: 'arn:aws:ecs:us-west-2:111122223333:cluster/a',
    TargetParameters: { EcsTaskParameters: { TaskDefinitionArn: { Ref: 'Task' }, Overrides: { ContainerOverrides: [{ Name: 'a', Command: ['$.data.command'] }] } } },
  }),
  Stream: resource('AWS::Kinesis::Stream', { Name: 'out' }),
};

test.each<[string, object, object[], string]>([
  ['an agent', COMMAND, [output('kinesis_streams', 'stream out')], UNKNOWN],
  ['a log group', { ...COMMAND, ...subscribed('/aws/containerinsights/prod/application', arnOf('Stream')) }, [], UNKNOWN],
  ['another log group', { ...COMMAND, ...subscribed('/aws/lambda/orders', arnOf('Stream')) }, [], DENIED],
])('what a pod writes is the command of a task by %s, or not', (_, resources, others, expected) => expect(ask(resources, others).outcome).toBe(expected));

test.each<[object, string]>([[alarm(CPU), 'the metrics of pods'], [rule('aws.guardduty'), 'findings about pods'], [subscribed('/aws/eks/prod/cluster'), 'the logs of pods']])(
  'the answer says how', (resources, by) => expect(ask({ ...ENTRY, ...resources }).missing)
    .toEqual([`whether pods start Fn through ${by}, which may act in the cluster with role FnRole, run pods or get tokens of other pods, and with them the credentials of role Reader`]));
