import { nearestName } from '../../private/nearest-name';

/** In a shorter word, a single character often makes another name, such as `team-a` and `team-b`, or `eu` and `us`. */
const SHORTEST_WORD = 5;

/**
 * Whether a name may be a misspelling of another one: one of its words has one typing error, or only the characters between its words
 * differ. Names such as `reader-1` and `reader-2`, `leader` and `reader`, or `workera` and `workerb` differ on purpose.
 */
export function isMisspelling(written: string, meant: string): boolean {
  const [words, others] = [written, meant].map((name) => name.split(/[-.]/));
  const differing = words.flatMap((word, i) => (word === others[i] ? [] : [[word, others[i] ?? '']]));
  if (words.length === others.length && differing.length === 1) {
    return isMisspelledWord(differing[0][0], differing[0][1]);
  }
  return written !== meant && !/\d/.test(written) && typingErrors(written, meant) === 0;
}

function isMisspelledWord(written: string, meant: string): boolean {
  const isLongWord = [written, meant].every((word) => word.length >= SHORTEST_WORD && !/\d/.test(word));
  const isOtherLetterAtEnd = written.length === meant.length && written.at(-1) !== meant.at(-1);
  return isLongWord && written[0] === meant[0] && !isOtherLetterAtEnd && typingErrors(written, meant) === 1;
}

const typingErrors = (written: string, meant: string) => nearestName(written, [meant])?.errors;
