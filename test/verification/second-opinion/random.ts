/** Choices that are the same for the same seed. */
export class Random {
  constructor(private state: number) {}

  /** At least 0, and less than 1: the generator of Lehmer. */
  private next(): number {
    this.state = (this.state * 48_271) % 2_147_483_647;
    return this.state / 2_147_483_647;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  oneOf<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)];
  }

  some<T>(choices: readonly T[], least: number, most: number): T[] {
    return Array.from({ length: this.integer(least, most) }, () => this.oneOf(choices));
  }

  /** A single choice as it is or in a list, or several. Policies allow all of that. */
  oneOrMore<T>(choices: readonly T[]): T | T[] {
    return this.chance(0.4) ? this.oneOf(choices) : this.some(choices, 1, 3);
  }
}
