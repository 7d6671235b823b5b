import { Statement } from './controller-table';
import { caseOf } from './decisions';
import { Place } from './place';
import { Request, requestsOf } from './requests';
import { ours as evaluate } from '../verification/second-opinion/ours';

/** What two policies grant more or less than each other. */
export interface Comparison {
  readonly onlyFirst: string[];
  readonly onlySecond: string[];
  /** For what limits an action in the first policy, and not or less in the second: the actions. What limits are condition keys and `Resource`. */
  readonly limitedByFirst: { readonly [limit: string]: string[] };
  readonly limitedBySecond: { readonly [limit: string]: string[] };
}

/** Compares policies by requests that one of them allows: an action is limited by the policy that denies one of them. */
export function compared(first: Statement[], second: Statement[], place: Place): Comparison {
  const [ofFirst, ofSecond] = [actionsOf(first), actionsOf(second)];
  const both = ofFirst.filter((action) => ofSecond.includes(action));
  return {
    onlyFirst: ofFirst.filter((action) => !both.includes(action)),
    onlySecond: ofSecond.filter((action) => !both.includes(action)),
    limitedByFirst: limits(both, first, second, place),
    limitedBySecond: limits(both, second, first, place),
  };
}

const list = <T>(items: T | T[]): T[] => [items].flat() as T[];

function actionsOf(statements: Statement[]): string[] {
  const actions = [...new Set(statements.flatMap(({ Action }) => list(Action)))].sort();
  const unsupported = [...actions.filter((action) => action.includes('*')), ...statements.filter(({ Effect }) => Effect !== 'Allow')];
  if (unsupported.length > 0) {
    throw new Error(`Only statements that allow actions without wildcards can be compared, but not ${JSON.stringify(unsupported[0])}.`);
  }
  return actions;
}

function limits(actions: string[], limiting: Statement[], limited: Statement[], place: Place): { [limit: string]: string[] } {
  const byLimit: { [limit: string]: string[] } = {};
  for (const action of actions) {
    const limit = limitOf(action, forAction(limiting, action), forAction(limited, action), place);
    if (limit) {
      byLimit[limit] = [...byLimit[limit] ?? [], action];
    }
  }
  return byLimit;
}

const forAction = (statements: Statement[], action: string) => statements.filter(({ Action }) => list(Action).includes(action));

/** What limits an action in the first statements, of what the others allow; empty if nothing does. */
function limitOf(action: string, limiting: Statement[], limited: Statement[], place: Place): string {
  const denied = requestsOf(action, limited, limiting, place).filter((request) => !isAllowed(action, request, limiting, place));
  return [...new Set(denied.flatMap((request) => {
    const unmet = limiting.filter(({ Condition, ...unconditional }) => isAllowed(action, request, [unconditional], place));
    return unmet.length > 0 ? unmet.flatMap(conditionKeys) : ['Resource'];
  }))].sort().join(', ');
}

const conditionKeys = ({ Condition = {} }: Statement) => Object.values(Condition).flatMap((keys) => Object.keys(keys));

function isAllowed(action: string, request: Request, statements: Statement[], place: Place): boolean {
  const { outcome } = evaluate(caseOf({ what: action, action, ...request }, statements, place));
  if (outcome === 'UNKNOWN') {
    throw new Error(`Whether ${action} is allowed is unknown for ${JSON.stringify(request)}.`);
  }
  return outcome === 'ALLOWED';
}
