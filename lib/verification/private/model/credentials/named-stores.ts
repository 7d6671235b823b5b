import { nameIn, ValueOfVariable, valuesOfVariables } from './values-of-variables';
import { dashed } from '../../values/dashed';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { textAfter, textsIn } from '../../values/text-parts';
import { scriptsIn } from '../code/commands';
import { tellingParts } from '../pods/telling-parts';

/** A secret or a parameter that something names. It need not be in the templates. */
export interface NamedStore {
  /** Its name or its ARN. */
  readonly value: Text;
  /** What may tell what it has: parts of its name, and the key of the value that is meant. */
  readonly names: readonly string[];
}

/** Variables with the name or the ARN of one: `SECRET_ID`, `DB_SECRET_ARN`, `TOKEN_PARAMETER_NAME`. */
const NAMING = /(secret|param(eter)?|ssm)([_.-]?(arn|id|name|path|key|param(eter)?)){0,2}$/i;

/** What commands get, up to the next option. @see https://docs.aws.amazon.com/cli/latest/reference/ssm/get-parameters.html */
const COMMAND = /--(?:secret-id(?:-list)?|names?|path)[= ]+((?!-)[^\n;|&)]{3,2000})/g;

const NAME = /[\w/+=.@:-]{3,512}/g;

/** What a parameter of a stack, or an import, is called if it is the name or the ARN of one: `GithubTokenSecretArn`. Certificates and key pairs have ARNs and names, too. */
const END_OF_REFERENCE = /(?<=[A-Za-z\d])(Secret|Parameter)(Arn|Name|Id)$|(?<=Token|Credentials|Password)Arn$/;

/** Those that the properties of a resource name: by an ARN, in a variable, in a command, or as a parameter of the stack. */
export const storesNamedIn = (properties: Resolved): NamedStore[] => [
  ...textsIn(properties).flatMap((text) => [...namedByArn(text), ...namedByReference(text)]),
  ...valuesOfVariables(properties, () => true).flatMap(storeOfVariable), ...storesInScripts(properties),
];

/** That of a variable whose value is the name of one, as its type or its own name says. */
export const storeOfVariable = ({ name, value, namedIn }: Pick<ValueOfVariable, 'name' | 'value' | 'namedIn'>): NamedStore[] =>
  (namedIn ?? NAMING.test(name) ? [storeOf(value)] : []);

/** Those that commands get. */
export const storesInScripts = (value: Resolved): NamedStore[] => scriptsIn(value).filter((script) => /\b(get-secret-value|get-parameters?(-by-path)?)\b/.test(script))
  .flatMap((script) => [...script.matchAll(COMMAND)].flatMap(([, named]) => named.split(' --')[0].match(NAME) ?? []).map((name) => storeOf(Text.of(name))));

function storeOf(value: Text): NamedStore {
  const pieces = `${value}`.split(':');
  const key = value.startsWith('arn:') ? pieces[OF_KEY] : pieces[1];
  const name = nameInArn(nameIn(value)) ?? nameIn(value);
  return { value: nameIn(value), names: [...tellingParts(`${name}`), ...(key ? [key] : [])] };
}

/** Where an ARN of a secret has the key of a value. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
const OF_KEY = 7;

/** What the message about an import has last, too. */
const WORDS = /\w+/g;

const namedByArn = (text: Text): NamedStore[] => (nameInArn(text) ? [storeOf(text)] : []);

function namedByReference(text: Text): NamedStore[] {
  const [one, ...others] = text.parts;
  const label = one !== undefined && typeof one !== 'string' && others.length === 0 && one.resource === undefined && !one.storedAs
    ? one.label.match(WORDS)?.at(-1) ?? '' : '';
  return END_OF_REFERENCE.test(label) ? [{ value: text, names: [dashed(label.replace(END_OF_REFERENCE, ''))] }] : [];
}

/** The name of a secret or a parameter whose ARN something has, such as a policy. */
const nameInArn = (text: Text): Text | undefined => (text.startsWith('arn:')
  ? withoutEnd(textAfter(text, ':secret:'), /-([A-Za-z0-9]{6}|\?{6}|\*)$|\*$/) ?? withoutEnd(textAfter(text, ':parameter/'), /\*$/) : undefined);

/** Without what AWS Secrets Manager adds to the name of a secret, or a wildcard for it. */
function withoutEnd(name: Text | undefined, end: RegExp): Text | undefined {
  const last = name?.parts.at(-1);
  return typeof last === 'string' ? Text.join([...name!.parts.slice(0, -1), last.replace(end, '')].map(Text.ofPart)) : undefined;
}
