import { Rule } from './rule';
import { TokenStatement, tokenStatements } from './token-statements';
import { Condition } from '../policies/statement';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** The claims of tokens that IAM compares, as they are in condition keys. */
const CLAIM = /:(?:aud|sub)$/i;

export const UNMATCHED_TRUST_KEY: Rule = {
  id: 'unmatched-trust-key',
  severity: 'error',
  title: 'a condition of a trust policy is about another issuer than its provider',
  why: 'The claims of a token have the issuer of its provider in their condition keys. A key with another issuer is in no request, so that the statement admits nobody. '
    + 'CloudFormation does not replace ${…} in keys.',
  fix: 'Write the issuer of the provider into the key: ServiceAccountRole does it for an issuer that only the deployment knows',
  violations: (assigned) => tokenStatements(assigned).flatMap((token) => unmatched(token).map(({ key }) => ({
    what: `the trust policy of role ${token.role.label} has a condition for ${key}, but tokens of its provider have ${token.issuer} in their keys`,
    place: token.statement.place ?? token.role.place,
  }))),
};

const unmatched = ({ statement, issuer }: TokenStatement): Condition[] => statement.conditions.filter(({ key }) => {
  const last = key.parts.at(-1);
  const claim = typeof last === 'string' ? CLAIM.exec(last)?.[0] : undefined;
  return claim !== undefined && equal(key.toLowerCase(), Text.join([issuer, Text.of(claim)]).toLowerCase()) === 'no';
});
