import { textsUnder } from '../../values/text-parts';
import { ANY_RESOURCE } from '../../values/wildcards';
import { changingRequests } from '../changing-requests';
import { Delivery } from '../events';
import { StackResources } from '../stack-resources';

/** What a resource of a type tells others about. */
interface Notifier {
  /** The prefix of the actions of its service. */
  readonly service: string;
  /** The names of the properties with the topics, queues and functions that it tells. */
  readonly receivers: RegExp;
  /** The requests with which others have it tell something. @default - all that change something in the service */
  readonly requests?: readonly string[];
}

const SENDS_MAILS = ['ses:SendBulkEmail', 'ses:SendBulkTemplatedEmail', 'ses:SendEmail', 'ses:SendRawEmail', 'ses:SendTemplatedEmail'];

/**
 * The types whose resources name a topic, a queue or a function to which their service sends what happens. The default policy of a topic lets the services of its
 * account send to it.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html
 * @see https://docs.aws.amazon.com/ses/latest/dg/monitor-using-event-publishing.html
 * @see https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-notify.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.html
 * @see https://docs.aws.amazon.com/appconfig/latest/userguide/working-with-appconfig-extensions-about.html
 */
const NOTIFIERS: { readonly [type: string]: Notifier } = {
  'AWS::AppConfig::Extension': { service: 'appconfig', receivers: /^Uri$/ },
  'AWS::AutoScaling::AutoScalingGroup': { service: 'autoscaling', receivers: /^(NotificationTargetARN|TopicARN)$/ },
  'AWS::AutoScaling::LifecycleHook': { service: 'autoscaling', receivers: /^NotificationTargetARN$/ },
  'AWS::Backup::BackupVault': { service: 'backup', receivers: /^SNSTopicArn$/ },
  'AWS::CodeCommit::Repository': { service: 'codecommit', receivers: /^DestinationArn$/ },
  'AWS::CodeDeploy::DeploymentGroup': { service: 'codedeploy', receivers: /^TriggerTargetArn$/ },
  'AWS::DMS::EventSubscription': { service: 'dms', receivers: /^SnsTopicArn$/ },
  'AWS::ElastiCache::ReplicationGroup': { service: 'elasticache', receivers: /^NotificationTopicArn$/ },
  'AWS::RDS::EventSubscription': { service: 'rds', receivers: /^SnsTopicArn$/ },
  'AWS::Redshift::EventSubscription': { service: 'redshift', receivers: /^SnsTopicArn$/ },
  'AWS::SageMaker::EndpointConfig': { service: 'sagemaker', receivers: /^(Success|Error)Topic$/, requests: ['sagemaker:InvokeEndpointAsync'] },
  'AWS::SES::ConfigurationSetEventDestination': { service: 'ses', receivers: /^TopicARN$/, requests: SENDS_MAILS },
};

/** The services whose resources a rule of AWS CodeStar Notifications can be about. */
const DEVELOPER_TOOLS = ['codebuild', 'codecommit', 'codedeploy', 'codepipeline'];

/** What resources of the templates tell others about, without a policy that names them. */
export const deliveriesOfNotifications = (resources: StackResources): Delivery[] => [
  ...Object.entries(NOTIFIERS).flatMap(([type, { service, receivers, requests = changingRequests(service) }]) => resources.ofType(type)
    .flatMap((resource) => textsUnder(resource.property(), receivers).map((to) => ({ to, service, requests: aboutAny(requests) })))),
  ...resources.ofType('AWS::CodeStarNotifications::NotificationRule').flatMap((rule) => textsUnder(rule.property('Targets'), /^TargetAddress$/)
    .map((to) => ({ to, service: 'codestar-notifications', requests: aboutAny(DEVELOPER_TOOLS.flatMap(changingRequests)) }))),
];

const aboutAny = (requests: readonly string[]) => requests.map((action) => ({ action, arn: ANY_RESOURCE }));
