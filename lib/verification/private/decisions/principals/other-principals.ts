import { allPrincipals, principalKey } from './all-principals';
import { AskedPrincipal, PrincipalUnder } from './asked-principal';
import { ExceptedNames } from './excepted-names';
import { mayBeOfOthers } from './roles-of-others';
import { Assignments } from '../../assignments/assignments';
import { Principal, RoleSessions } from '../../assignments/principal';
import { equal } from '../../values/pattern';

/** Everyone whom the templates show, except some principals: pods, nodes, those whom roles trust, users, and sessions of roles that none of these have. */
export const otherPrincipals = (
  assignments: Assignments, listed: readonly AskedPrincipal[], excepted: readonly ExceptedNames[],
): AskedPrincipal[] =>
  [...allPrincipals(assignments), ...rolesAndUsers(assignments)].filter((other) => !other.each.every(({ principal }, i) =>
    !principal || isExcepted(principal, excepted[i]) || listed.some((one) => includes(one.each[i].principal, principal))));

const isExcepted = (principal: Principal, names: ExceptedNames): boolean =>
  names.includeEveryone || (principal.kind === 'role' && names.includeArn(principal.role.arn));

/** What they can do in clusters is set aside: those who can create pods are not asked about. */
function rolesAndUsers(assignments: Assignments): AskedPrincipal[] {
  const all = assignments.all.map((assigned) => {
    const { roles, users } = assigned.model;
    const sessions = [...roles.filter((role) => mayBeOfOthers(role, assigned)), ...users].map((role): RoleSessions => ({ kind: 'role', role, withoutClusters: true }));
    return new Map(sessions.map((each) => [principalKey(each), each]));
  });
  return [...new Set(all.flatMap((roles) => [...roles.keys()]))].map((key) => {
    const each = assignments.all.map((assigned, i): PrincipalUnder => ({ assigned, principal: all[i].get(key) }));
    return new AskedPrincipal(assignments, each as [PrincipalUnder, ...PrincipalUnder[]]);
  });
}

/** Whether one principal is another, or all of several: pods of a service account are those of all of its workloads. */
function includes(listed: Principal | undefined, other: Principal): boolean {
  if (!listed) {
    return false;
  }
  if (listed.kind === 'pods' && other.kind === 'pods') {
    const isOfWorkload = !listed.workload || listed.workload === other.workload;
    return isOfWorkload && listed.cluster.is(other.cluster) === 'yes'
      && equal(listed.namespace, other.namespace) === 'yes' && equal(listed.serviceAccountName, other.serviceAccountName) === 'yes';
  }
  if (listed.kind === 'nodes' && other.kind === 'nodes') {
    return listed.nodegroup === other.nodegroup;
  }
  return (other.kind === 'trusted' || other.kind === 'role') && (listed.kind === 'role' || listed.kind === 'trusted')
    && (listed.kind === 'role' || listed.kind === other.kind) && listed.role === other.role;
}
