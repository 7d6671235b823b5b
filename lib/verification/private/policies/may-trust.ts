import { parsePolicy } from './parse-policy';
import { Policy } from './policy';
import { Principal, Statement } from './statement';
import { Interned } from '../values/interned';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** Whether a trust policy could trust more than what some statements are known to be about. A statement that cannot be read could trust anyone. */
export function mayTrustOthers(trustPolicy: Policy, excludes: (statement: Statement) => boolean): boolean {
  const { statements, problems } = parsePolicy(trustPolicy, 'trust');
  return problems.length > 0 || statements.some((statement) => statement.problems.length > 0 || !excludes(statement));
}

/** Whether the principals of a statement are of some kinds only. */
export const namesOnly = ({ principals }: Statement, kinds: ReadonlyArray<Principal['kind']>): boolean =>
  principals !== undefined && !principals.negated && principals.principals.every(({ kind }) => kinds.includes(kind));

/** Whether a role session could assume a role. Most roles of an app name only services and identity providers. */
export const mayTrustRoles = (trustPolicy: Policy): boolean =>
  trustingRoles.of([trustPolicy], () => mayTrustOthers(trustPolicy, (statement) => namesOnly(statement, ['Federated', 'Service', 'CanonicalUser'])));

const trustingRoles = new Interned<boolean>();

/** Whether a trust policy could name a service. */
export const mayTrustService = (trustPolicy: Policy, service: Text): boolean => mayTrustOthers(trustPolicy, ({ principals }) =>
  principals !== undefined && !principals.negated && principals.principals.every(({ kind, name }) => kind !== 'Service' || equal(name, service) === 'no'));

const EVERYONE = Text.of('*');

/** Whether a principal is, or may be, everyone. */
export const mayBeEveryone = ({ kind, name }: Principal): boolean => kind === 'AWS' && equal(name, EVERYONE) !== 'no';

/** Whether a policy names, or may name, everyone in what it allows, mostly under conditions, or everyone but some. */
export const mayAdmitEveryone = (policy: Policy, kind: 'resource' | 'trust'): boolean => admitting.of([policy, kind], () => {
  const { statements, problems } = parsePolicy(policy, kind);
  return problems.length > 0 || statements.some(({ effect, principals }) => effect !== 'Deny'
    && (!principals || principals.negated || principals.principals.some(mayBeEveryone)));
});

const admitting = new Interned<boolean>();
