import { Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';

/** Whether a text has something that others give, such as a path into the input of a state machine. @param isPath whether it is a path, whatever it looks like. */
export type IsGiven = (text: Text, isPath: boolean) => boolean;

/** A request that something of the templates sends with its role: a task of a state machine, a step of a runbook, or the target of a pipe. */
export interface SentRequest {
  /** With the prefix of actions, such as `ecs:runTask`. */
  readonly request: string;
  /** Undefined if all of them are what others give. */
  readonly parameters?: Resolved;
  /** Whether the parameters as a whole are a path. */
  readonly isPath?: boolean;
  /** @default - as in a state machine */
  readonly isGiven?: IsGiven;
}

/** Paths, variables and expressions of JSONata. The context has the input of the execution and the items of maps, too. */
const isOfInput: IsGiven = ({ parts }, isPath) => {
  const written = parts.filter((part) => typeof part === 'string').join('');
  return isPath ? /(^|[^$])\$(?!\$)|\$\$(?!\.)|\$\$\.(Execution(?!\.)|Execution\.Input|Map\b)/.test(written) : /^\{%.*\$/s.test(written);
};

/** The names of parameters of which others give something; undefined for all of them. */
export const givenIn = ({ parameters, isPath = false, isGiven = isOfInput }: SentRequest): Array<string | undefined> =>
  (parameters === undefined ? [undefined] : namesIn(parameters, isPath, isGiven));

function namesIn(value: Resolved, isPath: boolean, isGiven: IsGiven, key?: string): Array<string | undefined> {
  if (value instanceof ResolvedMap) {
    const ofProperty = value.entries.length === 1 && key !== undefined; // as `UserData: { Value: … }`
    return value.entries.flatMap(([{ literal = '' }, item]) => {
      const own = withoutPath(literal);
      return namesIn(item, isPath || isPathName(literal), isGiven, ofProperty && own === 'Value' ? key : own);
    });
  }
  return Array.isArray(value) ? value.flatMap((item) => namesIn(item, isPath, isGiven, key)) : value && isGiven(value, isPath) ? [key] : [];
}

/** What follows the names of parameters whose values are paths. @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-parameters.html */
const isPathName = (name: string): boolean => name.endsWith('.$');

const withoutPath = (name: string): string => name.replace(/\.\$$/, '');

/** Properties with environment variables. */
const OF_VARIABLES = /^(env|variables)/i;

/** The names of environment variables whose values others give: of entries with a name and a value, or of a map. */
export function givenVariables({ parameters, isPath = false, isGiven = isOfInput }: SentRequest): string[] {
  const isGivenIn = (value: Resolved, ofPath: boolean) => namesIn(value, ofPath, isGiven).length > 0;
  const below = (value: Resolved, ofPath: boolean, property: string): string[] => {
    if (!(value instanceof ResolvedMap)) {
      return Array.isArray(value) ? value.flatMap((item) => below(item, ofPath, property)) : [];
    }
    const name = literalOf(valueAt(value, 'Name') ?? valueAt(value, 'name'));
    return value.entries.flatMap(([{ literal = '' }, inner]) => {
      const [key, isOfPath] = [withoutPath(literal), ofPath || isPathName(literal)];
      const own = name === undefined ? (OF_VARIABLES.test(property) ? key : undefined) : /^value$/i.test(key) ? name : undefined;
      return [...(own !== undefined && isGivenIn(inner, isOfPath) ? [own] : []), ...below(inner, isOfPath, key)];
    });
  };
  return below(parameters, isPath, '');
}

/** The texts of parameters that only the template decides. */
export const fixedIn = ({ parameters, isPath = false, isGiven }: SentRequest, ...path: string[]): Text[] => {
  const isFixed = (text: Text, ofPath: boolean) => (isGiven ? !isGiven(text, ofPath) : !ofPath && !text.startsWith('{%'));
  const below = (value: Resolved, ofPath: boolean): Text[] => (value instanceof Text ? (isFixed(value, ofPath) ? [value] : [])
    : Array.isArray(value) ? value.flatMap((item) => below(item, ofPath))
      : value?.entries.flatMap(([{ literal = '' }, inner]) => below(inner, ofPath || isPathName(literal))) ?? []);
  return below(valueAt(parameters, ...path), isPath);
};
