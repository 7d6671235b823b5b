import { Credentials, Raise } from './credentials';
import { areAbout, mayRequest } from './may-request';
import { newPrincipal } from './new-principals';
import { oncePerSession } from './once-per-session';
import { AccessPlace, AccessReason } from '../../access-reason';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { DELETE_STACK } from '../deployment/policy-changes';
import { userArn } from '../evaluation/user-arn';
import { isIn } from '../findings/gap';
import { holderName } from '../model/holder-name';
import { Role } from '../model/model';
import { isOfAws, Policy } from '../policies/policy';
import { Interned } from '../values/interned';
import { Text } from '../values/text';

/** Requests about what has policies. */
interface Requests {
  /** A policy of the same name is replaced. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
  readonly put: readonly string[];
  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html */
  readonly attach: readonly string[];
  readonly delete: readonly string[];
  readonly detach: readonly string[];
  /** Those that take away or replace its boundary. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
  readonly boundary: readonly string[];
  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_roles.html */
  readonly tags: readonly string[];
}

const requestsOn = (type: 'Role' | 'User' | 'Group'): Requests => ({
  put: [`iam:Put${type}Policy`],
  attach: [`iam:Attach${type}Policy`],
  delete: [`iam:Delete${type}Policy`],
  detach: [`iam:Detach${type}Policy`],
  boundary: [`iam:Delete${type}PermissionsBoundary`, `iam:Put${type}PermissionsBoundary`],
  tags: [`iam:Tag${type}`, `iam:Untag${type}`],
});

const REQUESTS: { readonly [noun in Role['noun']]: Requests } = {
  role: requestsOn('Role'), user: requestsOn('User'), group: requestsOn('Group'), host: requestsOn('Role'), volume: requestsOn('Role'),
};

/**
 * Requests that rewrite a managed policy. The version in use cannot be deleted.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html
 */
const REWRITE = ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_add-remove-users.html */
const ADD_TO_GROUP = 'iam:AddUserToGroup';
const REMOVE_FROM_GROUP = 'iam:RemoveUserFromGroup';

const RAISING = [
  DELETE_STACK,
  ...Object.values(REQUESTS).flatMap(({ put, attach, delete: remove, detach, boundary, tags }) =>
    [put, attach, remove, detach, boundary, tags].flat()),
  ...REWRITE, ADD_TO_GROUP, REMOVE_FROM_GROUP,
];

/** The first of some requests, on a resource or on any, that the principal might make. */
type By = (actions: readonly string[], resource?: Text) => string | undefined;

/** The request with which the principal might delete a resource of the templates with its stack. */
type ByStack = (place: AccessPlace) => string | undefined;

/**
 * The roles whose permissions a principal might raise with credentials that it gets, by the keys of their ARNs: those of the credentials, and others that matter.
 */
export function raisesWith(found: readonly Credentials[], roles: RoleIndex, others: readonly Role[] = []): Map<string, Raise> {
  const obtained = found.filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role));
  const asking = obtained.filter((credentials) => mayRaise(credentials, roles)); // most may not
  const by: By = (actions, resource) => asking.flatMap((credentials) => actions
    .filter((action) => mayRequest(credentials, roles, action, resource) !== 'no')
    .map((action) => `${holderName(credentials.role)} may request ${action}`))[0];
  const byStack: ByStack = (place) => roles.stacksOf(place).map((arn) => by([DELETE_STACK], arn)).find((request) => request !== undefined);
  const other = newPrincipal(obtained, roles);
  if (asking.length === 0 && !other) {
    return new Map();
  }
  return new Map([...obtained.map(({ role }) => role), ...others].flatMap((role) => {
    const own = raiseOf(role, by, byStack);
    const raise = other ? { why: own?.why ?? other, ...raisedByOthers(other) } : own;
    return raise ? [[role.arn.key, raise] as const] : [];
  }));
}

const mayRaise = (credentials: Credentials, roles: RoleIndex): boolean =>
  oncePerSession(raising, credentials, [roles.granting, roles.opened], () => areAbout(credentials, roles, RAISING));

const raising = new Interned<boolean>();

/** What others, whose permissions are not known, might do to each role. */
const raisedByOthers = ({ what }: AccessReason): Omit<Raise, 'why'> => ({ policies: [[unknownPolicy(what)]], changesTags: true });

const unknownPolicy = (unknown: string): Policy => ({ name: 'a policy that the principal might write', unknown });

/** Whether roles might be raised in the same ways. */
export function areSame(some: ReadonlyMap<string, Raise>, others: ReadonlyMap<string, Raise>): boolean {
  const namesIn = (policies: readonly Policy[]) => policies.map(({ name }) => name);
  const ways = ({ policies, boundary, changesTags }: Raise) => JSON.stringify([policies.map(namesIn), boundary?.name, changesTags]);
  return some.size === others.size && [...some].every(([key, raise]) => ways(raise) === ways(others.get(key) ?? raise));
}

/** What denies stays as long as the principal cannot remove it, which it might do with permissions that it gives itself first. */
function raiseOf(role: Role, by: By, byStack: ByStack): Raise | undefined {
  const { noun, policies, boundary } = role;
  const arn = noun === 'group' ? userArn(role.arn) : role.arn; // the boundary and the tags are those of its members
  const removals = new Map(policies.map((policy) =>
    [policy, removalOf(policy, role, by) ?? changeOf(policy, role, by) ?? deletionOf(policy, role, byStack)]));
  const changes = policies.map((policy) => changeOf(policy, role, by));
  const additions = [...additionsTo(role).map(([requests, resource]) => by(requests, resource)), ...changes];
  const { boundary: boundaries, tags } = REQUESTS[noun === 'group' ? 'user' : noun];
  const ofBoundary = boundary && (by(boundaries, arn) ?? changeOf(boundary, role, by));
  const ofTags = by(tags, arn);
  const addition = additions.find((request) => request !== undefined);
  const request = addition ?? [...removals.values()].find((removal) => removal !== undefined) ?? ofBoundary ?? ofTags;
  if (request === undefined) {
    return undefined;
  }
  const what = `the principal might raise the permissions of ${holderName(role)}: ${request}`;
  const kept = policies.filter((policy) => removals.get(policy) === undefined);
  const removable = policies.filter((policy) => !kept.includes(policy));
  return {
    why: { what, place: role.place },
    policies: addition === undefined
      ? [kept, ...removable.map((policy) => [...kept, policy])] // a request needs one of them that allows it
      : [[...kept, unknownPolicy(what)]],
    boundary: ofBoundary === undefined ? boundary : undefined,
    changesTags: ofTags !== undefined,
  };
}

/** The requests that give a role, a user or the members of a group another policy, and what each is about. Users get those of all groups that they join. */
function additionsTo({ noun, arn }: Role): Array<[requests: readonly string[], resource?: Text]> {
  const adding = ({ put, attach }: Requests) => [...put, ...attach];
  return noun === 'role' ? [[adding(REQUESTS.role), arn]] : [
    [adding(REQUESTS.user), userArn(arn)],
    [adding(REQUESTS.group), noun === 'group' ? arn : undefined], // the groups of a user are not all known by their policies
    [[ADD_TO_GROUP]],
  ];
}

/** With which request the principal might take a policy away. */
function removalOf(policy: Policy, role: Role, by: By): string | undefined {
  const { requests, arn } = holderOf(policy, role);
  return by([...(policy.arn ? requests.detach : requests.delete), ...(policy.ofGroup || role.noun === 'group' ? [REMOVE_FROM_GROUP] : [])], arn);
}

/** With which request the principal might delete a policy that is a resource of its own. */
const deletionOf = ({ place }: Policy, role: Role, byStack: ByStack): string | undefined =>
  (place === undefined || isIn(place, role.place) ? undefined : byStack(place));

/** With which request the principal might write another policy in the place of this one. */
function changeOf(policy: Policy, role: Role, by: By): string | undefined {
  const { requests, arn } = holderOf(policy, role);
  return policy.arn ? (isOfAws(policy) ? undefined : by(REWRITE, policy.arn)) : by(requests.put, arn);
}

/** What a policy is attached to: a user has policies of groups, too. */
const holderOf = ({ ofGroup }: Policy, { noun, arn }: Role): { readonly requests: Requests; readonly arn: Text } =>
  (ofGroup ? { requests: REQUESTS.group, arn: ofGroup } : { requests: REQUESTS[noun], arn });
