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
  private readonly others = new Map<unknown, Made<T>>();

  with(part: unknown): Made<T> {
    const known = this.others.get(part) ?? new Made<T>();
    this.others.set(part, known);
    return known;
  }

  value(make: () => T): T {
    this.own ??= { value: make() };
    return this.own.value;
  }
}
