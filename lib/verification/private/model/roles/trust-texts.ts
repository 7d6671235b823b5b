import { objectOf } from '../../values/json-text';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { StackResource } from '../stack-resource';

/** The texts in the trust policy of a role, which can be an object or a text with one. */
export const textsOfTrust = (role: StackResource): Text[] => role.once('texts of its trust policy', () => textsIn(objectOf(role.property('AssumeRolePolicyDocument'))));

/** The names of the claims in its conditions, such as `id.example.com:sub`. */
export const claimsOfTrust = (role: StackResource): string[] => role.once('claims of its trust policy', () =>
  listOf(valueAt(objectOf(role.property('AssumeRolePolicyDocument')), 'Statement'))
    .flatMap((statement) => entriesOf(valueAt(statement, 'Condition'))).flatMap(([, claims]) => entriesOf(claims))
    .flatMap(([{ literal }]) => (literal?.includes(':') ? [literal] : [])));

const entriesOf = (value: Resolved): ReadonlyArray<readonly [Text, Resolved]> => (value instanceof ResolvedMap ? value.entries : []);
