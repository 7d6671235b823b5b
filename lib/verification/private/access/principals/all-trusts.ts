import { AskedTrust, LocatedRole } from './asked-trust';
import { findRole } from './find-roles';
import { foundIn } from './located';
import { World } from '../world/world';

/** The trust policies of all roles, each once. */
export function allTrusts(world: World): AskedTrust[] {
  const byPlace = new Map<string, LocatedRole[]>();
  for (const possibility of world.possibilities) {
    for (const role of possibility.view.model.roles) {
      const key = JSON.stringify(role.place);
      byPlace.set(key, [...byPlace.get(key) ?? [], { possibility, role }]);
    }
  }
  return [...byPlace.values()].map((located) => new AskedTrust(world, located as [LocatedRole, ...LocatedRole[]]));
}

/**
 * The trust policy of a role under all assignments of the conditions under which it exists.
 *
 * @throws if it exists under none.
 */
export function locateRole(world: World, name: string, template?: string): AskedTrust {
  const located = foundIn(world, ({ view }) => findRole(view.model, name, template))
    .flatMap(({ possibility, found: role }) => (role ? [{ possibility, role }] : []));
  return new AskedTrust(world, located as [LocatedRole, ...LocatedRole[]]);
}
