import { arnTexts } from './arn';
import { arnFormats } from '../actions/actions';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';

/**
 * The services whose resources have no policies, by the prefix of their actions: those that AWS's table says so of, and that have got no action since that
 * would set one, but for `PutResourcePolicy`, which names its resources. A resource of any other service may have one, because services get them over time. Actions of IAM do not ask the trust policies of roles.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
export const WITHOUT_RESOURCE_POLICIES: ReadonlySet<string> = new Set([
  'access-analyzer', 'account', 'acm', 'airflow', 'amplify', 'appconfig', 'appflow', 'application-autoscaling', 'applicationinsights', 'apprunner',
  'artifact', 'athena', 'auditmanager', 'autoscaling', 'autoscaling-plans', 'batch', 'braket', 'budgets', 'cassandra', 'ce', 'chatbot',
  'cloudformation', 'cloudfront', 'cloudsearch', 'cloudshell', 'cloudwatch', 'codecommit', 'codedeploy', 'codepipeline', 'codestar-connections',
  'codestar-notifications', 'cognito-identity', 'cognito-idp', 'cognito-sync', 'comprehendmedical', 'compute-optimizer', 'config', 'connect',
  'controltower', 'cur', 'databrew', 'datapipeline', 'datasync', 'dax', 'detective', 'devicefarm', 'devops-guru', 'directconnect', 'discovery',
  'dlm', 'docdb-elastic', 'drs', 'ds', 'ebs', 'ec2', 'ec2-instance-connect', 'ec2messages', 'ecs', 'eks', 'elasticache', 'elasticbeanstalk',
  'elasticloadbalancing', 'elasticmapreduce', 'elastictranscoder', 'emr-containers', 'emr-serverless', 'evidently', 'firehose', 'fis', 'forecast',
  'frauddetector', 'freetier', 'gamelift', 'geo', 'globalaccelerator', 'grafana', 'greengrass', 'groundstation', 'guardduty', 'health',
  'healthlake', 'iam', 'identitystore', 'inspector', 'inspector2', 'internetmonitor', 'iotanalytics', 'iotevents', 'iotfleetwise', 'ivs',
  'ivschat', 'kafkaconnect', 'kendra', 'kinesisanalytics', 'kinesisvideo', 'launchwizard', 'license-manager', 'lightsail', 'm2', 'machinelearning',
  'macie2', 'managedblockchain', 'mediaconnect', 'medialive', 'mediapackage', 'mediapackage-vod', 'memorydb', 'mgh', 'mgn', 'mobiletargeting',
  'monitron', 'mq', 'personalize', 'pi', 'pipes', 'polly', 'pricing', 'qldb', 'rbin', 'rds', 'rds-data', 'rds-db', 'redshift-data',
  'rolesanywhere', 'route53', 'route53-recovery-cluster', 'route53-recovery-readiness', 'route53domains', 'savingsplans', 'scheduler', 'sdb',
  'securityhub', 'servicequotas', 'shield', 'snowball', 'ssmmessages', 'states', 'storagegateway', 'support', 'swf', 'synthetics', 'tag',
  'textract', 'timestream', 'transcribe', 'transfer', 'translate', 'trustedadvisor', 'wellarchitected', 'wickr', 'workspaces', 'workspaces-web',
]);

/**
 * The services that ask the policy of the resource whatever other policies allow: keys, and the trust policies of roles.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
const ALWAYS_ASKED: Readonly<Record<string, string>> = { kms: 'a KMS key always has a key policy', sts: 'a role always has a trust policy' };

const serviceOf = (action: string) => action.slice(0, action.indexOf(':')).toLowerCase();

/** Whether the resource of a request can have a policy. Actions that take no resource ask none. */
export const canHavePolicy = (action: string, resource: Text): boolean =>
  resource.literal !== '*' && (!WITHOUT_RESOURCE_POLICIES.has(serviceOf(action)) || takesPolicy(serviceOf(action), resource));

/** Whether a service has an action that sets the policy of such a resource, such as Amazon EC2 for the pools of IPAM, which AWS RAM shares. */
const takesPolicy = (service: string, resource: Text): boolean =>
  (arnFormats(`${service}:PutResourcePolicy`) ?? []).some((format) => Pattern.glob(Text.of(format.replace(/\$\{[^}]+\}/g, '*'))).matches(resource) !== 'no');

/** Why the policy of the resource has to allow a request, or undefined if it need not. */
export const mustHavePolicy = (action: string, resource: Text): string | undefined =>
  (canHavePolicy(action, resource) ? ALWAYS_ASKED[serviceOf(action)] : undefined);

/** The account in an ARN. Undefined if the ARN has none, as those of S3, or one of AWS, as those of managed policies. */
export function accountOf(resource: Text): Text | undefined {
  const account = arnTexts(resource)?.[4];
  return account === undefined || account.literal === '' || account.literal === 'aws' ? undefined : account;
}
