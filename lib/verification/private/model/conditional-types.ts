import { addTo } from '../values/add-to';

/** What may exist or not, by its type: a condition decides. Whoever asks for a type depends on these conditions. */
export class ConditionalTypes<T> {
  private readonly byType = new Map<string, Array<{ readonly one: T; readonly exists: () => boolean }>>();

  add(type: string, one: T, exists: () => boolean): void {
    addTo(this.byType, type, { one, exists });
  }

  /** Lets the conditions of some types count as asked. */
  ask(types: Iterable<string> = this.types): void {
    for (const type of types) {
      this.byType.get(type)?.forEach(({ exists }) => exists());
    }
  }

  get types(): string[] {
    return [...this.byType.keys()];
  }

  /** All of them, whether they exist or not. */
  get all(): T[] {
    return [...this.byType.values()].flatMap((some) => some.map(({ one }) => one));
  }
}
