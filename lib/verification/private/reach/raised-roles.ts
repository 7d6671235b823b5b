import { Credentials, Raise } from './credentials';
import { areAbout, mayRequest } from './may-request';
import { newPrincipal } from './new-principals';
import { AccessReason } from '../../access-reason';
import { isInTemplates } from '../assignments/role-index';
import { Role } from '../model/model';
import { isOfAws, Policy } from '../policies/policy';
import { Text } from '../values/text';

/** A policy of the same name is replaced. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
const PUT = ['iam:PutRolePolicy'];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html */
const ATTACH = ['iam:AttachRolePolicy'];
const DELETE = ['iam:DeleteRolePolicy'];
const DETACH = ['iam:DetachRolePolicy'];

/** Requests that take away or replace its boundary. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
const OF_BOUNDARY = ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary'];

/**
 * Requests that rewrite a managed policy. The version in use cannot be deleted.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html
 */
const REWRITE = ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_roles.html */
const OF_TAGS = ['iam:TagRole', 'iam:UntagRole'];

const RAISING = [...PUT, ...ATTACH, ...DELETE, ...DETACH, ...OF_BOUNDARY, ...REWRITE, ...OF_TAGS];

/** The first of some requests, on a resource, that the principal might make. */
type By = (actions: readonly string[], resource: Text) => string | undefined;

/** The roles whose permissions a principal might raise with credentials that it gets, by the keys of their ARNs. */
export function raisesWith(found: readonly Credentials[]): Map<string, Raise> {
  const obtained = found.filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role));
  const asking = obtained.filter((credentials) => areAbout(credentials, RAISING)); // most are not
  const by: By = (actions, resource) => asking.flatMap((credentials) => actions
    .filter((action) => mayRequest(credentials, action, resource) !== 'no')
    .map((action) => `role ${credentials.role.label} may request ${action}`))[0];
  const other = newPrincipal(obtained);
  return new Map(obtained.flatMap(({ role }) => {
    const own = raiseOf(role, by);
    const raise = other ? { why: own?.why ?? other, ...raisedByOthers(other) } : own;
    return raise ? [[role.arn.key, raise] as const] : [];
  }));
}

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
function raiseOf(role: Role, by: By): Raise | undefined {
  const { arn, policies, boundary } = role;
  const removals = new Map(policies.map((policy) => [policy, by(policy.arn ? DETACH : DELETE, arn) ?? changeOf(policy, role, by)]));
  const additions = [by([...PUT, ...ATTACH], arn), ...policies.map((policy) => changeOf(policy, role, by))];
  const ofBoundary = boundary && (by(OF_BOUNDARY, arn) ?? changeOf(boundary, role, by));
  const ofTags = by(OF_TAGS, arn);
  const addition = additions.find((request) => request !== undefined);
  const request = addition ?? [...removals.values()].find((removal) => removal !== undefined) ?? ofBoundary ?? ofTags;
  if (request === undefined) {
    return undefined;
  }
  const what = `the principal might raise the permissions of role ${role.label}: ${request}`;
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

/** With which request the principal might write another policy in the place of this one. */
function changeOf(policy: Policy, role: Role, by: By): string | undefined {
  return policy.arn ? (isOfAws(policy) ? undefined : by(REWRITE, policy.arn)) : by(PUT, role.arn);
}
