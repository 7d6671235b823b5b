/** What is made of the same parts is the same object, so that what follows from it can be remembered by its identity. It is forgotten with its first part. */
export class Interned<T> {
  private readonly made = new WeakMap<object, Made<T>>();

  /**
   * @param parts all that it is made of. Objects are the same only if they are identical, and must not change.
   * @param make makes it of nothing else.
   */
  of([first, ...others]: readonly [object, ...unknown[]], make: () => T): T {
    let made = this.made.get(first);
    if (!made) {
      made = new Made();
      this.made.set(first, made);
    }
    for (const part of others) {
      made = made.with(part);
    }
    return made.value(make);
  }
}

class Made<T> {
  private own?: { readonly value: T };
  private others?: Map<unknown, Made<T>>; // most have none

  with(part: unknown): Made<T> {
    this.others ??= new Map();
    let known = this.others.get(part);
    if (!known) {
      known = new Made();
      this.others.set(part, known);
    }
    return known;
  }

  value(make: () => T): T {
    this.own ??= { value: make() };
    return this.own.value;
  }
}

const lists = new Interned<readonly object[]>();
const NOTHING: readonly never[] = [];

/** A list, or another one of the same objects, so that what follows from it can be remembered by its identity. */
export function sameList<T extends object>(list: readonly T[]): readonly T[] {
  const [first, ...others] = list;
  return first ? lists.of([first, ...others], () => list) as readonly T[] : NOTHING;
}
