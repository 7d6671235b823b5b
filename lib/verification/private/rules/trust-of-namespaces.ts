import { admits, ANY_POD } from './admitted-tokens';
import { Rule } from './rule';
import { conditionsOn, TokenStatement, tokenStatements } from './token-statements';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

/** What is between `system:serviceaccount:` and the name has a wildcard. */
const SEVERAL_NAMESPACES = /^system:serviceaccount:[^:]*[*?]/;

export const TRUST_OF_NAMESPACES: Rule = {
  id: 'trust-of-namespaces',
  severity: 'warning',
  title: 'a trust policy admits service accounts of several namespaces',
  why: 'Anyone who can create a service account in a namespace that the pattern matches, even one that is created later, gets the permissions of the role.',
  fix: 'List the service accounts, or use a pattern for the names of service accounts in one namespace',
  violations: (assigned) => tokenStatements(assigned).flatMap((token) => {
    const patterns = patternsOf(token).filter((pattern) => admits(token, matchOf(pattern)));
    const isOpen = patterns.length > 0 && admits(token, ANY_POD); // an error of another rule
    return isOpen ? [] : patterns.map((pattern) => ({
      what: `the trust policy of role ${token.role.label} admits service accounts of every namespace that ${pattern} matches`,
      place: token.statement.place ?? token.role.place,
    }));
  }),
};

const patternsOf = (token: TokenStatement): Text[] => conditionsOn(token, 'sub').flatMap(({ values }) => values).filter(({ start }) => SEVERAL_NAMESPACES.test(start));

/** A subject that a pattern matches, with any text for each `*`. Other conditions may refuse it. */
const matchOf = (pattern: Text): Text => Text.join(pattern.parts.flatMap((part, i) =>
  (typeof part === 'string' ? part.replaceAll('?', 'a').split(/(\*)/).map((piece, k) => (piece === '*' ? anyText(`${i} ${k}`) : Text.of(piece))) : Text.ofPart(part))));

const anyText = (id: string): Text => Text.unknown(new Unknown(`any text ${id}`, { label: '*', isOfPattern: true }));
