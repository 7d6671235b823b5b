import { arnTexts } from '../evaluation/arn';
import { Resource } from '../model/model';
import { equal, Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { withUnknowns } from '../values/wildcards';

/**
 * What is between the ARN of a resource and the names of its parts: objects of a bucket, indexes of a table, versions of a function, streams of a log group,
 * subscriptions of a topic. Where there is none, `/` is in names and paths: the repository `a/b` is no part of the repository `a`.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const SEPARATORS: { readonly [service: string]: readonly string[] } = {
  aps: [],
  autoscaling: [],
  dynamodb: ['/'],
  ecr: [],
  eks: [],
  elasticfilesystem: [],
  iam: [],
  kinesis: ['/'],
  kms: [],
  lambda: [':'],
  logs: [':'],
  route53: [],
  s3: ['/'],
  secretsmanager: [],
  sns: [':'],
  sqs: [],
  ssm: [],
};

/** What can be between the ARN of a resource and the names of its parts. */
export function separatorsOf(arn: Text): readonly string[] {
  const service = serviceOf(arn);
  return Object.hasOwn(SEPARATORS, service) ? SEPARATORS[service] : ['/', ':'];
}

/** An ARN, and what stands for all parts of the resource, such as the objects of a bucket. */
export const withParts = (arn: Text): Text[] => [arn, ...separatorsOf(arn).map((separator) => Text.join([arn, withUnknowns(Text.of(`${separator}*`))]))];

/** The resources of the templates, by ARN. */
export class ResourceIndex {
  private readonly byService = new Map<string, Resource[]>();

  constructor(resources: readonly Resource[]) {
    for (const resource of resources) {
      const service = serviceOf(resource.arn);
      const others = this.byService.get(service);
      if (others) {
        others.push(resource);
      } else {
        this.byService.set(service, [resource]);
      }
    }
  }

  /** The resources of a service, by the name that ARNs have. */
  ofService(service: string): readonly Resource[] {
    return this.byService.get(service) ?? [];
  }

  /** The resource with an ARN, or with a part that has the ARN, such as an object of a bucket, a version of a function, or an index of a table. */
  find(arn: Text): Resource | undefined {
    const resources = this.byService.get(serviceOf(arn));
    return resources?.find((resource) => equal(resource.arn, arn) === 'yes') ?? resources?.find((resource) => contains(resource, arn));
  }
}

/** Empty if it is not a literal. Every ARN of the templates has a literal service, so no resource certainly has such an ARN. */
const serviceOf = (arn: Text): string => arnTexts(arn)?.[2]?.literal ?? '';

/** Whether an ARN is that of a part of a resource, or of a secret with its suffix. */
function contains({ type, arn: whole }: Resource, arn: Text): boolean {
  if (type === 'AWS::SecretsManager::Secret') {
    return isSecret(whole, arn);
  }
  const [one, other] = [whole.literal, arn.literal];
  const areKnown = one !== undefined && other !== undefined; // most often, and then it takes no pattern
  return separatorsOf(whole).some((separator) => (areKnown
    ? other.startsWith(`${one}${separator}`)
    : Pattern.join([Pattern.exact(whole), Pattern.glob(Text.of(`${separator}*`))]).matches(arn) === 'yes'));
}

/** Secrets Manager adds six random characters to the name. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen */
function isSecret({ parts }: Text, arn: Text): boolean {
  const patterns = parts.slice(0, -1).map((part) => Pattern.exact(typeof part === 'string' ? Text.of(part) : Text.unknown(part)));
  return Pattern.join([...patterns, Pattern.glob(Text.of('??????'))]).matches(arn) === 'yes';
}
