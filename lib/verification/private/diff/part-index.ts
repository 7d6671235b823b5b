import { covers } from './covers';
import { Part } from './part';
import { Text } from '../values/text';

interface Entry<T> { readonly part: Part; readonly value: T }

/** Finds, among many parts, those that cover a part, without a comparison with each of them: a pattern matches only what starts as it does before its first wildcard. */
export class PartIndex<T> {
  private readonly byKey = new Map<string, Array<Entry<T>>>();
  private readonly patterns = new Map<string, Array<Entry<T>>>();
  private readonly lengths = new Set<number>();

  constructor(entries: Iterable<readonly [Part, T]>) {
    for (const [part, value] of entries) {
      add(this.byKey, part.key, { part, value });
      const start = startOf(part);
      if (start !== undefined) {
        add(this.patterns, start, { part, value });
        this.lengths.add(start.length);
      }
    }
  }

  covers(part: Part): boolean {
    return this.byKey.has(part.key) || this.candidates(part).some((entries) => entries.some((entry) => covers(entry.part, part)));
  }

  /** The values of the parts that cover a part. */
  of(part: Part): T[] {
    return this.candidates(part).flatMap((entries) => entries.filter((entry) => covers(entry.part, part)).map(({ value }) => value));
  }

  /** With how many parts a part is compared. */
  count(part: Part): number {
    return this.candidates(part).reduce((sum, { length }) => sum + length, 0);
  }

  private candidates(part: Part): ReadonlyArray<ReadonlyArray<Entry<T>>> {
    const { scope } = part;
    const text = scope && 'only' in scope ? part.example.key : '';
    const starts = scope ? [...this.lengths].filter((length) => length <= text.length).map((length) => text.slice(0, length)) : [];
    return [this.byKey.get(part.key) ?? [], ...starts.map((start) => this.patterns.get(start) ?? [])];
  }
}

function add<T>(entries: Map<string, T[]>, key: string, entry: T): void {
  const known = entries.get(key);
  if (known) {
    known.push(entry);
  } else {
    entries.set(key, [entry]);
  }
}

/** How everything starts that a part can cover; undefined if it covers nothing but what has the same key. */
function startOf({ scope }: Part): string | undefined {
  if (!scope || 'allBut' in scope) {
    return scope && '';
  }
  let start = '';
  for (const part of scope.only.parts) {
    const wildcard = typeof part === 'string' ? part.search(/[*?]/) : -1;
    if (typeof part === 'string' && wildcard >= 0) {
      return start + Text.keyOf(part.slice(0, wildcard));
    }
    start += Text.ofPart(part).key;
  }
  return scope.only.literal === undefined ? start : undefined;
}
