import { equal } from './pattern';
import { listOf, Resolved, ResolvedMap } from './resolved';
import { Text } from './text';
import { Truth } from './truth';
import { Unknown } from './unknown';

/** The literal of a value, or undefined if it is not a text, or is not known. */
export const literalOf = (value: Resolved): string | undefined => (value instanceof Text ? value.literal : undefined);

export const textOf = (value: Resolved): Text | undefined => (value instanceof Text ? value : undefined);

/** All texts in a value, without the names of its properties. */
export const textsIn = (value: Resolved): Text[] => listOf(value).flatMap((item) => (item instanceof Text ? [item]
  : item instanceof ResolvedMap ? item.entries.flatMap(([, inner]) => textsIn(inner)) : Array.isArray(item) ? textsIn(item) : []));

/** The texts of properties with some names, at any depth. */
export const textsUnder = (value: Resolved, names: RegExp, property = ''): Text[] => (value instanceof Text ? (names.test(property) ? [value] : [])
  : Array.isArray(value) ? value.flatMap((item) => textsUnder(item, names, property))
    : value?.entries.flatMap(([{ literal }, inner]) => textsUnder(inner, names, literal)) ?? []);

/** Whether a value is a literal text: `no` if it is not there, or is no text. */
export const isText = (value: Resolved, literal: string): Truth => (value instanceof Text ? equal(Text.of(literal), value) : 'no');

/** Whether a flag of a template is set: `no` if it is not there. */
export function isSet(value: Resolved): Truth {
  const literal = literalOf(value)?.toLowerCase();
  return value === undefined || literal === 'false' ? 'no' : literal === 'true' ? 'yes' : 'unknown';
}

/** The text after a literal that it starts with. If the start is not known, the rest is a value that only the deployment knows. */
export function withoutPrefix(text: Text, prefix: string): Text {
  const [first, ...rest] = text.parts;
  if (first instanceof Unknown) {
    return derived(text, `without ${prefix}`);
  }
  return first?.startsWith(prefix) ? Text.join([Text.of(first.slice(prefix.length)), ...rest.map(Text.ofPart)]) : text;
}

/** The text after the first literal `separator`, or undefined if it has none. */
export function textAfter(text: Text, separator: string): Text | undefined {
  const i = text.parts.findIndex((part) => typeof part === 'string' && part.includes(separator));
  if (i < 0) {
    return undefined;
  }
  const part = text.parts[i] as string;
  return Text.join([Text.of(part.slice(part.indexOf(separator) + separator.length)), ...text.parts.slice(i + 1).map(Text.ofPart)]);
}

/** A text without what its last literal ends with. */
export function withoutEnd(text: Text, end: RegExp): Text {
  const last = text.parts.at(-1);
  return typeof last === 'string' && end.test(last) ? Text.join([...text.parts.slice(0, -1), last.replace(end, '')].map(Text.ofPart)) : text;
}

/** Whether a text certainly ends with a slash, as the name of a folder. */
export function endsWithSlash({ parts }: Text): boolean {
  const last = parts.at(-1);
  return typeof last === 'string' && last.endsWith('/');
}

/** A value that only the deployment knows, and that depends on a text. */
export function derived(text: Text, how: string): Text {
  const names = text.parts.map((part) => (typeof part === 'string' ? part : part.label)).join('');
  return Text.unknown(new Unknown(`${text.key} ${how}`, { label: `${names} ${how}`, madeOf: text.unknowns }));
}

/** Any text with a word in it. */
export function anyWith(word: string): Text {
  const text = Text.of(word);
  return Text.join([derived(text, 'start'), text, derived(text, 'end')]);
}

/** The generated names in a text. */
export const generatedIn = ({ unknowns }: Text): Unknown[] => unknowns.filter(({ differsWithin }) => differsWithin !== undefined);

/** Whether a text contains a name that is generated. */
export const isGenerated = (text: Text): boolean => generatedIn(text).length > 0;

/** Whether a text contains what a resource of the templates returns. */
export const isReference = (text: Text): boolean => isGenerated(text) || text.unknowns.some(({ resourceType }) => resourceType !== undefined);
