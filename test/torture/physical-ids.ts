import type { SetName } from './record';
import type { UpdateResult } from './sets';
import { Violation } from './story';

/** The IDs by which CloudFormation knows sets. */
export class PhysicalIds {
  private readonly current = new Map<SetName, string>();
  private readonly all = new Set<string>();

  public of(set: SetName): string | undefined {
    return this.current.get(set);
  }

  /** Whether a set ever had the ID. CloudFormation generates other IDs. */
  public isKnown(id: string): boolean {
    return this.all.has(id);
  }

  /** Checks the ID in an answer, and assigns it to the set. */
  public answer(set: SetName, before: string | undefined, now: string, change: UpdateResult['id']): void {
    if (now !== before && this.all.has(now)) {
      throw new Violation('an id repeats', [now]);
    }
    if (change === 'new' && now === before) {
      throw new Violation(`Update of ${set} keeps the id`, [now]);
    }
    if (change === 'same' && now !== before) {
      throw new Violation(`Update of ${set} changes the id`, [`${before} -> ${now}`]);
    }
    this.all.add(now);
    this.current.set(set, now);
  }

  /** Restores the ID of a set after a rollback by a Delete alone. */
  public goBack(set: SetName, id: string): void {
    this.current.set(set, id);
  }
}
