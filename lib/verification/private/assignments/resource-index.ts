import { arnTexts } from '../evaluation/arn';
import { Resource } from '../model/resource';
import { addTo } from '../values/add-to';
import { Interned, sameList } from '../values/interned';
import { Pattern } from '../values/pattern';
import { completeArn, partialArn } from '../values/secret-arn';
import { Text } from '../values/text';
import { withUnknowns } from '../values/wildcards';

/**
 * What is between the ARN of a resource and the names of its parts: objects of a bucket, indexes of a table, versions of a function, streams of a log group,
 * subscriptions of a topic. Where there is none, `/` is in names and paths: the repository `a/b` is no part of the repository `a`.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const SEPARATORS: { readonly [service: string]: readonly string[] } = {
  'acm': [],
  'acm-pca': ['/'],
  'apigateway': ['/'],
  'appsync': ['/'],
  'aps': [],
  'athena': [],
  'autoscaling': [],
  'backup': [],
  'batch': [],
  'cloudfront': [],
  'cloudwatch': [],
  'codebuild': [],
  'codecommit': [],
  'codeconnections': [],
  'codepipeline': ['/'],
  'codestar-connections': [],
  'cognito-identity': [],
  'cognito-idp': [],
  'dynamodb': ['/'],
  'ecr': [],
  'ecs': [],
  'eks': [],
  'elasticache': [],
  'elasticfilesystem': [],
  'emr-containers': ['/'],
  'es': ['/'],
  'events': [],
  'firehose': [],
  'glue': [],
  'iam': [],
  'kafka': [],
  'kinesis': ['/'],
  'kms': [],
  'lambda': [':'],
  'logs': [':'],
  'mq': [],
  'rds': [],
  'route53': [],
  's3': ['/'],
  's3express': [],
  's3tables': ['/'],
  'secretsmanager': [],
  'sns': [':'],
  'sqs': [],
  'ssm': [],
  'states': [':'],
};

/** What can be between the ARN of a resource and the names of its parts. */
export function separatorsOf(arn: Text): readonly string[] {
  const service = serviceOf(arn);
  return Object.hasOwn(SEPARATORS, service) ? SEPARATORS[service] : ['/', ':'];
}

const partsByArn = new Interned<readonly Text[]>();

/** An ARN, and what stands for all parts of the resource, such as the objects of a bucket. */
export const withParts = (arn: Text): readonly Text[] =>
  partsByArn.of([arn], () => [arn, ...separatorsOf(arn).map((separator) => Text.join([arn, withUnknowns(Text.of(`${separator}*`))]))]);

/** What the ARN of a resource may be, by the ARN of a part of it: of an object, that of its bucket. */
export function wholesOf(part: Text): Text[] {
  const separators = separatorsOf(part);
  return part.parts.flatMap((literal, i) => (typeof literal !== 'string' ? []
    : [...literal.matchAll(/[/:]/g)].filter(({ 0: separator }) => separators.includes(separator))
      .map(({ index }) => Text.join([...part.parts.slice(0, i).map(Text.ofPart), Text.of(literal.slice(0, index))]))));
}

/** The resources of the templates, by ARN. */
export class ResourceIndex {
  private readonly places: Places;
  private readonly byService = new Map<string, readonly Resource[]>();
  /** Whether one of them is encrypted with a key, whose policy decides, too. */
  readonly hasKeys: boolean;

  constructor(readonly all: readonly Resource[]) {
    this.places = placesOf(all);
    this.hasKeys = all.some(({ encryptionKey }) => encryptionKey);
  }

  /** The resources of a service, by the name that ARNs have. */
  ofService(service: string): readonly Resource[] {
    const known = this.byService.get(service) ?? this.places.ofService(service).map((index) => this.all[index]);
    this.byService.set(service, known);
    return known;
  }

  /** The resource with an ARN, or with a part that has the ARN, such as an object of a bucket, a version of a function, or an index of a table. */
  find(arn: Text): Resource | undefined {
    const index = this.places.find(arn);
    return index === undefined ? undefined : this.all[index];
  }

  /** The ARN of a resource. That of a secret can be a partial one, which is completed. */
  completeArn(arn: Text): Text {
    return this.find(arn) ? arn : this.places.secretWith(arn) ?? completeArn(arn);
  }
}

/** One object for all assignments of the conditions under which the resources have the same ARNs, whatever else differs. */
function placesOf(all: readonly Resource[]): Places {
  const [arns, secrets] = [all, all.filter(({ type }) => type === SECRET)].map((some) => sameList(some.map(({ arn }) => arn)));
  return places.of([arns, secrets], () => new Places(all));
}

const places = new Interned<Places>();

/** The places of resources in a list of them, by ARN. */
class Places {
  private readonly byService = new Map<string, number[]>();
  private readonly byKey = new Map<string, Found[]>();
  private readonly secrets: Found[] = [];
  private readonly known = new Interned<number | undefined>();

  constructor(all: readonly Resource[]) {
    for (const [index, { arn, type }] of all.entries()) {
      const found = { index, arn, isSecret: type === SECRET };
      addTo(this.byService, serviceOf(arn), index);
      addTo(this.byKey, arn.key, found);
      if (found.isSecret) {
        this.secrets.push(found);
      }
    }
  }

  ofService(service: string): readonly number[] {
    return this.byService.get(service) ?? [];
  }

  find(arn: Text): number | undefined {
    return this.known.of([arn], () => (this.byKey.get(arn.key) ?? this.containing(arn))[0]?.index);
  }

  /** The ARN of the secret with a partial one. */
  secretWith(partial: Text): Text | undefined {
    return this.secrets.find(({ arn }) => partialArn(arn)?.key === partial.key)?.arn;
  }

  /** Those that have a part with the ARN, in their order. */
  private containing(arn: Text): Found[] {
    const candidates = beginningsOf(arn).flatMap(({ key, separator }) =>
      this.byKey.get(key)?.filter((found) => !found.isSecret && separatorsOf(found.arn).includes(separator)) ?? []);
    const service = serviceOf(arn);
    const isOfService = (found: Found) => serviceOf(found.arn) === service;
    return [...candidates.filter(isOfService), ...this.secrets.filter((secret) => isOfService(secret) && isSecret(secret.arn, arn))]
      .sort((one, other) => one.index - other.index);
  }
}

/** The ARN of a resource, and its place among all of them. */
interface Found { readonly index: number; readonly arn: Text; readonly isSecret: boolean }

const SECRET = 'AWS::SecretsManager::Secret';

/** The key of what an ARN begins with, which may be the ARN of what contains it, and what separates it from the rest. */
interface Beginning { readonly key: string; readonly separator: string }

const beginnings = new Interned<readonly Beginning[]>();

const beginningsOf = (arn: Text): readonly Beginning[] => beginnings.of([arn], () => arn.parts.flatMap((part, i) => (typeof part !== 'string' ? []
  : [...part.matchAll(/[/:]/g)].map(({ 0: separator, index }) =>
    ({ key: Text.join([...arn.parts.slice(0, i).map(Text.ofPart), Text.of(part.slice(0, index))]).key, separator })))));

/** Empty if it is not a literal. Every ARN of the templates has a literal service, so no resource certainly has such an ARN. */
const serviceOf = (arn: Text): string => arnTexts(arn)?.[2]?.literal ?? '';

/** Secrets Manager adds six random characters to the name. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen */
function isSecret({ parts }: Text, arn: Text): boolean {
  const patterns = parts.slice(0, -1).map((part) => Pattern.exact(typeof part === 'string' ? Text.of(part) : Text.unknown(part)));
  return Pattern.join([...patterns, Pattern.glob(Text.of('??????'))]).matches(arn) === 'yes';
}
