import { isUnmet } from './admitted-tokens';
import { Rule } from './rule';
import { conditionsOn, isOnClaim, TokenStatement, tokenStatements } from './token-statements';
import { parsePolicy } from '../policies/parse-policy';

export const TRUST_WITHOUT_AUDIENCE: Rule = {
  id: 'trust-without-audience',
  severity: 'warning',
  title: 'a trust policy admits tokens for any audience',
  why: 'A pod can have tokens for other services, such as Vault. Without a condition for the audience, such a service, or anyone who reads its logs, could use a token '
    + 'of the pod to assume the role, unless the provider accepts only the audience of AWS STS.',
  fix: 'Add a condition with StringEquals for <issuer>:aud, with the value sts.amazonaws.com',
  violations: (assigned) => tokenStatements(assigned)
    .filter((token) => token.audiences?.length !== 1 && conditionsOn(token, 'aud').length === 0)
    .filter((token) => !token.conditions.some((condition) => isUnmet(condition, token)) && !mayDenyAudiences(token))
    .map(({ role, statement }) => ({
      what: `the trust policy of role ${role.label} has no condition for the audience of tokens`,
      place: statement.place ?? role.place,
    })),
};

const mayDenyAudiences = ({ role, issuer }: TokenStatement): boolean => {
  const { statements, problems } = parsePolicy(role.trustPolicy, 'trust');
  return problems.length > 0 || statements.some(({ effect, conditions, ...statement }) =>
    statement.problems.length > 0 || (effect === 'Deny' && conditions?.some((condition) => isOnClaim(condition, issuer, 'aud'))));
};
