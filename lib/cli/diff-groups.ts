import { AccessChange, AccessChangeKind } from '../verification/access-diff';
import { placeText } from '../verification/internal/place-text';
import { printable } from '../verification/internal/printable';

/** The changes of the same pods, nodes or policies. */
export interface Group {
  readonly affected: readonly string[];
  readonly changes: readonly AccessChange[];
}

/** What was gained first, because that is what a reviewer looks for. */
const ORDER = [AccessChangeKind.GAINED, AccessChangeKind.UNKNOWN, AccessChangeKind.LOST];

/** Puts the changes that affect the same principals or policies together. */
export function groupsOf(changes: readonly AccessChange[]): Group[] {
  const groups = new Map<string, AccessChange[]>();
  for (const change of changes) {
    const key = JSON.stringify(change.affected);
    const known = groups.get(key) ?? [];
    groups.set(key, known);
    known.push(change);
  }
  return [...groups.values()].map((found) => ({
    affected: found[0].affected,
    changes: ORDER.flatMap((kind) => found.filter((change) => change.kind === kind)),
  }));
}

/** A change on one line. */
export const changeText = ({ what, place }: AccessChange): string => oneLine(`${what}${place ? ` (${placeText(place)})` : ''}`);

/** Names in templates can contain line breaks. */
export const oneLine = (text: string): string => printable(text.replace(/\s+/g, ' '));

/** The number of changes of each kind, and whether they broaden access. */
export function conclusion(changes: readonly AccessChange[]): string {
  if (changes.length === 0) {
    return 'Nobody gained or lost access.';
  }
  const [gained, unknown, lost] = ORDER.map((kind) => changes.filter((change) => change.kind === kind).length);
  return `${gained} gained, ${lost} lost, ${unknown} UNKNOWN. Access is ${changes.some(({ broadens }) => broadens) ? 'broader than before' : 'not broader than before'}.`;
}
