import { firstPieces } from './stored-elsewhere';
import { escapedForRegExp } from '../../values/escaped';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textOf, textsIn } from '../../values/text-parts';
import { isNameOfCode } from '../code-names';
import { CodeWrite, writesOfStoredValue, writesOfTaken } from '../code-writes';
import { StackResource } from '../stack-resources';

/** Properties with the variables of a function, a container or a build. */
const OF_VARIABLES = /^(environment(variables)?|secrets|variables)$/i;

/**
 * Variables that decide what a program loads or runs, or to where an SDK sends its credentials.
 *
 * @see https://nodejs.org/api/cli.html#node_optionsoptions
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
const DECIDING = new RegExp([
  '^(AWS_LAMBDA_EXEC_WRAPPER|AWS_ENDPOINT_URL(_STS)?|AWS_CONTAINER_CREDENTIALS_FULL_URI|BASH_ENV|GIT_SSH_COMMAND|LD_PRELOAD|PYTHONSTARTUP)$',
  '^(\\w*PATH|(\\w+_)?OPTIONS|(PERL5|RUBY)OPT)$',
].join('|'));

interface Variable { readonly name: string; readonly writes: readonly CodeWrite[] }

/** What changes the variables of a resource that decide what it runs, if the next deployment, or the start of a container, takes their values from elsewhere. */
export function writesOfDecidingVariables(resource: StackResource): CodeWrite[] {
  const variables = variablesIn(resource.property()).filter(({ writes }) => writes.length > 0);
  const texts = variables.length === 0 ? [] : textsIn(resource.property()).flatMap(({ parts }) => parts.filter((part) => typeof part === 'string'));
  const decides = (name: string) => DECIDING.test(name) || isNameOfCode(name) || texts.some((text) => runs(text, name));
  return variables.filter(({ name }) => decides(name)).flatMap(({ writes }) => writes);
}

/** Whether a script runs the value of a variable as a command. */
const runs = (script: string, name: string): boolean =>
  new RegExp(`(^|[;&|(\\n]|\\beval|\\bsh +-c|\\bsource|[-:] )\\s*["']?\\$[({]?${escapedForRegExp(name)}\\b`).test(script);

function variablesIn(value: Resolved, isOfVariables = false): Variable[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => (isOfVariables && item instanceof ResolvedMap ? variableOf(item) : variablesIn(item)));
  }
  return !(value instanceof ResolvedMap) ? [] : value.entries.flatMap(([{ literal = '' }, inner]) => (isOfVariables && inner instanceof Text
    ? [{ name: literal, writes: writesOfTaken(inner) }] : variablesIn(inner, OF_VARIABLES.test(literal))));
}

/**
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-project-environmentvariable.html
 */
function variableOf(variable: ResolvedMap): Variable[] {
  const [name, value, from] = ['Name', 'Value', 'ValueFrom'].map((property) => textOf(variable.get(property)));
  const type = variable.get('Type');
  const isStored = type !== undefined && isText(type, 'PLAINTEXT') !== 'yes';
  const stored = [...(from ? [from] : []), ...(value && isStored ? [value] : [])].map((one) => firstPieces(one, one.startsWith('arn:') ? 7 : 1));
  return name ? [{ name: `${name}`, writes: [...stored.flatMap(writesOfStoredValue), ...(value ? writesOfTaken(value) : [])] }] : [];
}
