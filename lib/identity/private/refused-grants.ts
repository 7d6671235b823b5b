import { Construct } from 'constructs';
import { within } from '../../private/errors';

/**
 * Makes a grant to a set an error that says what to do. TypeScript does not compile such a grant, but JavaScript and tsx run it. The
 * property is not a member of the class, because it would then be a part of its API.
 */
export function refuseGrants(set: Construct): void {
  Object.defineProperty(set, 'grantPrincipal', {
    get: () => within(set, () => {
      throw new Error('a ServiceAccountSet has no role, so you cannot grant it permissions: grant them to its service accounts, which addServiceAccountWithRole returns');
    }),
  });
}
