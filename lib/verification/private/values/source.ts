import { Resolved } from './resolved';
import { Text } from './text';

/** A value as data: two values with the same data are the same wherever the templates are deployed. */
export const sourceOf = (value: Resolved): unknown => (value instanceof Text ? value.key
  : Array.isArray(value) ? value.map(sourceOf) : value?.entries.map(([key, item]) => [key.key, sourceOf(item)]));
