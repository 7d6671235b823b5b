import { byArn, byName, regional } from './formats';
import { within } from './permissions';
import { ResourceTypes } from './resource-type';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html#sqs-general-identifiers */
const QUEUE_URL = 'https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/${QueueName}';
const TOPIC = `${regional('sns')}\${TopicName}`;

const BROKER = `${regional('mq')}broker:\${BrokerName}:\${Id}`;
const kafka = byArn(`${regional('kafka')}cluster/\${ClusterName}/\${Uuid}`, ['Uuid'], { Arn: `${regional('kafka')}cluster/\${ClusterName}/\${Uuid}` });

/** Queues, topics, streams and buses, and what delivers their messages. */
export const MESSAGING: ResourceTypes = {
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
   */
  'AWS::SQS::Queue': {
    format: { ...byName('QueueName', `${regional('sqs')}\${QueueName}`, { QueueName: '${QueueName}', QueueUrl: QUEUE_URL }), ref: QUEUE_URL },
    limitedName: 'QueueName',
    encryption: { service: 'sqs', key: ['KmsMasterKeyId'] },
    changesOnly: 'sqs',
  },
  'AWS::SQS::QueuePolicy': { separatePolicy: { of: 'AWS::SQS::Queue', targets: 'Queues', document: 'PolicyDocument' }, changesOnly: 'sqs' },
  'AWS::SQS::QueueInlinePolicy': { separatePolicy: { of: 'AWS::SQS::Queue', targets: 'Queue', document: 'PolicyDocument' }, changesOnly: 'sqs' },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html
   * @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
   */
  'AWS::SNS::Topic': {
    format: byArn(TOPIC, ['TopicName'], { TopicArn: TOPIC, TopicName: '${TopicName}' }),
    limitedName: 'TopicName',
    encryption: { service: 'sns', key: ['KmsMasterKeyId'] },
    changesOnly: 'sns',
  },
  'AWS::SNS::TopicPolicy': { separatePolicy: { of: 'AWS::SNS::Topic', targets: 'Topics', document: 'PolicyDocument' }, changesOnly: 'sns' },
  'AWS::SNS::TopicInlinePolicy': { separatePolicy: { of: 'AWS::SNS::Topic', targets: 'TopicArn', document: 'PolicyDocument' }, changesOnly: 'sns' },
  'AWS::Events::Rule': { matters: 'events that match it start its targets' },
  'AWS::Logs::MetricFilter': { matters: 'events of logs raise the alarms of its metrics' },
  'AWS::Logs::SubscriptionFilter': { matters: 'it hands events of logs on' },
  'AWS::AppConfig::ConfigurationProfile': { matters: 'it reads a configuration with its role for whoever gets it' },
  'AWS::AppConfig::Extension': { matters: 'it tells functions and topics about requests' },
  'AWS::AutoScaling::LifecycleHook': { matters: 'it tells a topic or a queue about instances' },
  'AWS::CodeStarNotifications::NotificationRule': { matters: 'it tells topics about requests' },
  'AWS::DMS::EventSubscription': { matters: 'it tells a topic about requests' },
  'AWS::RDS::EventSubscription': { matters: 'it tells a topic about requests' },
  'AWS::Redshift::EventSubscription': { matters: 'it tells a topic about requests' },
  'AWS::SES::ConfigurationSetEventDestination': { matters: 'it tells a topic about mails' },
  'AWS::SES::ReceiptRule': { matters: 'it hands mails on' },
  'AWS::SNS::Subscription': { matters: 'it hands messages of its topic on' },
  'AWS::Pipes::Pipe': { matters: 'whoever writes to its source starts its target' },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html
   * @see https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
   */
  'AWS::Kinesis::Stream': { format: byName('Name', `${regional('kinesis')}stream/\${Name}`), encryption: { service: 'kinesis', key: ['StreamEncryption', 'KeyId'] } },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html
   * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html
   */
  'AWS::Events::EventBus': {
    format: byName('Name', `${regional('events')}event-bus/\${Name}`), limitedName: 'Name', unread: { ...within('events', 'Policy'), of: ['AWS::Events::EventBus'] },
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-msk-cluster.html */
  'AWS::MSK::Cluster': { format: kafka },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-msk-serverlesscluster.html */
  'AWS::MSK::ServerlessCluster': { format: kafka },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-amazonmq-broker.html */
  'AWS::AmazonMQ::Broker': { format: { arn: BROKER, ref: '${Id}', attributes: { Arn: BROKER }, unique: ['Id'] } },
};
