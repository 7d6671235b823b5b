import { Attachment, attachmentsTo, HeldPolicies, holderKey } from './held-policies';
import { GROUPS, HolderKind, ROLES, USERS } from './holder-kinds';
import { ManagedPolicies } from './managed-policies';
import { readPermissionSets } from './permission-sets';
import { Findings } from '../../findings/findings';
import { nameOfPlace, stackOf } from '../../findings/gap';
import { Policy } from '../../policies/policy';
import { addTo } from '../../values/add-to';
import { Interned } from '../../values/interned';
import { listOf } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { Role } from '../model';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';
import { tagsOf, UNKNOWN_TAGS } from '../tags';

/**
 * The users and groups of the templates, the roles of people in permission sets, and the roles, users and groups outside the templates to which these attach policies.
 * They are read like roles, which nobody assumes.
 *
 * @param ofRoles the policies of roles.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html
 */
export function readUsers(resources: StackResources, ofRoles: HeldPolicies, managed: ManagedPolicies, findings: Findings): Role[] {
  const ofGroups = new HeldPolicies(GROUPS, resources, managed, findings);
  const ofUsers = new HeldPolicies(USERS, resources, managed, findings, policiesOfMembers(resources, ofGroups));
  return [
    ...resources.ofType(USERS.type).map((user) => readHolder(USERS, user, ofUsers, findings)),
    ...resources.ofType(GROUPS.type).map((group) => readHolder(GROUPS, group, ofGroups, findings)),
    ...holdersElsewhere(ROLES, ofRoles),
    ...holdersElsewhere(USERS, ofUsers),
    ...holdersElsewhere(GROUPS, ofGroups),
    ...readPermissionSets(resources, managed, findings),
  ];
}

/** What users have as members of groups: by their own property, or by a resource that adds them. */
function policiesOfMembers(resources: StackResources, ofGroups: HeldPolicies): Attachment[] {
  const groups = new Map<string, StackResource[]>();
  resources.ofType(GROUPS.type).forEach((group) => addTo(groups, holderKey(group, group.ref), group));
  const policiesIn = (name: Text, by: StackResource): readonly Policy[] => {
    const found = groupNamed(name, by, groups.get(holderKey(by, name)) ?? []);
    const arn = found instanceof StackResource ? found.attribute('Arn') : undefined;
    return found instanceof StackResource ? ofGroups.of(found).map((policy) => membersPolicies.of([policy, arn], () => ({ ...policy, ofGroup: arn })))
      : [{ name: `the policies of group ${name}`, place: by.place(), ...found }];
  };
  const memberships = [
    ...resources.ofType(USERS.type).flatMap((user) => textsOf(user, 'Groups').map((group) => ({ by: user, group, users: [user.ref] }))),
    ...resources.ofType('AWS::IAM::UserToGroupAddition').flatMap((addition) => textsOf(addition, 'GroupName').map((group) =>
      ({ by: addition, group, users: textsOf(addition, 'Users') }))),
  ];
  return memberships.flatMap(({ by, group, users }) => policiesIn(group, by).flatMap((policy) => attachmentsTo(USERS, users, by, policy)));
}

/** Of several groups with one name, AWS has only one: where a member is deployed, that of its own stack. */
function groupNamed(name: Text, by: StackResource, all: readonly StackResource[]): StackResource | Pick<Policy, 'unknown'> {
  const own = all.length === 1 ? all[0] : all.find((group) => stackOf(group.place()) === stackOf(by.place()));
  const names = all.map((group) => nameOfPlace(group.place())).join(' and ');
  return own ?? { unknown: all.length > 1 ? `${names} share the name ${name}, so that AWS has only one of them` : `group ${name} is not in the templates` };
}

const textsOf = (resource: StackResource, property: string): Text[] => listOf(resource.property(property)).flatMap((value) => textOf(value) ?? []);

const membersPolicies = new Interned<Policy>();
const holders = new Interned<Role>();

function readHolder(kind: HolderKind, resource: StackResource, policies: HeldPolicies, findings: Findings): Role {
  const own = resource.once('holder', () => ({
    label: resource.logicalId, arn: resource.attribute('Arn'), account: resource.pseudoParameter('AccountId'), place: resource.place(), ...ofKind(kind),
  }));
  const [all, boundary] = [policies.of(resource), policies.boundaryOf(resource)];
  const tags = kind === GROUPS ? UNKNOWN_TAGS : resource.once('tags', () => tagsOf(resource, findings)); // those of its members
  return holders.of([own, boundary, tags, ...all], () => ({ ...own, policies: all, boundary, tags }));
}

/** Of one that the templates do not create, with nothing but what they attach. */
function holdersElsewhere(kind: HolderKind, { elsewhere }: HeldPolicies): Role[] {
  const byKey = new Map<string, Attachment[]>();
  elsewhere.forEach((attachment) => byKey.set(attachment.key, [...byKey.get(attachment.key) ?? [], attachment]));
  return [...byKey.values()].map((attached) => {
    const [{ name, arn, account, place }] = attached;
    return {
      label: name.toString(),
      arn,
      account,
      place,
      isElsewhere: true,
      tags: UNKNOWN_TAGS,
      policies: attached.map(({ policy }) => policy),
      ...ofKind(kind),
    };
  });
}

const ofKind = ({ noun }: HolderKind): Pick<Role, 'noun' | 'trustPolicy'> => ({ noun, trustPolicy: { name: 'trust policy', unknown: `nobody assumes a ${noun}` } });
