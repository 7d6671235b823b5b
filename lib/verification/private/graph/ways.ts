import { AccessReason } from '../../access-reason';
import { commonOutcome, conditionsBehind, undecided } from '../decisions/conditional-outcomes';
import { AskedPrincipal } from '../decisions/principals/asked-principal';
import { Outcome } from '../evaluation/decision';
import { outcomeOf, strongestBy } from '../evaluation/outcomes';
import { Credentials, OtherCredentials } from '../reach/credentials';
import { INSTANCE_METADATA } from '../reach/metadata-credentials';

/** A way to credentials of a role, under all assignments of the conditions. */
export interface Way {
  readonly credentials: Credentials;
  /** The credentials that lead to these; undefined if the principal gets these without others. */
  readonly from?: Credentials;
  readonly outcome: Outcome;
  readonly settledBy: readonly string[];
}

/** How a principal gets credentials, and how those that are meant for it fail. */
export function waysOf(asked: AskedPrincipal): Way[] {
  const each = asked.allReaches.map(({ credentials }) => byKey(credentials));
  const byLastStep = new Map(each.flatMap((ways) => [...ways.values()]).map((credentials) => [credentials.chain.at(-1), credentials]));
  const unread = asked.unread;
  return [...new Map(each.flatMap((ways) => [...ways]))].flatMap(([key, credentials]): Way[] => {
    const outcomes = each.map((ways, i) =>
      ({ assignment: asked.each[i].assigned.assignment, outcome: outcomeOf(ways.get(key)?.isObtained ?? 'no') }));
    const all = each.flatMap((ways) => ways.get(key) ?? []);
    const best = strongestBy(all, ({ isObtained }) => outcomeOf(isObtained)) ?? credentials;
    if (outcomes.every(({ outcome }) => outcome === 'DENIED') && (best.by === INSTANCE_METADATA || best.isDefault !== 'yes')) {
      return []; // nobody meant to give it
    }
    const common = commonOutcome(outcomes);
    const isOpen = common === 'UNKNOWN' || unread.length > 0;
    const open = all.filter(({ isObtained }) => isObtained === 'unknown');
    const missing = [...undecided(outcomes), ...conditionsBehind(outcomes), ...open.flatMap((one) => one.missing), ...unread];
    return [{ credentials: best, from: origin(best, byLastStep), outcome: isOpen ? 'UNKNOWN' : common, settledBy: isOpen ? missing : [] }];
  });
}

/** Why a principal might get other credentials, each once. */
export const otherWaysOf = (asked: AskedPrincipal): OtherCredentials[] =>
  [...new Map(asked.allReaches.flatMap(({ others }) => others).map((other) => [other.what, other])).values()];

/** The strongest ones of each role and kind. */
function byKey(credentials: readonly Credentials[]): Map<string, Credentials> {
  const all = new Map<string, Credentials[]>();
  for (const one of credentials) {
    const key = `${one.role.arn.key} ${one.by}`;
    all.set(key, [...all.get(key) ?? [], one]);
  }
  return new Map([...all].flatMap(([key, some]) => {
    const best = strongestBy(some, ({ isObtained }) => outcomeOf(isObtained));
    return best ? [[key, best] as const] : [];
  }));
}

/** Credentials that follow from others continue their chain. */
function origin({ chain }: Credentials, byLastStep: ReadonlyMap<AccessReason | undefined, Credentials>): Credentials | undefined {
  const before = chain.slice(0, -1).reverse();
  return before.map((step, i) => ({ credentials: byLastStep.get(step), length: chain.length - 1 - i }))
    .find(({ credentials, length }) => credentials?.chain.length === length)?.credentials;
}
