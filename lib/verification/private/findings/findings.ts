import { Finding, keyOfFinding } from './finding';
import { GapScope, nameOfPlace } from './gap';
import { AccessPlace } from '../../access-reason';

/** Collects what a reader of a report should know. */
export class Findings {
  private readonly found = new Map<string, Finding>();

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
