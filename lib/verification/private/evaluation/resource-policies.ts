import { arnTexts } from './arn';
import { arnFormats } from '../aws-data/actions';
import { Pattern } from '../values/pattern';
import { wordsOf } from '../values/split';
import { Text } from '../values/text';

/**
 * The services whose resources have no policies, by the prefix of their actions: those that AWS's table says so of, and that have no action that sets one,
 * except `PutResourcePolicy`, which names its resources. A resource of any other service may have one, because services get them over time. Actions of IAM do
 * not ask the trust policies of roles.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
export const WITHOUT_RESOURCE_POLICIES: ReadonlySet<string> = new Set([
  'access-analyzer', 'account', 'acm', 'airflow', 'amplify', 'appconfig', 'appflow', 'application-autoscaling', 'applicationinsights', 'apprunner',
  'artifact', 'athena', 'auditmanager', 'autoscaling', 'autoscaling-plans', 'batch', 'bedrock', 'braket', 'budgets', 'cassandra', 'ce', 'chatbot',
  'cloudformation', 'cloudfront', 'cloudshell', 'cloudwatch', 'codecommit', 'codedeploy', 'codepipeline', 'codestar-connections',
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

/**
 * Actions that create the resource that they are about, which therefore has no policy yet, and nobody shares it. Not `ecr:CreateRepository` and
 * `codeartifact:CreateRepository`: the policy of the registry or the domain can allow or deny these.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
 */
const CREATES: ReadonlySet<string> = new Set([
  'dynamodb:createtable', 'kinesis:createstream', 'lambda:createfunction', 'logs:createloggroup', 's3:createbucket', 'secretsmanager:createsecret', 'sns:createtopic',
  'sqs:createqueue',
]);

/**
 * Whether a request creates the resource that it is about, so that the policy of a resource with this name cannot allow it.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limitations-of-custom-policies.html
 */
export const createsResource = (action: string): boolean => CREATES.has(action.toLowerCase());

/**
 * The resources of CloudWatch Logs whose policies apply to roles, as their ARNs end. Those of log groups apply to services only.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
 */
const WITH_POLICY_IN_LOGS = ['destination:*', 'delivery-destination:*'];

const serviceOf = (action: string) => action.slice(0, action.indexOf(':')).toLowerCase();

/** Whether the resource of a request can have a policy. Actions that take no resource, or create it, ask none. */
export function canHavePolicy(action: string, resource: Text): boolean {
  if (resource.literal === '*' || createsResource(action)) {
    return false;
  }
  const service = serviceOf(action);
  if (service === 'logs') {
    return WITH_POLICY_IN_LOGS.some((ending) => mayEndWith(resource, ending));
  }
  return !WITHOUT_RESOURCE_POLICIES.has(service) || isOfTypeWithPolicy(action, resource);
}

/**
 * Whether another account may share the resource of an action. Resources of IAM and Auto Scaling cannot be shared. Those of some other services cannot either,
 * but for these, an answer that is unknown is safe.
 *
 * @see https://docs.aws.amazon.com/ram/latest/userguide/shareable.html
 */
export const canBeShared = (action: string): boolean => !['autoscaling', 'iam'].includes(serviceOf(action)) && !createsResource(action);

/**
 * Whether an action is about a type of resources whose policy its service returns, and the resource may be one. Few types of such services have one: in Amazon
 * EC2 placement groups and pools of IPAM do, and volumes do not. A trust store of Elastic Load Balancing gets its policy from AWS RAM.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
function isOfTypeWithPolicy(action: string, resource: Text): boolean {
  const withPolicy = arnFormats(`${serviceOf(action)}:GetResourcePolicy`) ?? [];
  const formats = arnFormats(action) ?? withPolicy;
  return withPolicy.some((format) => formats.includes(format) && mayEndWith(resource, format.split(':').slice(5).join(':').replace(/\$\{[^}]+\}/g, '*')));
}

/** Only the last part of an ARN tells the type. The others could be anything that only the deployment knows. */
function mayEndWith(resource: Text, pattern: string): boolean {
  const [last] = arnTexts(resource)?.slice(-1) ?? [];
  return last === undefined || Pattern.glob(Text.of(pattern)).matches(last) !== 'no';
}

/** Why the policy of the resource has to allow a request, or undefined if it need not. */
export const mustHavePolicy = (action: string, resource: Text): string | undefined =>
  (canHavePolicy(action, resource) ? ALWAYS_ASKED[serviceOf(action)] : undefined);

/** The account in an ARN. Undefined if the ARN has none, as those of S3, or one of AWS, as those of managed policies. A parameter is assumed to have no colons. */
export function accountOf(resource: Text): Text | undefined {
  const account = (arnTexts(resource) ?? wordsOf(resource, /:/))[4];
  return account === undefined || account.literal === '' || account.literal === 'aws' ? undefined : account;
}
