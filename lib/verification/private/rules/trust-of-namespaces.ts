import { Rule } from './rule';
import { conditionsOn, tokenStatements } from './token-statements';
import { Text } from '../values/text';

/** What is between `system:serviceaccount:` and the name has a wildcard. */
const SEVERAL_NAMESPACES = /^system:serviceaccount:[^:]*[*?]/;

export const TRUST_OF_NAMESPACES: Rule = {
  id: 'trust-of-namespaces',
  severity: 'warning',
  title: 'a trust policy admits service accounts of several namespaces',
  why: 'Whoever can create a service account in a namespace that the pattern matches, also in one that is created later, can have the permissions of the role.',
  fix: 'List the service accounts, or use a pattern for the names of service accounts in one namespace',
  violations: (assigned) => tokenStatements(assigned).flatMap((token) => {
    const { role, statement } = token;
    const patterns = conditionsOn(token, 'sub').filter(({ operator }) => /^(ForAnyValue:)?StringLike(IfExists)?$/i.test(operator.literal ?? ''))
      .flatMap(({ values }) => values).filter((value) => isOfSeveral(value));
    return patterns.map((pattern) => ({
      what: `the trust policy of role ${role.label} admits service accounts of every namespace that ${pattern} matches`,
      place: statement.place ?? role.place,
    }));
  }),
};

const isOfSeveral = ({ start }: Text): boolean => SEVERAL_NAMESPACES.test(start);
