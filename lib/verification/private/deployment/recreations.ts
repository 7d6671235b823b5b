/** A request that deletes a resource, and one that creates another with its name, and so with its ARN, but without its policies and tags. */
export interface Recreation {
  readonly deletes: string;
  readonly creates: string;
  /** Whether the new resource can have a policy at once. */
  readonly setsPolicy: boolean;
}

/** What has its name in its ARN, by the prefix of the actions that delete and create it. Others have an ID that AWS generates, such as keys and file systems. */
const NAMED: { readonly [service: string]: readonly string[] } = {
  athena: ['WorkGroup'],
  backup: ['BackupVault'],
  batch: ['JobQueue'],
  codebuild: ['Project'],
  codecommit: ['Repository'],
  codepipeline: ['Pipeline'],
  dynamodb: ['Table'],
  ecr: ['Repository'],
  ecs: ['Cluster', 'Service'],
  es: ['Domain', 'ElasticsearchDomain'],
  events: ['EventBus'],
  firehose: ['DeliveryStream'],
  glue: ['Crawler', 'Database', 'Job', 'Table'],
  iam: ['Role', 'User'],
  kinesis: ['Stream'],
  lambda: ['Function'],
  logs: ['LogGroup'],
  rds: ['DBCluster', 'DBInstance'],
  redshift: ['Cluster'],
  s3: ['Bucket'],
  s3express: ['Bucket'],
  s3tables: ['TableBucket'],
  sagemaker: ['Endpoint', 'NotebookInstance'],
  scheduler: ['Schedule', 'ScheduleGroup'],
  secretsmanager: ['Secret'],
  sns: ['Topic'],
  sqs: ['Queue'],
  ssm: ['Document'],
  states: ['Activity', 'StateMachine'],
};

/**
 * The requests that also set the policy of what they create.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 * @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
 * @see https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
const WITH_POLICY = new Set([
  'dynamodb:CreateTable', 'es:CreateDomain', 'es:CreateElasticsearchDomain', 'events:CreateEventBus', 'iam:CreateRole', 'sns:CreateTopic', 'sqs:CreateQueue',
]);

const recreation = (deletes: string, creates: string): Recreation => ({ deletes, creates, setsPolicy: WITH_POLICY.has(creates) });

/** Of alarms, rules and parameters, one request creates and changes them. */
const BY_PUT = [
  recreation('cloudwatch:DeleteAlarms', 'cloudwatch:PutMetricAlarm'), recreation('cloudwatch:DeleteAlarms', 'cloudwatch:PutCompositeAlarm'),
  recreation('events:DeleteRule', 'events:PutRule'), ...['ssm:DeleteParameter', 'ssm:DeleteParameters'].map((deletes) => recreation(deletes, 'ssm:PutParameter')),
];

export const RECREATIONS: readonly Recreation[] = [
  ...Object.entries(NAMED).flatMap(([service, names]) => names.map((name) => recreation(`${service}:Delete${name}`, `${service}:Create${name}`))),
  ...BY_PUT,
];

/** The requests with which resources are created anew, by the prefix of the actions about these. Requests of STS are about roles. */
export function recreationsOf(service: string): readonly Recreation[] {
  const prefix = `${service === 'sts' ? 'iam' : service}:`;
  return RECREATIONS.filter(({ deletes }) => deletes.startsWith(prefix));
}
