import { AssignedModel } from '../../assignments/assigned-model';
import { Principal } from '../../assignments/principal';
import { RolesScope } from '../../findings/gap';
import { Role } from '../../model/model';
import { Question } from '../../questions/question';
import { Credentials, Reach } from '../../reach/credentials';
import { othersWith } from '../../reach/others-with';
import { withChains } from '../../reach/role-chaining';
import { ofTrusted } from '../../reach/trusted-role';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { decidePrincipal } from '../decide-principal';
import { Deciding } from '../decide-resource';

/**
 * Whether credentials of a principal depend on one of some roles that change. With higher permissions, those of the role can do anything. Those of EKS Pod Identity
 * take a permission of the node, and those of a target role one of the role of the association.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 */
export function dependsOnAny({ roles, part }: RolesScope, principal: Principal, { credentials }: Reach, assigned: AssignedModel): boolean {
  const associated = principal.kind === 'pods' ? assigned.associations.of(principal).map(({ thing }) => thing.roleArn) : [];
  const ofNodes = principal.kind === 'pods' && associated.length > 0
    ? assigned.model.nodegroups.filter(({ cluster }) => cluster.is(principal.cluster) !== 'no').map(({ roleArn }) => roleArn)
    : [];
  const own = credentials.filter(({ isObtained }) => isObtained !== 'no').map(({ role }) => role.arn);
  const used = part === 'trust' ? ofNodes : [...own, ...associated, ...ofNodes];
  const keys = new Set(used.map((arn) => assigned.roles.withArn(arn).arn.key));
  return roles.some(({ arn }) => keys.has(arn.key));
}

/** What credentials lead to under one assignment, with those of roles besides: without others, whoever has them. */
const reaches = new Interned<Reach>();

/** No credentials, under one assignment. */
const none = new WeakMap<AssignedModel, Reach>();

/**
 * Whether the answer to a question can change if a principal gets the credentials of some roles, or gets them no longer, because it can change whom these trust: if
 * they may allow what is asked, or if the principal can raise permissions with both. A change of a trust policy also changes who may assume the role.
 */
export function answersDifferWith({ roles }: RolesScope, own: Reach, question: Question, assigned: AssignedModel, deciding: Deciding): boolean {
  const { action, resource } = question;
  const isAboutTrust = /^sts:/i.test(action) && roles.some(({ arn }) => !resource || equal(resource, arn) !== 'no');
  if (isAboutTrust || rolesMayAllow(roles, question, assigned, deciding)) {
    return true;
  }
  const [before, after] = [own, withRoles(own, roles, assigned)].map((reach) => decidePrincipal(reach, question, assigned, deciding));
  return before.outcome !== after.outcome || before.outcomeByDefault !== after.outcomeByDefault;
}

/** Whether credentials of some roles may allow what is asked, whoever has them. */
export const rolesMayAllow = (roles: RolesScope['roles'], question: Question, assigned: AssignedModel, deciding: Deciding): boolean =>
  decidePrincipal(reachOfRoles(roles, assigned), question, assigned, deciding).outcome !== 'DENIED';

/** Whether a role itself may allow what is asked, and not what its credentials lead to: for something that acts with it and gives nobody its credentials. */
export const roleMayAllow = (role: Role, question: Question, assigned: AssignedModel, deciding: Deciding): boolean =>
  decidePrincipal({ ...nothing(assigned), credentials: [sessionOf(role)] }, question, assigned, deciding).outcome !== 'DENIED';

/** What whoever has credentials of some roles reaches. */
export const reachOfRoles = (roles: RolesScope['roles'], assigned: AssignedModel): Reach => withRoles(nothing(assigned), roles, assigned);

function nothing(assigned: AssignedModel): Reach {
  const known = none.get(assigned) ?? { credentials: [], others: [], othersAreDefault: 'no', changesDefault: [], notes: [] };
  none.set(assigned, known);
  return known;
}

/** What a principal reaches if it gets the credentials of some roles, too. */
export const withRoles = (own: Reach, roles: RolesScope['roles'], assigned: AssignedModel): Reach =>
  reaches.of([own, assigned, ...roles.map(({ arn }) => arn.key)], () => reachWith(own, roles.map(({ arn }) => assigned.roles.holder(arn)), assigned));

function reachWith(own: Reach, roles: readonly Role[], assigned: AssignedModel): Reach {
  const credentials = withChains([...own.credentials, ...roles.map(sessionOf)], assigned.roles);
  return { ...own, credentials, others: [...own.others, ...othersWith(credentials, assigned.roles)] };
}

/** One of each role, so that what follows from it is found once. */
const sessionOf = (role: Role): Credentials =>
  sessions.of([role], (): Credentials => ({ ...ofTrusted({ kind: 'trusted', role: trustingAnyone(role) }), isDefault: 'no' }));

const sessions = new Interned<Credentials>();

/** Those whom a role might trust can set any tags of their sessions, which override those of the role. */
const trustingAnyone = (role: Role): Role => ({
  ...role,
  tags: Object.assign(new Map<string, Text>(), { mayHaveOthers: true }),
  trustPolicy: { name: 'trust policy', place: role.trustPolicy.place, unknown: `the trust policy of role ${role.label} can change` },
});
