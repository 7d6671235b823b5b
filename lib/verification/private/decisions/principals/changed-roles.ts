import { AccessAssumptions } from '../../../access-assumptions';
import { AssignedModel } from '../../assignments/assigned-model';
import { Principal } from '../../assignments/principal';
import { RolesScope } from '../../findings/gap';
import { Role } from '../../model/model';
import { Question } from '../../questions/question';
import { Reach } from '../../reach/credentials';
import { reachOf } from '../../reach/reach';
import { equal, Pattern } from '../../values/pattern';
import { Text } from '../../values/text';
import { decidePrincipal } from '../decide-principal';

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

/** What the credentials of a role lead to, whoever has them. */
const reaches = new WeakMap<AssignedModel, Map<string, Reach>>();

/**
 * Whether credentials of a role may allow what is asked, so that it matters who gets them: anyone, if the trust policy of the role can change. That also changes
 * who may assume the role.
 */
export function allowsToAnyone(
  role: Role, question: Question, assigned: AssignedModel, assumptions: AccessAssumptions, withoutPolicy: readonly Pattern[],
): boolean {
  const { action, resource } = question;
  const isAboutTrust = /^sts:/i.test(action) && (!resource || equal(resource, role.arn) !== 'no');
  return isAboutTrust || decidePrincipal(reachWith(role, assigned, assumptions), question, assigned, withoutPolicy).outcome !== 'DENIED';
}

function reachWith(role: Role, assigned: AssignedModel, assumptions: AccessAssumptions): Reach {
  const known = reaches.get(assigned) ?? new Map<string, Reach>();
  reaches.set(assigned, known);
  const reach = known.get(role.arn.key) ?? reachOf({ kind: 'trusted', role: trustingAnyone(role) }, assigned, assumptions);
  known.set(role.arn.key, reach);
  return reach;
}

/** Those whom the role might trust can set any tags of their sessions, which override those of the role. */
const trustingAnyone = (role: Role): Role => ({
  ...role,
  tags: Object.assign(new Map<string, Text>(), { mayHaveOthers: true }),
  trustPolicy: { name: 'trust policy', place: role.trustPolicy.place, unknown: `the trust policy of role ${role.label} can change` },
});
