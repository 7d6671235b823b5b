import { Finding } from './finding';
import { Place } from './place';

/** Collects what a reader of a report should know. */
export class Findings {
  private readonly found = new Map<string, Finding>();

  /** The same finding of the same place is listed once. */
  add(id: string, message: string, place?: Place, content?: string): void {
    this.found.set(JSON.stringify([id, message, place]), { id, message, place, ...content !== undefined && { content } });
  }

  get all(): Finding[] {
    return [...this.found.values()];
  }
}
