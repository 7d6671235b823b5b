import { AskedTrust, RoleUnder } from './asked-trust';
import { findRole } from './find-roles';
import { Assignments } from '../../assignments/assignments';
import { findUnderEach } from '../principals/find-under-assignments';

/** The trust policies of all roles, each once. */
export function allTrusts(assignments: Assignments): AskedTrust[] {
  const byPlace = new Map<string, RoleUnder[]>();
  for (const assigned of assignments.all) {
    for (const role of assigned.model.roles) {
      const key = JSON.stringify(role.place);
      byPlace.set(key, [...byPlace.get(key) ?? [], { assigned, role }]);
    }
  }
  return [...byPlace.values()].map((each) => new AskedTrust(assignments, each as [RoleUnder, ...RoleUnder[]]));
}

/**
 * The trust policy of a role under all assignments of the conditions under which it exists.
 *
 * @throws if it exists under none.
 */
export function locateRole(assignments: Assignments, name: string, template?: string): AskedTrust {
  const each = findUnderEach(assignments, (assigned) => findRole(assigned.model, name, template))
    .flatMap(({ assigned, found: role }) => (role ? [{ assigned, role }] : []));
  return new AskedTrust(assignments, each as [RoleUnder, ...RoleUnder[]]);
}
