import { deliveriesOfAlarms } from './alarms';
import { LogAgents } from './log-agents';
import { namedNode } from './named-nodes';
import { deliveriesOfNotifications } from './notifications';
import { BY_LOGS, groupOf, hasLogsOfPods } from './observed-pods';
import { objectOf } from '../../values/json-text';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf, textsIn, textsUnder } from '../../values/text-parts';
import { anyPart, arnOf } from '../code/code-write';
import { Delivery } from '../events';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * What services deliver without a policy of the receiver that names the sender, or with one that does not say which it is.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-event-destinations.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 * @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
 */
export function readDeliveries(resources: StackResources, agents: LogAgents): Delivery[] {
  const of = (type: string, read: (resource: StackResource) => Delivery[]) => resources.ofType(type).flatMap(read);
  return [
    ...of('AWS::Lambda::EventSourceMapping', (mapping) =>
      ofSource(mapping.property('EventSourceArn'), mapping.property(), mapping.property('FunctionName'))),
    ...of('AWS::Lambda::Function', (own) => ofFunction(own, own.property('DeadLetterConfig', 'TargetArn'))),
    ...of('AWS::Lambda::EventInvokeConfig', (config) => {
      const name = textOf(config.property('FunctionName'));
      const own = resources.ofType('AWS::Lambda::Function').filter(({ ref, arn }) => name && [ref, arn].some((one) => one?.key === name.key));
      const all = own.length > 0 ? own : name ? [{ arn: functionElsewhere(name) }] : [];
      return all.flatMap((one) => ofFunction(one, config.property('DestinationConfig')));
    }),
    ...of('AWS::Pipes::Pipe', ofPipe),
    ...of('AWS::Events::Rule', ofRule),
    ...of('AWS::SNS::Subscription', (subscription) => from(subscription.property('TopicArn'), subscription.property('Endpoint'))),
    ...of('AWS::SNS::Topic', (topic) => from(topic.ref, ...valuesAt(topic.property('Subscription'), 'Endpoint'))),
    ...of('AWS::S3::Bucket', (bucket) => from(bucket.arn, ...textsIn(bucket.property('NotificationConfiguration')))),
    ...of('AWS::SQS::Queue', (queue) => from(queue.arn, valueAt(objectOf(queue.property('RedrivePolicy')), 'deadLetterTargetArn'))),
    ...of('AWS::DynamoDB::Table', (table) => from(table.arn, table.property('KinesisStreamSpecification', 'StreamArn'))),
    ...of('AWS::Logs::SubscriptionFilter', (filter) => ofFilter(filter, agents)),
    ...of('AWS::SES::ReceiptRule', ofMails),
    ...of('AWS::KinesisFirehose::DeliveryStream', ofFirehose),
    ...of('AWS::CloudFront::Distribution', ofDistribution),
    ...deliveriesOfAlarms(resources, agents),
    ...deliveriesOfNotifications(resources),
    ...agents.deliveries,
  ];
}

const from = (sender: Resolved, ...receivers: Resolved[]): Delivery[] =>
  receivers.flatMap((to) => (to instanceof Text ? [{ to, ...fromOf(sender) }] : []));

/** Brokers of Apache Kafka outside AWS have no ARN. */
const fromOf = (sender: Resolved): Pick<Delivery, 'from'> =>
  (sender instanceof Text && (sender.start === '' || sender.startsWith('arn:')) ? { from: sender } : {});

const valuesAt = (value: Resolved, ...path: string[]): Resolved[] => listOf(value).map((item) => valueAt(item, ...path));

/** The ARN of a function outside the templates, which its name or its ARN tells. */
const functionElsewhere = (name: Text): Text =>
  (name.start === '' || name.startsWith('arn:') ? name : arnOf('lambda', Text.join([Text.of('function:'), name]), anyPart('Region'), anyPart('account')));

/** What others send to a function, it hands on with its result, or if it fails, unless it answers at once. */
function ofFunction({ arn }: Pick<StackResource, 'arn'>, receivers: Resolved): Delivery[] {
  const requests = arn ? [arn, Text.join([arn, anyPart('version')], ':')].map((one) => ({ action: 'lambda:InvokeFunction', arn: one })) : [];
  return from(arn, ...textsIn(receivers)).map((delivery) => ({ ...delivery, service: 'lambda', requests }));
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html */
function ofPipe(pipe: StackResource): Delivery[] {
  const isFixed = isConstant(pipe.property('TargetParameters', 'InputTemplate'));
  const [enriched, sent] = ['Enrichment', 'Target'].map((name) => ofSource(pipe.property('Source'), pipe.property('SourceParameters'), pipe.property(name)));
  return [...enriched, ...sent.map((delivery) => ({ ...delivery, isFixed }))];
}

/** Settings that sources of one service alone have, and which tell the service if only the deployment knows the ARN. */
const ONLY_OF: { readonly [setting: string]: string } = {
  Topics: 'kafka',
  Queues: 'mq',
  DocumentDBEventSourceConfig: 'rds',
  ManagedStreamingKafkaParameters: 'kafka',
  SelfManagedKafkaParameters: 'kafka',
  ActiveMQBrokerParameters: 'mq',
  RabbitMQBrokerParameters: 'mq',
};

function ofSource(source: Resolved, settings: Resolved, to: Resolved): Delivery[] {
  const [setting] = Object.keys(ONLY_OF).filter((name) => valueAt(settings, name) !== undefined);
  return from(source, to).map((delivery) => ({ ...delivery, ...delivery.from?.start === '' && setting && { service: ONLY_OF[setting] } }));
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
const ofRule = (rule: StackResource): Delivery[] => listOf(rule.property('Targets')).flatMap((target) => {
  const isFixed = valueAt(target, 'Input') !== undefined || isConstant(valueAt(target, 'InputTransformer', 'InputTemplate'));
  return from(rule.attribute('Arn'), valueAt(target, 'Arn')).map((delivery) => ({ ...delivery, isFixed }));
});

/** Whether a template has no placeholder. */
export const isConstant = (template: Resolved): boolean => literalOf(template)?.includes('<') === false;

/** To what transforms the records, and to the bucket or the like that gets them. */
function ofFirehose(stream: StackResource): Delivery[] {
  const arn = stream.arn ?? stream.attribute('Arn');
  const sources = [['KinesisStreamSourceConfiguration', 'KinesisStreamARN'], ['MSKSourceConfiguration', 'MSKClusterARN']].map((path) => stream.property(...path));
  const properties = stream.property();
  const destinations = properties instanceof ResolvedMap ? properties.entries.filter(([{ literal }]) => literal?.endsWith('DestinationConfiguration')) : [];
  const toStream = sources.flatMap((source) => (source === undefined ? [] : from(source, arn)));
  return [...toStream, ...destinations.flatMap(([, value]) => from(arn, ...textsIn(value)))];
}

function ofFilter(filter: StackResource, { groups }: LogAgents): Delivery[] {
  const deliveries = from(groupOf(filter), filter.property('DestinationArn'));
  return hasLogsOfPods(filter, groups) ? deliveries.flatMap((delivery) => [delivery, { ...BY_LOGS, to: delivery.to }]) : deliveries;
}

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-the-edge.html */
const ofDistribution = (distribution: StackResource): Delivery[] =>
  textsUnder(distribution.property(), /^LambdaFunctionARN$/).map((to) => ({ service: 'cloudfront', to }));

/** Mails get to topics, functions and buckets. @see https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action.html */
const ofMails = (rule: StackResource): Delivery[] => textsIn(rule.property('Rule', 'Actions'))
  .flatMap((text) => [text, namedNode('s3', text)].map((to) => ({ service: 'ses', to })));
