import { encryptionKeyOf } from './encryption';
import { Resource, Tags, UnreadPolicy } from '../model';
import { ownPolicies } from './resource-policies';
import { NamedPolicy, separatePolicies } from './separate-policies';
import { Findings } from '../../findings/findings';
import { Policy } from '../../policies/policy';
import { equal, Pattern } from '../../values/pattern';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { scopeOfType, StackResource, StackResources } from '../stack-resources';
import { tagsOf } from '../tags';

/** A resource of the templates that has an ARN. */
interface WithArn { readonly resource: StackResource; readonly arn: Text; readonly keys: readonly string[] }

/** The resources of the templates that have ARNs, with their tags and policies, and those that have a policy in the templates only. */
export function readResources(resources: StackResources, unread: readonly UnreadPolicy[], findings: Findings): Resource[] {
  const withArn = resources.all.flatMap((resource): WithArn[] => {
    const { arn, keys } = resource.once('names', () => readNames(resource));
    return arn ? [{ resource, arn, keys }] : [];
  });
  const known = new Map<string, Text>();
  withArn.forEach(({ arn, keys }) => keys.forEach((key) => known.set(key, arn)));
  const attached = new Map<string, Policy[]>();
  const attach = (arn: Text, policy: Policy) => attached.set(arn.key, [...attached.get(arn.key) ?? [], policy]);
  const elsewhere: Resource[] = [];
  for (const policy of separatePolicies(resources, findings)) {
    const arn = known.get(resourceKey(policy.type, policy.target, policy.resource));
    if (arn) {
      attach(arn, policy.policyOf(arn));
    } else {
      elsewhere.push(...resourceElsewhere(policy, withArn, findings));
      withArn.filter((candidate) => mayBeOf(policy, candidate)).forEach((candidate) => attach(candidate.arn, possiblePolicy(policy)));
    }
  }
  for (const policy of unread) {
    withArn.filter(({ resource }) => policy.of.includes(resource.type)).forEach(({ arn }) => attach(arn, unreadPolicy(policy)));
  }
  return [...withArn.map(({ resource, arn }) => withPolicies(resource.once('resource', () => readOwn(resource, findings)), attached.get(arn.key) ?? [])), ...elsewhere];
}

const unreadPolicy = ({ what, content, place, actions }: UnreadPolicy): Policy => ({ name: `policy ${place.logicalId}`, place, unknown: what, unread: content, actions });

/** The properties with names by which policies can name a resource, besides its ARN and what `Ref` returns. */
const NAMES: { readonly [type: string]: string } = { 'AWS::SecretsManager::Secret': 'Name' };

const namesOf = (resource: StackResource, arn: Text): Text[] => [arn, resource.ref, textOf(resource.property(NAMES[resource.type] ?? ''))].filter((name) => name !== undefined);

/** Names of buckets are unique; names of other resources in an account and region. */
const resourceKey = (type: string, name: Text, resource: StackResource) =>
  [type, name.key, ...(type === 'AWS::S3::Bucket' ? [] : [resource.pseudoParameter('AccountId').key, resource.pseudoParameter('Region').key])].join(' ');

/** Whether a policy may be of a resource. A literal is never a name that is generated, because nobody can know that name when the template is written. */
const mayBeOf = ({ type, target }: NamedPolicy, { resource, arn }: WithArn) => resource.type === type
  && (target.literal === undefined || resource.ref.unknowns.every(({ differsWithin }) => differsWithin === undefined))
  && namesOf(resource, arn).some((name) => equal(name, target) === 'unknown');

const possiblePolicy = ({ target, resource }: NamedPolicy): Policy =>
  ({ name: `policy ${resource.logicalId}`, place: resource.place(), unknown: `it is the policy of ${target}, which only the deployment knows` });

/** The ARN of a resource, if it has one, and the keys by which policies find it. */
function readNames(resource: StackResource) {
  const { type, arn } = resource;
  return { arn, keys: arn ? namesOf(resource, arn).map((name) => resourceKey(type, name, resource)) : [] };
}

/** What a resource that has an ARN itself says. */
function readOwn(resource: StackResource, findings: Findings): Resource {
  const encryptionKey = encryptionKeyOf(resource);
  return {
    type: resource.type,
    arn: resource.arn!,
    account: resource.pseudoParameter('AccountId'),
    tags: conditionTags(resource, findings),
    ...encryptionKey && { encryptionKey },
    policies: ownPolicies(resource, findings),
    place: resource.place(),
  };
}

const withPolicies = (own: Resource, attached: readonly Policy[]): Resource =>
  (attached.length === 0 ? own : { ...own, policies: [...own.policies, ...attached] });

/**
 * The tags that conditions can ask for. Buckets have none of them unless they enable it; of tables, an account decides.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/abac-enable-ddb.html
 */
function conditionTags(resource: StackResource, findings: Findings): Tags | undefined {
  const { type } = resource;
  if (type === 'AWS::S3::Bucket') {
    const status = resource.property('AbacStatus');
    return status === undefined || literalOf(status) === 'Disabled' ? new Map() : undefined;
  }
  return type.startsWith('AWS::DynamoDB::') ? undefined : tagsOf(resource, findings);
}

/** A resource that is not in the templates, but has a policy there. A function outside the templates can have other permissions, too. */
function resourceElsewhere({ type, target, resource, policyOf }: NamedPolicy, withArn: readonly WithArn[], findings: Findings): Resource[] {
  const arn = type === 'AWS::S3::Bucket' ? Text.join([Text.of('arn'), resource.pseudoParameter('Partition'), Text.of('s3::'), target], ':') : target;
  const place = resource.place();
  if (!arn.startsWith('arn')) {
    const message = `the resource ${target} of ${resource.logicalId} is not in the templates: its policy is left out`;
    findings.addGap('policy-of-unknown-resource', message, place, scopeOfType(type));
    return [];
  }
  const hasOthers = type === 'AWS::Lambda::Function' && !withArn.some((candidate) => candidate.resource.type === type && isVersion(arn, candidate.arn));
  const others = hasOthers ? [{ name: `permissions of ${arn}`, place, unknown: 'the function is not in the templates, so that it can have others' }] : [];
  return [{ type, arn, account: resource.pseudoParameter('AccountId'), policies: [policyOf(arn), ...others], place }];
}

/** Whether an ARN is that of a version or alias of a function. */
const isVersion = (arn: Text, functionArn: Text) => Pattern.join([Pattern.exact(functionArn), Pattern.glob(Text.of(':*'))]).matches(arn) === 'yes';
