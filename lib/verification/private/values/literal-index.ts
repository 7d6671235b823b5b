/** Finds what in a list can concern a text, without looking at the whole list: most items of a policy are literals, which concern only equal ones. */
export class LiteralIndex<T> {
  private readonly places = new WeakMap<readonly T[], Places>();

  /** @param literalOf what a literal must equal so that the item can concern it, or undefined if the item can concern others. */
  constructor(private readonly literalOf: (item: T) => string | undefined) {}

  /** The items that can concern one of the literals, in the order of the list, which must not change. */
  candidates(items: readonly T[], literals: readonly string[]): readonly T[] {
    const { ofLiterals, ofOthers } = this.places.get(items) ?? this.placesOf(items);
    const places = [...ofOthers, ...literals.flatMap((literal) => ofLiterals.get(literal) ?? [])];
    return places.sort((one, other) => one - other).map((place) => items[place]);
  }

  private placesOf(items: readonly T[]): Places {
    const ofLiterals = new Map<string, number[]>();
    const ofOthers: number[] = [];
    items.forEach((item, place) => {
      const literal = this.literalOf(item);
      const same = literal === undefined ? ofOthers : ofLiterals.get(literal) ?? [];
      same.push(place);
      if (literal !== undefined) {
        ofLiterals.set(literal, same);
      }
    });
    const places = { ofLiterals, ofOthers };
    this.places.set(items, places);
    return places;
  }
}

interface Places {
  readonly ofLiterals: ReadonlyMap<string, readonly number[]>;
  readonly ofOthers: readonly number[];
}
