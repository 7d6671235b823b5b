import { isObject } from './template';

/** What a template has along the names of properties, in each item where there is a list. All of what a function returns, because it can have the rest. */
export function writtenAt(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (name === undefined) {
    return value === undefined ? [] : [value];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item) => writtenAt(item, [name, ...rest]));
  }
  if (!isObject(value)) {
    return [];
  }
  if (Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'))) {
    return [value];
  }
  return Object.hasOwn(value, name) ? writtenAt(value[name], rest) : [];
}
