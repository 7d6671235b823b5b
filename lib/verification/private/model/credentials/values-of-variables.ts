import { Resolved, ResolvedMap } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { literalOf, textOf, textsUnder } from '../../values/text-parts';
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

/** The values of variables with some names: those of entries, of maps, and of buildspecs. */
export const valuesOfVariables = (value: Resolved, has: (name: string) => boolean): ValueOfVariable[] =>
  [...valuesIn(value, has), ...textsUnder(value, /^BuildSpec$/).flatMap(valuesInBuildspec).filter(({ name }) => has(name))];

/** Where AWS Elastic Beanstalk has the name of a variable, too. @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html */
const NAMES = ['Name', 'OptionName'];

function valuesIn(value: Resolved, has: (name: string) => boolean): ValueOfVariable[] {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap((item) => valuesIn(item, has)) : [];
  }
  const name = NAMES.map((property) => literalOf(value.get(property))).find((one) => one !== undefined) ?? '';
  const [from, own, type] = [textOf(value.get('ValueFrom')), textOf(value.get('Value')), literalOf(value.get('Type')) ?? ''];
  const text = has(name) ? from ?? own : undefined;
  const namedIn = Object.hasOwn(OF_TYPES, type) ? OF_TYPES[type] : text && (servicesOf(text) ?? (from ? servicesOfName(from) : undefined));
  const direct = value.entries.flatMap(([{ literal = '' }, inner]) =>
    (inner instanceof Text && has(literal) ? [{ name: literal, value: inner, namedIn: servicesOf(inner) }] : []));
  return [...(text ? [{ name, value: text, namedIn }] : []), ...direct, ...value.entries.flatMap(([, inner]) => valuesIn(inner, has))];
}

/** An ARN says itself which service it is of. */
const servicesOf = (text: Text): readonly Service[] | undefined => (text.startsWith('arn:') ? ANY : undefined);

/** A task names a parameter by its name, and a secret only by its ARN, which only the deployment may know. */
const servicesOfName = ({ start }: Text): readonly Service[] => (start === '' ? ANY : OF_TYPES.PARAMETER_STORE);

/** The name or the ARN of a secret or a parameter, without the key of the value. */
export const nameIn = (value: Text): Text => firstPieces(value, value.startsWith('arn:') ? 7 : 1);

/** Where a buildspec has variables with values from elsewhere. @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html */
const SECTIONS: { readonly [name: string]: readonly Service[] } = { 'parameter-store': ['ssm'], 'secrets-manager': ['secretsmanager'] };

/** The names of variables. Those of the other parts of a buildspec between them, such as `phases`, have no value. */
const NAME_OF_VARIABLE = /^\w+$/;

/** The variables of a buildspec in JSON or YAML, of which the words are enough: a name has a colon after it, in JSON as a word of its own. */
function valuesInBuildspec(text: Text): ValueOfVariable[] {
  const words = Object.keys(SECTIONS).some((name) => `${text}`.includes(name)) ? wordsOf(text, /[\s"'{},]+/).filter(({ parts }) => parts.length > 0) : [];
  const found: ValueOfVariable[] = [];
  let namedIn: readonly Service[] | undefined;
  let name: string | undefined;
  for (const [i, word] of words.entries()) {
    const { literal = '' } = word;
    const key = literal.length > 1 && literal.endsWith(':') ? literal.slice(0, -1) : words[i + 1]?.literal === ':' ? literal : undefined;
    if (key !== undefined) {
      namedIn = Object.hasOwn(SECTIONS, key) ? SECTIONS[key] : NAME_OF_VARIABLE.test(key) ? namedIn : undefined;
      name = key;
    } else if (literal !== ':' && name !== undefined) {
      found.push(...(namedIn && NAME_OF_VARIABLE.test(name) ? [{ name, value: word, namedIn }] : []));
      name = undefined;
    }
  }
  return found;
}
