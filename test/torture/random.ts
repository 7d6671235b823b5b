const MODULUS = 2 ** 31 - 1;

/** Random choices from a seed, so that a sequence can be repeated. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 7_919 + 1) % (MODULUS - 1) + 1;
    for (let i = 0; i < 10; i++) { // so that neighboring seeds lead to different numbers
      this.next();
    }
  }

  /** From 0 to 1, excluding 1. @see https://en.wikipedia.org/wiki/Lehmer_random_number_generator */
  public next(): number {
    this.state = this.state * 48_271 % MODULUS;
    return (this.state - 1) / (MODULUS - 1);
  }

  /** A whole number from `least` to `most`. */
  public whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  public pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)];
  }

  public shuffle<T>(items: readonly T[]): T[] {
    return items.map((item) => ({ item, at: this.next() })).sort((one, other) => one.at - other.at).map(({ item }) => item);
  }

  /** A random selection of the items in their order. Each is selected with the same probability. */
  public some<T>(items: readonly T[], probability: number): T[] {
    return items.filter(() => this.chance(probability));
  }

  /** An independent generator, for concurrent work. */
  public fork(): Random {
    return new Random(this.whole(0, MODULUS / 2 ** 13));
  }
}
