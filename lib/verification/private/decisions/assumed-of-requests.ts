import { arnTexts } from '../evaluation/arn';
import { OF_FORWARDED_REQUESTS } from '../evaluation/global-keys';
import { ResourceSide } from '../evaluation/grants';
import { matchesAction } from '../policies/matches-action';
import { parsePolicy } from '../policies/parse-policy';
import { isOfAws } from '../policies/policy';
import { Statement } from '../policies/statement';
import { Question } from '../questions/question';
import { Credentials } from '../reach/credentials';
import { grantsOf } from '../reach/grants-of';

const TLS = 'requests use TLS 1.3';

const PARTITION = 'the managed policies of AWS are those of the partition aws';

/** What condition keys of requests are assumed to have, by their names in lower case. */
const ASSUMED: { readonly [key: string]: string } = {
  'aws:securetransport': TLS,
  's3:tlsversion': TLS,
  ...Object.fromEntries(OF_FORWARDED_REQUESTS.map((key) => [key, 'no service sends requests on behalf of the principal'])),
};

/** What is assumed of the requests of a session and of its policies, if policies that are about the action make it matter, and the question does not tell. */
export function assumedOfRequests(credentials: Credentials, side: ResourceSide, { action, context }: Question): string[] {
  const { identity, boundary, session } = grantsOf(credentials, side);
  const given = Object.keys(context).map((key) => key.toLowerCase());
  const statements = [
    ...[...identity, ...[boundary, session].filter((policy) => policy !== undefined)].flatMap((policy) => parsePolicy(policy, 'identity').statements),
    ...(side.kind === 'policies' ? side.policies.flatMap((policy) => parsePolicy(policy, 'resource').statements) : []),
  ];
  const relevant = statements.filter((statement) => matchesAction(statement, action) !== 'no');
  const keys = relevant.flatMap(conditionKeys).filter((key) => Object.hasOwn(ASSUMED, key) && !given.includes(key));
  const isOfUnknownPartition = arnTexts(credentials.role.arn)?.[1].literal === undefined && relevant.some(({ policy }) => isOfAws(policy));
  return [...new Set([...keys.map((key) => ASSUMED[key]), ...(isOfUnknownPartition ? [PARTITION] : [])])];
}

const conditionKeys = ({ conditions = [] }: Statement): string[] => conditions.map(({ key }) => key.toString().toLowerCase());
