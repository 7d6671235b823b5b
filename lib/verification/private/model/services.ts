import { actionNames } from '../aws-data/actions';
import { GapScope } from '../findings/gap';

/** The prefixes of actions of services that SDKs, the AWS CLI, CloudFormation or Kubernetes controllers call something else. The names are in lower case, without hyphens. */
const PREFIXES: { readonly [service: string]: string } = {
  acmpca: 'acm-pca',
  amazonmq: 'mq',
  amp: 'aps',
  apigatewayv2: 'apigateway',
  appconfigdata: 'appconfig',
  certificatemanager: 'acm',
  cloudcontrol: 'cloudformation',
  cloudwatchevents: 'events',
  cloudwatchlogs: 'logs',
  codeguruprofiler: 'codeguru-profiler',
  directoryservice: 'ds',
  docdb: 'rds',
  ecrpublic: 'ecr-public',
  efs: 'elasticfilesystem',
  elasticloadbalancingv2: 'elasticloadbalancing',
  elasticsearch: 'es',
  elasticsearchservice: 'es',
  elbv2: 'elasticloadbalancing',
  emr: 'elasticmapreduce',
  eventbridge: 'events',
  eventschemas: 'schemas',
  kinesisanalyticsv2: 'kinesisanalytics',
  kinesisfirehose: 'firehose',
  lexmodelsv2: 'lex',
  msk: 'kafka',
  mwaa: 'airflow',
  mwaaserverless: 'airflow-serverless',
  neptune: 'rds',
  opensearch: 'es',
  opensearchserverless: 'aoss',
  opensearchservice: 'es',
  pinpointsmsvoicev2: 'sms-voice',
  prometheusservice: 'aps',
  redshiftserverless: 'redshift-serverless',
  resourcegroupstaggingapi: 'tag',
  s3api: 's3',
  s3control: 's3',
  s3outposts: 's3-outposts',
  serverlessapplicationrepository: 'serverlessrepo',
  sesv2: 'ses',
  sfn: 'states',
  ssoadmin: 'sso',
  stepfunctions: 'states',
  vpclattice: 'vpc-lattice',
};

/** The prefixes of clients of SDKs that start with the prefix of another service. Others start with their own, such as `bedrockagentruntime`. */
const OF_CLIENTS: { readonly [client: string]: string } = {
  apigatewaymanagementapi: 'execute-api',
  cognitoidentityprovider: 'cognito-idp',
  cognitoidentityserviceprovider: 'cognito-idp',
  databasemigration: 'dms',
  databasemigrationservice: 'dms',
  neptunedata: 'neptune-db',
  pinpoint: 'mobiletargeting',
  pinpointemail: 'ses',
  pinpointsmsvoicev2: 'sms-voice',
};

/** What services that others use, or that send for others, are called in messages. */
const NAMES: { readonly [prefix: string]: string } = {
  'alexa-appkit': 'Alexa',
  'alexa-connectedhome': 'Alexa',
  'apigateway': 'Amazon API Gateway',
  'appsync': 'AWS AppSync',
  'cloudfront': 'Amazon CloudFront',
  'cognito-idp': 'Amazon Cognito',
  'connect': 'Amazon Connect',
  'elasticloadbalancing': 'Elastic Load Balancing',
  'elasticmapreduce': 'Amazon EMR',
  'events': 'Amazon EventBridge',
  'iot': 'AWS IoT',
  'kafka': 'Amazon MSK',
  'lex': 'Amazon Lex',
  'mq': 'Amazon MQ',
  'neptune-db': 'Amazon Neptune',
  'rds': 'Amazon RDS',
  's3': 'Amazon S3',
  'ses': 'Amazon SES',
  'sns': 'Amazon SNS',
  'transfer': 'AWS Transfer Family',
  'vpc-lattice': 'Amazon VPC Lattice',
};

/** The name of a service for messages, as far as it is known; otherwise, the prefix. */
export const nameOfService = (prefix: string): string => (Object.hasOwn(NAMES, prefix) ? NAMES[prefix] : prefix);

/** What can be changed with a service besides what has its prefix. */
const RELATED: { readonly [prefix: string]: readonly string[] } = {
  'apigateway': ['apigateway', 'execute-api'],
  'es': ['es', 'opensearch'],
  'fsx': ['fsx', 's3'],
  'kafka': ['kafka', 'kafka-cluster'],
  'lakeformation': ['glue', 'lakeformation', 's3'],
  'lightsail': ['lightsail', 's3'],
  'omics': ['omics', 's3'],
  's3': ['s3', 's3-object-lambda'],
  'redshift': ['redshift', 'redshift-serverless'],
  'redshift-serverless': ['redshift', 'redshift-serverless'],
  'securitylake': ['glue', 'lakeformation', 's3', 'securitylake'],
  'vpc-lattice': ['vpc-lattice', 'vpc-lattice-svcs'],
};

/** Services that decide about others: about credentials, keys of what others encrypt, shares and templates. */
const ACROSS = ['cloudformation', 'controltower', 'eks', 'iam', 'kms', 'organizations', 'proton', 'ram', 'servicecatalog', 'ssm-quicksetup', 'sso', 'sts'];

/** The services whose decisions change with something of a service, by the prefixes of their actions. */
export const servicesWith = (prefix: string): readonly string[] => (Object.hasOwn(RELATED, prefix) ? RELATED[prefix] : [prefix]);

/** The prefixes of all actions, by what they are without hyphens. */
let prefixes: ReadonlyMap<string, string> | undefined;
const allPrefixes = () => prefixes ??= new Map(actionNames().map((name) => name.split(':')[0]).map((prefix) => [prefix.replaceAll('-', ''), prefix]));

/** The prefix of the actions of a service; undefined if no service is known by the name. */
export function prefixOf(service = ''): string | undefined {
  const name = service.toLowerCase().replaceAll('-', '');
  const prefix = Object.hasOwn(PREFIXES, name) ? PREFIXES[name] : name;
  return allPrefixes().get(prefix.replaceAll('-', ''));
}

/** The same of the client of an SDK, if its name is the one of a service or listed. */
export function prefixOfKnownClient(client: string): string | undefined {
  const name = client.toLowerCase().replaceAll('-', '');
  return prefixOf(Object.hasOwn(OF_CLIENTS, name) ? OF_CLIENTS[name] : name);
}

/** The same of any client: a service can have several, such as `bedrock-agent-runtime`. */
export function prefixOfClient(client: string): string {
  const [name, known] = [client.toLowerCase().replaceAll('-', ''), prefixOfKnownClient(client)];
  const starts = known === undefined ? [...allPrefixes()].filter(([start]) => name.startsWith(start)) : [];
  return known ?? starts.sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? client;
}

/** What something of a service can change that is not read. A name that is not known can be that of any service. */
export function scopeOfService(service: string): GapScope {
  const prefix = prefixOf(service);
  return prefix === undefined || ACROSS.includes(prefix) ? 'everything' : { services: servicesWith(prefix) };
}
