import { Finding, keyOfFinding } from './finding';
import { GapScope, nameOfPlace } from './gap';
import { AccessPlace } from '../../access-reason';

/** Keeps findings by their keys, in the order in which they were found. */
export interface FoundByKey {
  set(key: string, finding: Finding): unknown;
  values(): Iterable<Finding>;
}

/** Collects what a reader of a report should know. */
export class Findings {
  constructor(private readonly found: FoundByKey = new Map<string, Finding>()) {}

  /** The same finding of the same place is listed once. */
  add(id: string, message: string, place?: AccessPlace, content?: string): void {
    this.addFinding({ id, message, place, ...content !== undefined && { content } });
  }

  /** Adds a finding about something that is not read, but can give or take access. */
  addGap(id: string, message: string, place: AccessPlace, scope: GapScope): void {
    this.addFinding({ id, message, place, gap: { at: nameOfPlace(place), scope } });
  }

  private addFinding(finding: Finding): void {
    this.found.set(keyOfFinding(finding), finding);
  }

  get all(): Finding[] {
    return [...this.found.values()];
  }
}
