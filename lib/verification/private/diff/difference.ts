import { Change } from './change';

/** A change, and everybody and everything that it is about. */
export interface Difference extends Change {
  readonly subjects: readonly string[];
}

/** Puts the same change of different subjects together: workloads share accounts, and accounts share roles. */
export function differencesOf(changes: ReadonlyArray<readonly [subject: string, change: Change]>): Difference[] {
  const byChange = new Map<string, { change: Change; subjects: Set<string> }>();
  for (const [subject, change] of changes) {
    const key = JSON.stringify(change);
    const known = byChange.get(key) ?? { change, subjects: new Set() };
    byChange.set(key, known);
    known.subjects.add(subject);
  }
  return [...byChange.values()].map(({ change, subjects }) => ({ ...change, subjects: [...subjects] }));
}
