import { Resolved, ResolvedMap } from './resolved';
import { Text } from './text';

/** A JSON value, whose numbers and booleans are texts as in templates. */
export function fromJson(value: unknown): Resolved {
  if (Array.isArray(value)) {
    return value.map(fromJson);
  }
  if (typeof value === 'object' && value !== null) {
    return new ResolvedMap(Object.entries(value).map(([key, item]) => [Text.of(key), fromJson(item)]));
  }
  return value === null || value === undefined ? undefined : Text.of(String(value));
}
