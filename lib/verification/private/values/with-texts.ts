import { Resolved, ResolvedMap } from './resolved';
import { Text } from './text';

/** A value with something else in place of each of its texts, without the names of its properties. */
export const withTexts = (value: Resolved, change: (text: Text) => Resolved): Resolved => (value instanceof Text ? change(value)
  : Array.isArray(value) ? value.map((item) => withTexts(item, change))
    : value && new ResolvedMap(value.entries.map(([key, inner]) => [key, withTexts(inner, change)])));
