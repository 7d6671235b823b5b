import { Grants, RoleSession } from './grants';
import { judge, verdictOf } from './judge';
import { matchPrincipal, namedSession, Naming } from './principal-matcher';
import { AccessRequest } from './request';
import { accountOf, canBeShared, canHavePolicy, createsResource, mustHavePolicy } from './resource-policies';
import { Verdict } from './verdict';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { Truth } from '../values/truth';
import { ANY_RESOURCE } from '../values/wildcards';

/** What the policies of the resource decide about a request. */
export interface ResourceVerdicts {
  readonly denies: Verdict;
  /** Whether it grants access to the session itself or to everyone. Only a deny limits such a grant. */
  readonly toSession: Verdict;
  readonly toRole: Verdict;
  /** Whether it delegates to the account of the role. */
  readonly toAccount: Verdict;
  /** Whether the resource is in the account of the role. */
  readonly isSameAccount: Truth;
  /** Whether nothing is allowed without it. */
  readonly isRequired: boolean;
}

const NAMINGS = { toSession: ['session', 'everyone'], toRole: ['role'], toAccount: ['account'] } as const satisfies Record<string, readonly Naming[]>;
const ALL: readonly Naming[] = Object.values(NAMINGS).flat();

export function resourceVerdicts(session: RoleSession, { resource: side, boundary }: Grants, request: AccessRequest): ResourceVerdicts {
  const { action, resource } = request;
  const required = mustHavePolicy(action, resource);
  const account = side.kind === 'policies' ? side.account : accountOf(resource);
  const known = { isSameAccount: account ? equal(session.account, account) : 'yes' as const, isRequired: required !== undefined };
  if (side.kind === 'policies') {
    const caller = namedSession(session, boundary !== undefined);
    const of = (namings: readonly Naming[]) => judge(side.policies, 'resource', request, (statement) => matchPrincipal(statement, caller, namings));
    const all = of(ALL);
    const toAny = verdictOf(all, 'Allow', `no policy of the resource allows ${action}`);
    const allows = (namings: readonly Naming[]): Verdict => {
      if (createsResource(action)) {
        return NOTHING;
      }
      const verdict = verdictOf(of(namings), 'Allow', '');
      return verdict.truth === 'no' ? { ...verdict, reasons: toAny.truth === 'no' ? toAny.reasons : [] } : verdict;
    };
    return {
      ...known,
      denies: verdictOf(all, 'Deny', `no policy of the resource denies ${action}`),
      toSession: allows(NAMINGS.toSession),
      toRole: allows(NAMINGS.toRole),
      toAccount: allows(NAMINGS.toAccount),
    };
  }
  const why = side.kind === 'unknown' ? canHavePolicy(action, resource) && side.why : required;
  const verdict: Verdict = why
    ? { truth: 'unknown', reasons: [{ what: `the policy of ${resource} is unknown: ${why}` }], missing: [`the policy of ${resource}`] }
    : NOTHING;
  const toAccount = side.kind === 'unknown' && verdict.truth === 'no' && canBeShared(action) ? shared(resource) : verdict;
  // a question about any resource is not about grants in policies that no template has
  const direct = resource.key === ANY_RESOURCE.key ? NOTHING : verdict;
  return { ...known, denies: verdict, toSession: direct, toRole: direct, toAccount };
}

/** A verdict that grants and denies nothing. */
const NOTHING: Verdict = { truth: 'no', reasons: [], missing: [] };

/**
 * Another account can share a resource that has no policy, such as a subnet or a Capacity Reservation. This matters only across accounts.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservation-sharing.html
 * @see https://docs.aws.amazon.com/ram/latest/userguide/shareable.html
 */
function shared(resource: Text): Verdict {
  const what = `whether another account shares ${resource} with the account of the role`;
  return { truth: 'unknown', reasons: [{ what: `it is not known ${what}` }], missing: [what] };
}
