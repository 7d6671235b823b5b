import { Finding, keyOfFinding } from './finding';
import { AccessPlace } from '../../access-reason';

/** Collects what a reader of a report should know. */
export class Findings {
  private readonly found = new Map<string, Finding>();

  /** The same finding of the same place is listed once. */
  add(id: string, message: string, place?: AccessPlace, content?: string): void {
    const finding = { id, message, place, ...content !== undefined && { content } };
    this.found.set(keyOfFinding(finding), finding);
  }

  get all(): Finding[] {
    return [...this.found.values()];
  }
}
