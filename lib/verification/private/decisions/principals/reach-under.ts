import { AssignedModel } from '../../assignments/assigned-model';
import { Assignments } from '../../assignments/assignments';
import { CommonModel, Differs } from '../../assignments/common-models';
import { Principal } from '../../assignments/principal';
import { Reach } from '../../reach/credentials';
import { reachOf } from '../../reach/reach';
import { Interned } from '../../values/interned';

/** All credentials that a principal can get under an assignment, found once for all assignments that differ in nothing on which they depend. */
export function reachUnder(assigned: AssignedModel, principal: Principal, assignments: Assignments): Reach {
  const common = principal.kind === 'pods' ? assignments.commonModelOf(assigned) : undefined;
  const shared = common && reaches.of([common, principal], () => reachIn(common, principal, assignments));
  return shared ?? reachOf(principal, assigned, assignments.assumptions);
}

const reaches = new Interned<Reach | undefined>();

/** Undefined if it depends on what differs. */
function reachIn(common: CommonModel, principal: Principal, { assumptions }: Assignments): Reach | undefined {
  try {
    const reach = reachOf(principal, common.assigned, assumptions);
    return reach.credentials.some(({ role }) => common.differs(role)) ? undefined : reach;
  } catch (error) {
    if (error instanceof Differs) {
      return undefined;
    }
    throw error;
  }
}
