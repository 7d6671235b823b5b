import { AssignedModel } from '../assignments/assigned-model';
import { withParts } from '../assignments/resource-index';
import { ResourceSide } from '../evaluation/grants';
import { requestedRegion } from '../evaluation/requested-region';
import { createsResource } from '../evaluation/resource-policies';
import { ResourceFacts } from '../evaluation/session-options';
import { stackOf } from '../findings/gap';
import { Role } from '../model/model';
import { Resource } from '../model/resource';
import { Policy } from '../policies/policy';
import { Interned } from '../values/interned';
import { equal, Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';
import { ANY_RESOURCE } from '../values/wildcards';

/** What is known of the resource of a request. */
export interface KnownResource {
  readonly side: ResourceSide;
  readonly facts: ResourceFacts;
  /** The same of a request that is about nothing else, and is sent to the Region of the resource: a copy of an object is requested in another Region. */
  readonly directFacts?: ResourceFacts;
}

/**
 * What AWS documents to have no reliable results with conditions on the tags of its resource.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const UNRELIABLE_TAGS = /^iam:PassRole$/i;

/**
 * The policies and tags of a resource. The policy of one that is not in the templates is unknown, which matters if its service has such policies.
 *
 * @param withoutPolicy patterns of the resources that are assumed to have no policy.
 */
export function knownResource(action: string, arn: Text, assigned: AssignedModel, withoutPolicy: readonly Pattern[]): KnownResource {
  const role = /^sts:/i.test(action) ? assigned.model.roles.find((candidate) => equal(candidate.arn, arn) === 'yes') : undefined;
  if (role) { // before the resources, which have roles without their trust policies
    return { side: trustSide(role), facts: { ...factsOf(action, arn), account: role.account, tags: role.tags } };
  }
  const resource = assigned.resources.find(arn);
  if (resource) {
    return inTemplates.of([resource, action, arn.key], () => ofResource(resource, action, arn));
  }
  const isWithout = arn.literal === '*' || arn.key === ANY_RESOURCE.key || withoutPolicy.some((pattern) => pattern.matches(arn) === 'yes');
  return { side: isWithout ? sideOfMatching(action, arn, assigned) : { kind: 'unknown', why: 'it is not in the templates' }, facts: factsOf(action, arn) };
}

/** Found once for all assignments of the conditions under which a resource is the same. */
const inTemplates = new Interned<KnownResource>();

function ofResource({ account, policies, tags, region }: Resource, action: string, arn: Text): KnownResource {
  const facts = { ...factsOf(action, arn), account, ...!UNRELIABLE_TAGS.test(action) && { tags } };
  return {
    side: { kind: 'policies', account, policies: about(action, policies) },
    facts,
    ...!createsResource(action) && region && { directFacts: { ...facts, region } },
  };
}

const factsOf = (action: string, arn: Text): ResourceFacts => ({ arn, region: requestedRegion(action, arn) });

/** That a resource has no policy is assumed of those outside the templates. A pattern can match some of the templates, too, whose policies decide otherwise. */
function sideOfMatching(action: string, arn: Text, assigned: AssignedModel): ResourceSide {
  const own = arn.unknowns.length === 0 || arn.key === ANY_RESOURCE.key ? undefined : withPolicies(action, assigned).find((one) => isAmong(one, arn));
  if (!own) {
    return { kind: 'none' };
  }
  const unknown = `${arn} may be ${own.place.logicalId}, whose own policy decides about it: ask about this resource, and about the others, one after the other`;
  return { kind: 'policies', account: own.account, policies: [{ name: `the policy of ${own.place.logicalId}`, place: own.place, unknown }] };
}

const isAmong = ({ arn }: OwnPolicies, asked: Text): boolean => withParts(arn).some((one) => equal(one, asked) !== 'no');

/** The trust policy of a role is its resource policy. */
const trustSide = ({ account, trustPolicy }: Role): ResourceSide => ({ kind: 'policies', account, policies: [trustPolicy] });

/** The resources of the templates whose own policies could allow an action, and all their parts, such as the objects of a bucket. */
export const resourcesWithPolicies = (action: string, assigned: AssignedModel): Text[] =>
  withPolicies(action, assigned).flatMap(({ arn }) => (/^sts:/i.test(action) ? [arn] : withParts(arn)));

/** What a role and other resources with policies have in common. */
type OwnPolicies = Pick<Resource, 'arn' | 'account' | 'place'>;

const withPolicies = (action: string, assigned: AssignedModel): readonly OwnPolicies[] => (/^sts:/i.test(action) ? assigned.roles.trustingRoles
  : assigned.resources.ofService(action.split(':')[0].toLowerCase()).filter(({ policies }) => about(action, policies).length > 0));

/** Resources that stand for those whose policies are in the templates, but not read. */
export const resourcesWithUnreadPolicies = (action: string, { model }: AssignedModel): Text[] => about(action, model.unreadPolicies)
  .map(({ what, place }) => Text.unknown(new Unknown(`${stackOf(place)}/${place.logicalId} resource`, { label: `a resource: ${what}`, isOfPattern: true })));

/** The policies that can be about an action. */
export const about = <T extends Pick<Policy, 'actions'>>(action: string, policies: readonly T[]): T[] =>
  policies.filter(({ actions }) => !actions || actions.some((pattern) => Pattern.glob(Text.of(pattern)).matches(Text.of(action.toLowerCase())) === 'yes'));
