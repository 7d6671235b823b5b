import { Text } from './text';
import { Unknown } from './unknown';

/** The pieces of a text, as far as they are known. */
export interface Pieces {
  readonly known: readonly Text[];
  /** Whether these are all. An unknown part that may contain the separator ends them. */
  readonly isComplete: boolean;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-split.html */
export function splitText({ parts }: Text, separator: string): Pieces {
  const known: Text[] = [];
  let piece: Text[] = [];
  for (const [i, part] of parts.entries()) {
    if (part instanceof Unknown) {
      if (mayBeAcross(parts, i, separator, piece)) {
        return { known, isComplete: false };
      }
      piece.push(Text.unknown(part));
      continue;
    }
    const [first, ...rest] = part.split(separator);
    piece.push(Text.of(first));
    for (const next of rest) {
      known.push(Text.join(piece));
      piece = [Text.of(next)];
    }
  }
  return { known: [...known, Text.join(piece)], isComplete: true };
}

/** Whether a separator may be in an unknown part, or start in the literal at the end of the piece before it. */
function mayBeAcross(parts: Text['parts'], i: number, separator: string, piece: readonly Text[]): boolean {
  const before = piece.at(-1)?.literal ?? '';
  const starts = Array.from({ length: separator.length }, (_, length) => length).filter((length) => before.endsWith(separator.slice(0, length)));
  return starts.some((length) => mayEnd(parts, i, separator.slice(length), length > 0));
}

/** Whether the rest of a separator may be at a part. If it did not start before, the part must have some of it. */
function mayEnd(parts: Text['parts'], i: number, rest: string, hasStarted: boolean): boolean {
  const part = parts[i];
  if (rest === '') {
    return true;
  }
  if (part === undefined) {
    return false;
  }
  if (typeof part === 'string') {
    return part.startsWith(rest) || (rest.startsWith(part) && mayEnd(parts, i + 1, rest.slice(part.length), true));
  }
  for (let length = hasStarted ? 0 : 1; length <= rest.length; length++) {
    if (length > 0 && !part.mayContain(rest[length - 1])) {
      return false;
    }
    if (mayEnd(parts, i + 1, rest.slice(length), true)) {
      return true;
    }
  }
  return false;
}

/** What is between separators in the literals of a text. */
export function wordsOf({ parts }: Text, separators: RegExp): Text[] {
  const words: Text[][] = [[]];
  for (const part of parts) {
    const [first, ...rest] = typeof part === 'string' ? part.split(separators).map((word) => Text.of(word)) : [Text.unknown(part)];
    words.at(-1)!.push(first);
    rest.forEach((word) => words.push([word])); // a long text has more words than a call can have arguments
  }
  return words.map((word) => Text.join(word));
}
