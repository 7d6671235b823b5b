import { Resolved, ResolvedMap } from './resolved';
import { Text } from './text';

/** A value as JSON, with `${label}` for parts that are known only at deployment. */
export function toJson(value: Resolved): any {
  if (value instanceof Text) {
    return value.toString();
  }
  if (Array.isArray(value)) {
    return value.map(toJson);
  }
  return value instanceof ResolvedMap ? Object.fromEntries(value.entries.map(([key, item]) => [key.toString(), toJson(item)])) : undefined;
}
