import { AskedPrincipal, Located } from './asked-principal';
import { NotFound } from '../questions/not-found';
import { Principal } from '../world/principal';
import { Possibility, World } from '../world/world';

/**
 * A principal under all assignments of the conditions.
 *
 * @throws if it exists under none.
 */
export const locate = (world: World, find: (possibility: Possibility) => Principal): AskedPrincipal =>
  new AskedPrincipal(world, foundIn(world, find).map(({ possibility, found }) => ({ possibility, principal: found })) as [Located, ...Located[]]);

/**
 * What a question names under each assignment of the conditions, or undefined where it does not exist.
 *
 * @throws if it exists under none.
 */
export function foundIn<T>({ possibilities }: World, find: (possibility: Possibility) => T): Array<{ possibility: Possibility; found?: T }> {
  const errors: NotFound[] = [];
  const all = possibilities.map((possibility) => {
    try {
      return { possibility, found: find(possibility) };
    } catch (error) {
      if (!(error instanceof NotFound)) {
        throw error;
      }
      errors.push(error);
      return { possibility };
    }
  });
  if (errors.length === all.length) {
    throw errors[0];
  }
  return all;
}
