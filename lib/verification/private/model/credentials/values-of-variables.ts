import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { firstPieces } from '../code/stored-elsewhere';

/** The value of an environment variable, and how something gets it. */
export interface ValueOfVariable {
  readonly name: string;
  readonly value: Text;
  /** The services in which the value is a name; undefined if it is the value itself. */
  readonly namedIn?: readonly Service[];
}

export type Service = 'secretsmanager' | 'ssm';

export const ANY: readonly Service[] = ['secretsmanager', 'ssm'];

/** What a variable of a build gets its value from. @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html */
const OF_TYPES: { readonly [type: string]: readonly Service[] } = { PARAMETER_STORE: ['ssm'], SECRETS_MANAGER: ['secretsmanager'] };

/** The values of variables with some names, which are entries with a name and a value, or a map. */
export function valuesOfVariables(value: Resolved, has: (name: string) => boolean): ValueOfVariable[] {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap((item) => valuesOfVariables(item, has)) : [];
  }
  const name = literalOf(value.get('Name')) ?? '';
  const [from, own, type] = [textOf(value.get('ValueFrom')), textOf(value.get('Value')), literalOf(value.get('Type')) ?? ''];
  const text = has(name) ? from ?? own : undefined;
  const namedIn = Object.hasOwn(OF_TYPES, type) ? OF_TYPES[type] : text && (servicesOf(text) ?? (from ? servicesOfName(from) : undefined));
  const direct = value.entries.flatMap(([{ literal = '' }, inner]) =>
    (inner instanceof Text && has(literal) ? [{ name: literal, value: inner, namedIn: servicesOf(inner) }] : []));
  return [...(text ? [{ name, value: text, namedIn }] : []), ...direct, ...value.entries.flatMap(([, inner]) => valuesOfVariables(inner, has))];
}

/** An ARN says itself which service it is of. */
const servicesOf = (text: Text): readonly Service[] | undefined => (text.startsWith('arn:') ? ANY : undefined);

/** A task names a parameter by its name, and a secret only by its ARN, which only the deployment may know. */
const servicesOfName = ({ start }: Text): readonly Service[] => (start === '' ? ANY : OF_TYPES.PARAMETER_STORE);

/** The name or the ARN of a secret or a parameter, without the key of the value. */
export const nameIn = (value: Text): Text => firstPieces(value, value.startsWith('arn:') ? 7 : 1);
