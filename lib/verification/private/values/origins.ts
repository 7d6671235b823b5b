import { unknownsIn } from './derived';
import { Resolved } from './resolved';

/** The identifiers of all that only the deployment knows and that a value is made of, also of what is derived from others. */
export function originsOf(value: Resolved): ReadonlySet<string> {
  const found = new Set(unknownsIn(value));
  found.forEach(({ madeOf }) => madeOf.forEach((origin) => found.add(origin))); // the set grows while it is read
  return new Set([...found].map(({ id }) => id));
}
