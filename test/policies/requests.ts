import { Statement } from './controller-table';
import { Place } from './place';
import { Context } from '../verification/second-opinion/conditions';

/** What a request is about, and its condition keys. */
export interface Request {
  readonly resource: string;
  readonly context: Context;
}

const OTHER = 'other';
const OTHER_REGION = 'eu-west-1';

const list = <T>(items: T | T[]): T[] => [items].flat() as T[];

/** Requests that the statements allow, with no more than they require: about resources that they name, resources that the others name, and some beside these. */
export function requestsOf(action: string, statements: Statement[], others: Statement[], place: Place): Request[] {
  const named = [...statements, ...others].flatMap(({ Resource }) => list(Resource)).filter((pattern) => pattern !== '*');
  const resources = named.length === 0 ? ['*'] : [...new Set(named.flatMap((pattern) => [pattern, ...beside(pattern)]).flatMap((pattern) => examples(pattern, place)))];
  return statements.flatMap((statement) => {
    const allowed = resources.filter((resource) => list(statement.Resource).some((pattern) => matches(resource, pattern)));
    return allowed.flatMap((resource) => contextsOf(action, statement).map((context) => ({ resource, context })));
  });
}

const matches = (resource: string, pattern: string) =>
  new RegExp(`^${pattern.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(resource);

/** The same kind of resource in another Region, and with another name. */
function beside(pattern: string): string[] {
  const [arn, partition, service, region, ...rest] = pattern.split(':');
  return rest.length === 0 ? [] : [
    ...(region ? [[arn, partition, service, OTHER_REGION, ...rest].join(':')] : []),
    pattern.replace(/[^/]+$/, OTHER),
  ];
}

/** Resources that match the pattern, in each of two Regions if it allows both. */
function examples(pattern: string, { region, account }: Place): string[] {
  const [arn, partition, service, inRegion, inAccount, ...rest] = pattern.split(':');
  return rest.length === 0 ? [pattern] : (inRegion === '*' ? [region, OTHER_REGION] : [inRegion]).map((one) =>
    [arn, partition, service, one, inAccount === '*' ? account : inAccount, ...rest].join(':').replace(/\*/g, OTHER));
}

/** For each combination of the values that a condition allows, the condition keys of a request. */
function contextsOf(action: string, { Condition = {} }: Statement): Context[] {
  const required = Object.entries(Condition).flatMap(([operator, keys]) => Object.entries(keys).map(([key, values]) => (
    { key, values: valuesFor(operator, list(values as string | string[])) })));
  // other conditions say more than that a key is there
  const strict = required.filter(({ key, values }) => values !== PRESENT || !required.some((other) => other.key === key && other.values !== PRESENT));
  return strict.reduce<Context[]>((contexts, { key, values }) => contexts.flatMap((context) => values.map((value) => (
    { ...context, ...withKey(action, key, value) }))), [{}]);
}

const PRESENT = [OTHER];
const ABSENT = [undefined];

/** Values of a key that meet a condition. */
function valuesFor(operator: string, values: string[]): readonly (string | string[] | undefined)[] {
  switch (operator) {
    case 'Null': return values[0] === 'true' ? ABSENT : PRESENT;
    case 'ArnEquals': case 'Bool': case 'StringEquals': return values;
    case 'StringLike': return values.map((value) => value.replace(/\*/g, OTHER));
    case 'ForAllValues:StringEquals': return [values];
    case 'ForAllValues:StringLike': return [values.map((value) => value.replace(/\*/g, OTHER))];
    case 'ForAllValues:StringNotEqualsIgnoreCase': return [[OTHER]];
    default: throw new Error(`No request is known that meets ${operator}.`);
  }
}

/** Amazon EC2 has each tag of a resource under two keys. */
function withKey(action: string, key: string, value: string | string[] | undefined): Context {
  if (value === undefined) {
    return {};
  }
  const [, tag] = /^(?:aws|ec2):ResourceTag\/(.*)$/.exec(key) ?? [];
  return tag !== undefined && action.startsWith('ec2:') ? { [`aws:ResourceTag/${tag}`]: value, [`ec2:ResourceTag/${tag}`]: value } : { [key]: value };
}
