import { createHash } from 'node:crypto';
import { Resolved, ResolvedMap, valueKey } from './resolved';
import { Text } from './text';
import { Unknown, UnknownOptions } from './unknown';

/** All parts of a value that only the deployment knows. */
export function unknownsIn(value: Resolved): Unknown[] {
  if (value instanceof Text) {
    return value.unknowns;
  }
  return value instanceof ResolvedMap ? value.entries.flatMap((entry) => entry.flatMap(unknownsIn)) : (value ?? []).flatMap(unknownsIn);
}

/** The result of a function of values that are not all known. The same values give the same symbol. */
export function derived(functionName: string, values: readonly Resolved[], options: Partial<UnknownOptions> = {}): Text {
  const label = `${functionName}(${values.map(shownValue).join(', ')})`;
  return Text.unknown(new Unknown(shortened(`${functionName}(${values.map(valueKey).join(',')})`), { label, madeOf: values.flatMap(unknownsIn), ...options }));
}

/** The longest identifier that stays as it is, in characters. */
const LONGEST = 1000;

/** The identifier of a derived value contains those of its arguments, and would grow exponentially. */
const shortened = (id: string): string => (id.length > LONGEST ? createHash('sha256').update(id).digest('hex') : id);

const shownValue = (value: Resolved): string => (value instanceof Text ? value.toString() : Array.isArray(value) ? value.map(shownValue).join(', ') : value ? '{…}' : '');

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/** The ASCII characters that fulfil a condition: for the characters that an unknown value excludes. */
export const asciiWhere = (condition: (character: string) => boolean) => ASCII.filter(condition).join('');

/** The characters that no part of a text contains. */
export const excludedBy = ({ parts }: Text) =>
  asciiWhere((character) => parts.every((part) => (typeof part === 'string' ? !part.includes(character) : !part.mayContain(character))));
