import { isUnmet } from './admitted-tokens';
import { Rule } from './rule';
import { TokenStatement, tokenStatements } from './token-statements';
import { Condition, Statement } from '../policies/statement';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** The claims of tokens that IAM compares, as they are in condition keys. */
const CLAIM = /:(?:aud|sub)$/i;

/** A provider of a statement, and the conditions that its tokens do not meet because their keys are of another issuer. */
interface Unmatched { readonly token: TokenStatement; readonly conditions: readonly Condition[] }

export const UNMATCHED_TRUST_KEY: Rule = {
  id: 'unmatched-trust-key',
  severity: 'error',
  title: 'a condition of a trust policy is about another issuer than its provider',
  why: 'The claims of a token have the issuer of its provider in their condition keys. No request has a key with another issuer, so the statement admits nobody. '
    + 'CloudFormation does not replace ${…} in keys.',
  fix: 'Write the issuer of the provider into the key, with a statement for each provider. ServiceAccountRole does this, even for an issuer that only the deployment knows',
  violations: (assigned) => {
    const unmatched = tokenStatements(assigned)
      .map((token): Unmatched => ({ token, conditions: unmatchedIn(token) }))
      .filter(({ conditions }) => conditions.length > 0);
    const providers = new Map<Statement, number>();
    unmatched.forEach(({ token: { statement } }) => providers.set(statement, (providers.get(statement) ?? 0) + 1));
    return unmatched.filter(({ token: { statement } }) => providers.get(statement) === statement.principals?.principals.length)
      .flatMap(({ token: { role, statement, issuer }, conditions }) => conditions.map(({ key }) => ({
        what: `the trust policy of role ${role.label} has a condition for ${key}, but tokens of its provider have ${issuer} in their keys`,
        place: statement.place ?? role.place,
      })));
  },
};

const unmatchedIn = (token: TokenStatement): Condition[] =>
  token.conditions.filter((condition) => isOfOther(condition, token) && isUnmet(condition, token));

/** Whether a condition is for a claim of another issuer. */
function isOfOther({ key }: Condition, { issuer }: TokenStatement): boolean {
  const last = key.parts.at(-1);
  const claim = typeof last === 'string' ? CLAIM.exec(last)?.[0] : undefined;
  return claim !== undefined && equal(key.toLowerCase(), Text.join([issuer, Text.of(claim)]).toLowerCase()) === 'no';
}
