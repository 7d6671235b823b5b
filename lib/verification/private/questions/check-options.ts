import { similarNames } from './nearest';
import { CALLS, SECOND, VALUES } from './option-examples';
import { OPTION_TYPES } from './option-types.generated';
import { isObject } from '../assembly/template';

/**
 * Refuses properties that a struct does not have, lacks, or that are of another type, because a misspelled one would change nothing. TypeScript checks
 * that as well, but plain JavaScript does not, nor does a runner such as tsx.
 *
 * @param at where the struct is, such as `acknowledged[0]`; undefined for an argument.
 */
export function checkOptions(struct: keyof typeof OPTION_TYPES, options: unknown, at?: string): void {
  const named = (property: string) => (at === undefined ? property : `${at}.${property}`);
  const types: { readonly [property: string]: string } = OPTION_TYPES[struct];
  if (!isObject(options)) {
    throw mistyped(at ?? `the ${SECOND.includes(struct) ? 'second ' : ''}argument`, options, `an object of type ${struct}, as in ${CALLS[struct]}`);
  }
  const unknown = Object.keys(options).find((name) => options[name] !== undefined && !Object.hasOwn(types, name));
  if (unknown !== undefined) {
    const [names, all] = [similarNames(unknown, Object.keys(types)), Object.keys(types).join(', ')];
    const fix = names.length > 0 ? `did you mean ${names.join(' or ')}?` : `its properties are ${all}`;
    throw new Error(`${named(unknown)} is not a property of ${struct}: ${fix}`);
  }
  for (const [name, type] of Object.entries(types)) {
    if (options[name] !== undefined || !type.endsWith('?')) {
      check(named(name), options[name], type.replace('?', ''));
    }
  }
}

/** Refuses an argument that is not a string. */
export const checkString = (name: string, value: unknown): void => check(name, value, 'string');

function check(name: string, value: unknown, type: string): void {
  if (type.endsWith('{}')) {
    if (!isObject(value)) {
      throw mistyped(name, value, 'an object');
    }
    Object.entries(value).forEach(([key, item]) => check(`${name}['${key}']`, item, type.slice(0, -2)));
  } else if (type.endsWith('[]')) {
    if (!Array.isArray(value)) {
      throw mistyped(name, value, 'a list');
    }
    value.forEach((item, i) => check(`${name}[${i}]`, item, type.slice(0, -2)));
  } else if (typeof value !== type) {
    throw mistyped(name, value, type === 'object' ? 'an object' : `a ${type}`);
  }
}

function mistyped(name: string, value: unknown, allowed: string): Error {
  const example = VALUES[name.replace(/\[\d+\]$/, '[]').replace(/\['.*'\]$/s, '[\'…\']')];
  return new Error(`${name} is ${described(value)}, but must be ${allowed}${example ? `, such as ${example}` : ''}`);
}

function described(value: unknown): string {
  if (value === undefined || value === null) {
    return String(value);
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  return isObject(value) ? 'an object' : `a ${typeof value}`;
}
