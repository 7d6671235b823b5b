import { Crack, CRACKS } from './cracks';

/** Statistics of a run. */
export class Counts {
  private readonly numbers = new Map<string, number>();

  public add(what: string, number = 1): void {
    this.numbers.set(what, (this.numbers.get(what) ?? 0) + number);
  }

  public crack(crack: Crack, number = 1): void {
    this.add(`crack: ${CRACKS[crack]}`, number);
  }

  public get(what: string): number {
    return this.numbers.get(what) ?? 0;
  }

  public lines(): string[] {
    return [...this.numbers].sort(([one], [other]) => (one < other ? -1 : 1)).map(([what, number]) => `${String(number).padStart(7)} ${what}`);
  }
}
