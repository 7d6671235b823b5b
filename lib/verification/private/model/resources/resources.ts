import { awsManagedKeyOf, encryptionKeyOf } from './encryption';
import { keptPolicies } from './kept-policies';
import { KeyAliases } from './key-aliases';
import { isVersionOf } from './lambda-permissions';
import { ownPolicies } from './resource-policies';
import { resourcesElsewhere } from './resources-elsewhere';
import { NamedPolicy, separatePolicies } from './separate-policies';
import { Findings } from '../../findings/findings';
import { stackOf } from '../../findings/gap';
import { Policy } from '../../policies/policy';
import { resourceType } from '../../resource-types/declarations';
import { addTo } from '../../values/add-to';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';
import { listOf, valueAt } from '../../values/resolved';
import { endsAsComplete, partialArn } from '../../values/secret-arn';
import { Text } from '../../values/text';
import { isSet, isText, textOf } from '../../values/text-parts';
import { FUNCTION } from '../program';
import { Resource, Tags } from '../resource';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';
import { tagsOf } from '../tags';
import { UnreadPolicy } from '../unread-policy';


/** A resource of the templates that has an ARN. */
interface WithArn { readonly resource: StackResource; readonly arn: Text; readonly names: readonly Text[]; readonly keys: readonly string[] }

/** The resources of the templates that have ARNs, with their tags and policies, and those that have a policy in the templates only. */
export function readResources(resources: StackResources, unread: readonly UnreadPolicy[], findings: Findings): Resource[] {
  const withArn = resources.all.flatMap((resource): WithArn[] => {
    const { arn, names, keys } = resource.once('names', () => readNames(resource));
    return arn ? [{ resource, arn, names, keys }] : [];
  });
  const known = new Map<string, WithArn[]>();
  withArn.forEach((one) => new Set(one.keys).forEach((key) => addTo(known, key, one)));
  const attached = new Map<WithArn, Policy[]>();
  const named = new Map<WithArn, NamedPolicy[]>();
  const elsewhere: NamedPolicy[] = [];
  for (const policy of separatePolicies(resources, findings)) {
    const targets = targetsOf(policy, known.get(resourceKey(policy.type, policy.target, policy.resource)) ?? []);
    targets.forEach((target) => addTo(named, target, policy));
    if (targets.length === 0) {
      elsewhere.push(policy);
      withArn.filter((candidate) => mayBeOf(policy, candidate)).forEach((candidate) => addTo(attached, candidate, possiblePolicy(policy)));
    }
  }
  named.forEach((policies, target) => keptPolicies(target.arn, policies, findings).forEach((policy) => addTo(attached, target, policy)));
  for (const policy of unread) {
    withArn.filter(({ resource }) => policy.of.includes(resource.type)).forEach((target) => addTo(attached, target, unreadPolicy(policy)));
  }
  const functions = withArn.filter(({ resource }) => resource.type === FUNCTION).map(({ arn }) => arn);
  const aliases = new KeyAliases(resources);
  const read = withArn.map((one) =>
    withPolicies(one.resource.once('resource', () => readOwn(one.resource, aliases, findings)), attached.get(one) ?? []));
  return [...read, ...resourcesElsewhere(elsewhere, functions, findings)];
}

/** The resources with the name in a policy. Where several have it, a policy is of the one in its own stack. */
function targetsOf({ resource: policy }: NamedPolicy, all: readonly WithArn[]): readonly WithArn[] {
  const own = all.filter(({ resource }) => stackOf(resource.place()) === stackOf(policy.place()));
  return own.length > 0 ? own : all;
}

const unreadPolicy = ({ what, content, place, actions, onlyAllows }: UnreadPolicy): Policy =>
  ({ name: `policy ${place.logicalId}`, place, unknown: what, unread: content, actions, ...onlyAllows && { onlyAllows } });

/** By which policies can name a resource. */
const namesOf = (resource: StackResource, arn: Text): Text[] => [
  arn, resource.ref, textOf(resource.property(resourceType(resource.type)?.otherName ?? '')),
  ...partialNames(arn).filter((name) => !endsAsComplete(name)),
].filter((name) => name !== undefined);

const partialNames = (arn: Text): Text[] => [arn].flatMap((one) => partialArn(one) ?? []);

/** The type by which policies name a resource: an alias is named like a function. */
const policyTypeOf = ({ type }: StackResource): string => (type === 'AWS::Lambda::Alias' ? FUNCTION : type);

/** Names of buckets are unique; names of other resources in an account and region. */
const resourceKey = (type: string, name: Text, resource: StackResource) =>
  [type, name.key, ...(type === 'AWS::S3::Bucket' ? [] : [resource.pseudoParameter('AccountId').key, resource.pseudoParameter('Region').key])].join(' ');

/** Whether a policy may be of a resource. */
const mayBeOf = ({ type, target }: NamedPolicy, { resource, arn, names }: WithArn) => policyTypeOf(resource) === type
  && (names.some((name) => equal(name, target) === 'unknown') || (type === FUNCTION && mayBeOfVersion(target, arn))
    || partialNames(arn).some((name) => equal(name, target) !== 'no'));

/** Whether a policy is, or may be, of a version or an alias of a resource that only the deployment knows. */
function mayBeOfVersion(target: Text, arn: Text): boolean {
  const last = target.parts.at(-1);
  return typeof last === 'string' ? equal(withoutVersion(target, last), arn) === 'unknown' : isVersionOf(arn, target);
}

const withoutVersion = ({ parts }: Text, last: string): Text => Text.join([...parts.slice(0, -1), last.replace(/:[^:]*$/, '')].map(Text.ofPart));

const possiblePolicy = ({ target, resource }: NamedPolicy): Policy =>
  ({ name: `policy ${resource.logicalId}`, place: resource.place(), unknown: `it is the policy of ${target}, which only the deployment knows` });

/** The ARN of a resource, if it has one, and the keys by which policies find it. */
function readNames(resource: StackResource) {
  const { arn } = resource;
  const names = arn ? namesOf(resource, arn) : [];
  return { arn, names, keys: names.map((name) => resourceKey(policyTypeOf(resource), name, resource)) };
}

/** What a resource that has an ARN itself says. */
function readOwn(resource: StackResource, aliases: KeyAliases, findings: Findings): Resource {
  const [encryptionKey, awsManagedKey] = [encryptionKeyOf(resource, aliases), awsManagedKeyOf(resource)];
  return {
    type: resource.type,
    arn: resource.arn!,
    account: resource.pseudoParameter('AccountId'),
    ...resource.type === 'AWS::S3::Bucket' && { region: resource.pseudoParameter('Region') },
    tags: conditionTags(resource, findings),
    ...encryptionKey && { encryptionKey },
    ...awsManagedKey !== undefined && { awsManagedKey },
    ...restrictsPublicPolicies(resource) && { restrictsPublicPolicies: true },
    ...disablesAcls(resource) && { disablesAcls: true },
    policies: ownPolicies(resource, findings),
    place: resource.place(),
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
const restrictsPublicPolicies = (resource: StackResource): boolean => resource.type === 'AWS::S3::Bucket'
  && isSet(resource.property('PublicAccessBlockConfiguration', 'RestrictPublicBuckets')) !== 'no';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
const disablesAcls = (resource: StackResource): boolean => resource.type === 'AWS::S3::Bucket'
  && listOf(resource.property('OwnershipControls', 'Rules')).every((rule) => isText(valueAt(rule, 'ObjectOwnership'), 'BucketOwnerEnforced') === 'yes');

/** One object for all assignments of the conditions under which these are the same. */
const withPolicies = (own: Resource, attached: readonly Policy[]): Resource =>
  (attached.length === 0 ? own : complete.of([own, ...attached], () => ({ ...own, policies: [...own.policies, ...attached] })));

const complete = new Interned<Resource>();

/**
 * The tags that conditions can ask for; undefined if that is not known, such as if a setting of the account decides. Buckets have none of them unless they enable it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
 */
function conditionTags(resource: StackResource, findings: Findings): Tags | undefined {
  const { type } = resource;
  if (type === 'AWS::S3::Bucket') {
    const status = resource.property('AbacStatus');
    return status === undefined || isText(status, 'Disabled') === 'yes' ? new Map() : undefined;
  }
  return resourceType(type)?.tagsMayNotCount ? undefined : tagsOf(resource, findings);
}
