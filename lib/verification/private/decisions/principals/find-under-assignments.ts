import { AskedPrincipal, PrincipalUnder } from './asked-principal';
import { AssignedModel } from '../../assignments/assigned-model';
import { Assignments } from '../../assignments/assignments';
import { Principal } from '../../assignments/principal';
import { NotFound } from '../../questions/not-found';

/**
 * A principal under all assignments.
 *
 * @throws if it exists under none.
 */
export function findPrincipal(assignments: Assignments, find: (assigned: AssignedModel) => Principal): AskedPrincipal {
  const each = findUnderEach(assignments, find).map(({ assigned, found }) => ({ assigned, principal: found }));
  return new AskedPrincipal(assignments, each as [PrincipalUnder, ...PrincipalUnder[]]);
}

/**
 * What a question names under each assignment, or undefined where it does not exist.
 *
 * @throws if it exists under none.
 */
export function findUnderEach<T>(assignments: Assignments, find: (assigned: AssignedModel) => T): Array<{ assigned: AssignedModel; found?: T }> {
  const errors: NotFound[] = [];
  const all = assignments.all.map((assigned) => {
    try {
      return { assigned, found: find(assigned) };
    } catch (error) {
      if (!(error instanceof NotFound)) {
        throw error;
      }
      errors.push(error);
      return { assigned };
    }
  });
  if (errors.length === all.length) {
    throw errors[0];
  }
  return all;
}
