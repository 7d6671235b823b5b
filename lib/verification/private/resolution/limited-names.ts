import { Template } from '../assembly/template';
import { asciiWhere } from '../values/derived';

/** In no name that AWS limits. */
export const NOT_IN_LIMITED_NAMES = asciiWhere((character) => /["\\*?]/.test(character));

/** The properties whose characters AWS limits to letters, digits and some others. Each page of the API says which. */
const LIMITED: { readonly [type: string]: string } = {
  /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  'AWS::S3::Bucket': 'BucketName',
  /** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
  'AWS::SQS::Queue': 'QueueName',
  /** @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
  'AWS::SNS::Topic': 'TopicName',
  /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
  'AWS::SecretsManager::Secret': 'Name',
  /** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
  'AWS::ECR::Repository': 'RepositoryName',
  /** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
  'AWS::Lambda::Function': 'FunctionName',
  /** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  /** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
  'AWS::SSM::Parameter': 'Name',
  /** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
  'AWS::EKS::Cluster': 'Name',
  /** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
  'AWS::Logs::LogGroup': 'LogGroupName',
};

const known = new WeakMap<Template, ReadonlySet<string>>();

/** Whether a parameter is a part of a name that AWS limits, in each deployment: with another character in its value, the deployment fails. */
export function isInLimitedName(template: Template, parameter: string): boolean {
  const names = known.get(template) ?? new Set(limitedNames(template).flatMap(partsOf));
  known.set(template, names);
  return names.has(parameter);
}

const limitedNames = ({ body }: Template): unknown[] => Object.values(body.Resources)
  .filter(({ Type: type, Condition: condition }) => Object.hasOwn(LIMITED, type) && condition === undefined)
  .flatMap(({ Type: type, Properties: properties }) => (hasMacro(properties) ? [] : [Object(properties)[LIMITED[type]]]));

/** A macro can change the other properties, too. */
const hasMacro = (properties: unknown): boolean => Object.keys(Object(properties)).some((name) => name.startsWith('Fn::'));

/** The names whose values are in a text as they are. */
function partsOf(value: any): string[] {
  const [entry, ...others] = Object.entries<any>(Object(value));
  const [name, argument] = others.length === 0 && entry !== undefined ? entry : [];
  if (name === 'Ref') {
    return [argument];
  }
  if (name === 'Fn::Join' && Array.isArray(argument?.[1])) {
    return argument[1].flatMap(partsOf);
  }
  const [text, variables] = name === 'Fn::Sub' ? [argument].flat() : [];
  const written = typeof text === 'string' ? [...text.matchAll(/\$\{([^}!]+)\}/g)].map(([, each]) => each) : [];
  return written.flatMap((each) => (Object.hasOwn(Object(variables), each) ? partsOf(variables[each]) : [each]));
}
