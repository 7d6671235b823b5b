import { Resolved, ResolvedMap } from '../../../lib/verification/private/values/resolved';
import { Text } from '../../../lib/verification/private/values/text';

/** A resolved value as plain data, in which unknown parts are shown as `${label}`. What is not there is null. */
export function shown(value: Resolved): any {
  if (value instanceof Text) {
    return value.toString();
  }
  if (value instanceof ResolvedMap) {
    return Object.fromEntries(value.entries.map(([key, item]) => [key.toString(), shown(item)]));
  }
  return value === undefined ? null : value.map(shown);
}
