import { addTo } from '../../values/add-to';
import { distinct } from '../../values/distinct';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { withoutPrefix } from '../../values/text-parts';

/** What is between the words of a shell. */
const SEPARATORS = /[\s;&|()`]+/;

/** A word that assigns a value to a variable. */
const ASSIGNS = /^([A-Za-z_]\w*)=/;

const VARIABLE = /(\$\{?[A-Za-z_]\w*\}?)/;

/** Longer scripts and values would take too long. User data has at most 16 kB. */
const [LONGEST, LONGEST_VALUE] = [20_000, 200];

/** A variable can have another one in its value, and that one more. */
const DEEPEST = 3;

/**
 * A script of a shell, and the same with the values of the variables to which it assigns one, such as the host of `HOST=example.com` and `curl https://$HOST/run.sh`. A
 * variable to which it assigns several keeps its name.
 */
export function withAssigned(script: Text): Text[] {
  const isWritten = (pattern: RegExp) => script.parts.some((part) => typeof part === 'string' && pattern.test(part));
  const values = isWritten(/\w=/) && isWritten(VARIABLE) ? assignedIn(script) : undefined;
  let found = script;
  for (let depth = 0; values && values.size > 0 && depth < DEEPEST && lengthOf(found) <= LONGEST; depth++) {
    found = withValues(found, values);
  }
  return found.key === script.key ? [script] : [script, found];
}

function assignedIn(script: Text): ReadonlyMap<string, Text> {
  const assigned = wordsOf(script, SEPARATORS).flatMap((word) => {
    const [assigns, name] = ASSIGNS.exec(word.start) ?? [];
    return assigns === undefined ? [] : [{ name, value: withoutQuotes(withoutPrefix(word, assigns)) }];
  });
  const byName = new Map<string, Text[]>();
  assigned.forEach(({ name, value }) => addTo(byName, name, value));
  return new Map([...byName].flatMap(([name, all]) => {
    const [value, ...others] = distinct(all);
    return others.length === 0 && lengthOf(value) <= LONGEST_VALUE ? [[name, value] as const] : [];
  }));
}

const withoutQuotes = ({ parts }: Text): Text => Text.join(parts.map((part) => Text.ofPart(typeof part === 'string' ? part.replace(/["']/g, '') : part)));

/** The pieces of a text with an odd index are variables. */
const withValues = ({ parts }: Text, values: ReadonlyMap<string, Text>): Text => Text.join(parts.flatMap((part) => (typeof part !== 'string' ? [Text.ofPart(part)]
  : part.split(VARIABLE).map((piece, i) => (i % 2 === 0 ? Text.of(piece) : values.get(piece.replace(/\W/g, '')) ?? Text.of(piece))))));

const lengthOf = ({ parts }: Text): number => parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);
