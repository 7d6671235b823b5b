import { AccessPlace, AccessReason } from '../../access-reason';

/** The maximum number of lines below one reason, to keep explanations short. */
const MOST = 8;

/** The lines of an explanation, in which no step of a chain is twice: a role that another one assumes is got by the steps of that one. */
export class ReasonLines {
  private readonly shown = new Set<string>();

  /** Reasons as lines, without those that are in the explanation already. */
  of(reasons: readonly AccessReason[], depth: number): string[] {
    return reasons.map((reason) => reasonLines(reason, depth)).flatMap((lines) => {
      const text = lines.join('\n');
      const isNew = !this.shown.has(text);
      this.shown.add(text);
      return isNew ? lines : [];
    });
  }
}

/** Reasons as lines, each once. */
export const shownReasons = (reasons: readonly AccessReason[], depth = 1): string[] => new ReasonLines().of(reasons, depth);

/** A reason, and what it follows from. Its place is left out if what it follows from is below that place. */
function reasonLines({ what, place, because = [] }: AccessReason, depth: number): string[] {
  const indent = '  '.repeat(depth);
  const isShownBelow = because.some((inner) => inner.place && place && inner.place.logicalId === place.logicalId);
  const below = shownReasons(because, depth + 1);
  const more = below.length - MOST;
  return [
    `${indent}${what}`,
    ...(place && !isShownBelow ? [`${indent}  at ${shownPlace(place)}`] : []),
    ...(more > 1 ? [...below.slice(0, MOST), `${indent}  and ${more} more lines`] : below),
  ];
}

/** The path of the construct is what the reader wrote; the logical ID is generated. */
function shownPlace({ template, nestedStack, logicalId, path, constructPath }: AccessPlace): string {
  const below = path ? [path] : [];
  return constructPath === undefined || nestedStack !== undefined
    ? `${nestedStack ?? template}: ${[logicalId, ...below].join('.')}`
    : [constructPath, ...below].join(', ');
}
