import { assignedIn, LONGEST_VALUE } from './assigned-variables';
import { Variable } from './container-variables';
import { addTo } from '../../values/add-to';
import { distinct } from '../../values/distinct';
import { Text } from '../../values/text';
import { derived } from '../../values/text-parts';

/** The values that a variable may have, as far as they are known; none if nothing is known of it. */
export type KnownValues = (variable: string) => readonly Text[];

export const NOTHING_KNOWN: KnownValues = () => [];

/** How many values of a variable are looked at one by one. One with more of them can have any. */
export const MOST_VALUES = 8;

/** A variable can have another one in its value, and that one more. */
const DEEPEST = 3;

/** By how many characters a script may grow. Then, a variable can have any value. */
const MOST_GROWTH = 200_000;

/**
 * How shells, Kubernetes, PowerShell and Windows write a variable, AWS Systems Manager, Argo Workflows and Tekton a parameter, and languages a variable: in this order.
 * A value has quotes around it in the place of an expression, unless that is within a text: `f"{os.environ['V']}"`, `${process.env.V}`.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html
 * @see https://argo-workflows.readthedocs.io/en/latest/variables/
 * @see https://tekton.dev/docs/pipelines/variables/
 */
const REFERENCE = new RegExp([
  String.raw`\$\{(?:env:)?([A-Za-z_]\w*)(?::?[-=?+][^}\n]{0,1000})?\}`,
  String.raw`\$\(([A-Za-z_]\w*)\)`,
  String.raw`\$(?:env:)?([A-Za-z_]\w*)`,
  String.raw`%([A-Za-z_]\w*)%`,
  String.raw`\{\{[ \t]*([A-Za-z_]\w*)[ \t]*\}\}`,
  String.raw`\{\{=?[ \t]*(?:inputs|workflow)\.parameters(?:\.|\[["'])([\w-]+)(?:["']\])?[ \t]*\}\}`,
  String.raw`\$\((?:inputs\.)?params(?:\.|\[["'])([\w-]+)(?:["']\])?(?:\[[*\d]+\])?\)`,
  String.raw`\{([A-Za-z_]\w*)\}`,
  String.raw`(?:\$?\{)?\b(?:\w+\.)?(?:environ|env|ENV|getenv)(?:\.get|\.fetch)?(?:\.([A-Za-z_]\w*)(?![\w(])|[[(]["']([A-Za-z_]\w*)["'](?:[ \t]*,[^)\n]{0,1000})?[\])])\}?`,
].join('|'), 'g');

/** A name in a language where a value can be: an argument, an item, or a part of an expression; and brackets. */
const NAME = /(?<=[(,=+:{[]\s{0,40})([A-Za-z_]\w*)(?=\s{0,40}(?:[,)\]}+;]|$))|[(){}[\]]/gm;

/**
 * A script as it is written, and with values in place of its variables: those that it assigns itself, and those that are known around it. If a variable has several, there
 * is a form for each of them; if several variables of one command do, a form in which they can have any.
 */
export function formsOf(script: Text, known: KnownValues = NOTHING_KNOWN): Text[] {
  if (!script.parts.some((part) => typeof part === 'string' && MAY_REFER.test(part))) {
    return [script];
  }
  let [most, areSeveral] = [1, false];
  const filled = (choose: (values: readonly Text[]) => Text | undefined) => fill(script, known, (name, values, isNext) => {
    most = values.length > MOST_VALUES ? most : Math.max(most, values.length);
    areSeveral ||= isNext;
    return (values.length > MOST_VALUES ? undefined : choose(values)) ?? anyValueOf(name);
  });
  const first = filled(([value]) => value);
  const others = Array.from({ length: most - 1 }, (_, i) => filled((values) => values[i + 1] ?? values.at(-1)));
  const mixed = areSeveral ? [filled(([value, ...rest]) => (rest.length > 0 ? undefined : value))] : [];
  return distinct([script, first, ...others, ...mixed]);
}

/** What a text has with a variable in it, or with one in a language to which it assigns a value. */
const MAY_REFER = /[$%{]|\benv|ENV|getenv|=\s*["']/;

const anyValueOf = (name: string): Text => derived(Text.of(name), 'value');

/** Chooses one of the values of a variable. @param isNext whether another variable with several is in the same line. */
type Choose = (name: string, values: readonly Text[], isNext: boolean) => Text;

function fill(script: Text, known: KnownValues, choose: Choose): Text {
  let [found, left] = [script, MOST_GROWTH];
  for (let depth = 0; depth < DEEPEST; depth++) {
    const own = assignedIn(found);
    const [assigned, ofProgram] = [byName(own), new Set(own.filter(({ isOfProgram }) => isOfProgram).map(({ name }) => name))];
    const read = new Map<string, readonly Text[]>();
    const valuesOf = (name: string) => {
      const all = read.get(name) ?? distinct([...assigned.get(name) ?? [], ...known(name)]).filter((value) => isValueOf(name, value));
      read.set(name, all);
      return all;
    };
    const limited = (name: string, values: readonly Text[], isNext: boolean) => {
      const value = choose(name, values, isNext);
      left -= lengthOf(value);
      return left > 0 ? value : anyValueOf(name);
    };
    const next = withNames(withReferences(found, valuesOf, limited), (name) => (ofProgram.has(name) ? valuesOf(name) : []), limited);
    if (next.key === found.key) {
      break;
    }
    found = next;
  }
  return found;
}

/** The values of variables by their names. */
export function byName(variables: readonly Variable[]): ReadonlyMap<string, readonly Text[]> {
  const values = new Map<string, Text[]>();
  variables.forEach(({ name, value }) => addTo(values, name, value));
  return values;
}

/** Whether a text can be what a variable stands for. One with the variable itself adds to it, such as `PATH=/opt:$PATH`. */
const isValueOf = (name: string, value: Text): boolean => value.parts.length > 0 && lengthOf(value) <= LONGEST_VALUE
  && !value.parts.some((part) => typeof part === 'string' && part.includes(name) && namesIn(part).includes(name));

const namesIn = (part: string): Array<string | undefined> => [...part.matchAll(REFERENCE)].map(nameOf);

const nameOf = ([, ...names]: RegExpMatchArray): string | undefined => names.find((name) => name !== undefined);

const lengthOf = ({ parts }: Text): number => parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);

/** What stands for a match of a pattern; undefined if it stays. */
type Replacement = (match: RegExpMatchArray, line: string) => Text | undefined;

function withMatches({ parts }: Text, pattern: RegExp, replacement: Replacement): Text {
  return Text.join(parts.flatMap((part) => {
    if (typeof part !== 'string') {
      return [Text.ofPart(part)];
    }
    const pieces: Text[] = [];
    let end = 0;
    for (const match of part.matchAll(pattern)) {
      const text = replacement(match, part.slice(end, match.index));
      if (text) {
        pieces.push(Text.of(part.slice(end, match.index)), text);
        end = match.index + match[0].length;
      }
    }
    return [...pieces, Text.of(part.slice(end))];
  }));
}

/** A script with values in place of the variables of its environment, and of those in its texts. */
function withReferences(script: Text, valuesOf: KnownValues, choose: Choose): Text {
  let isAfter = false;
  return withMatches(script, REFERENCE, (match, before) => {
    const [written, name] = [match[0], nameOf(match)!]; // each alternative has a name
    const values = valuesOf(name);
    if (values.length === 0) {
      return undefined;
    }
    const isNext = isAfter && values.length > 1 && !before.includes('\n');
    isAfter = values.length > 1 || (isAfter && !before.includes('\n'));
    const value = choose(name, values, isNext);
    return /^[$%{]/.test(written) ? value : Text.join([Text.of("'"), value, Text.of("'")]);
  });
}

/** A program with values in place of its own variables. `{ Bucket }` of JavaScript stands for `{ Bucket: Bucket }`. */
function withNames(program: Text, valuesOf: KnownValues, choose: Choose): Text {
  const open: string[] = [];
  return withMatches(program, NAME, ([written, name], before) => {
    if (name === undefined) {
      return void (/[({[]/.test(written) ? open.push(written) : open.pop());
    }
    const values = valuesOf(name);
    const isProperty = open.at(-1) === '{' && /[{,]\s*$/.test(before.slice(-50));
    return values.length === 0 ? undefined : isProperty ? Text.join([Text.of(`${name}: `), choose(name, values, false)]) : choose(name, values, false);
  });
}
