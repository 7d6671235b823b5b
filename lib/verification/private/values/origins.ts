import { unknownsIn } from './derived';
import { Resolved } from './resolved';
import { Unknown } from './unknown';

/** All that only the deployment knows and that a value is made of, also of what is derived from others. */
export function unknownsOf(value: Resolved): ReadonlySet<Unknown> {
  const found = new Set(unknownsIn(value));
  found.forEach(({ madeOf }) => madeOf.forEach((origin) => found.add(origin))); // the set grows while it is read
  return found;
}

/** The identifiers of these. */
export const originsOf = (value: Resolved): ReadonlySet<string> => new Set([...unknownsOf(value)].map(({ id }) => id));
