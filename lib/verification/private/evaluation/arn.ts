import { Piece } from './matches';
import { Interned } from '../values/interned';
import { wordsOf } from '../values/split';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

const COLON = ':';

/** How many parts an ARN has: `arn:partition:service:region:account:resource`, of which the last can have colons. */
const PARTS = 6;

/**
 * The six parts of an ARN, or undefined if it has fewer, or if an unknown part may have a colon.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function arnParts(pieces: readonly Piece[]): Piece[][] | undefined {
  const parts: Piece[][] = [[]];
  for (const { text, isVariable } of pieces) {
    for (const part of text.parts) {
      if (typeof part !== 'string') {
        if (parts.length < PARTS && part.mayContain(COLON)) {
          return undefined;
        }
        parts[parts.length - 1].push({ text: Text.unknown(part), isVariable });
        continue;
      }
      const split = part.split(COLON);
      const room = PARTS - parts.length;
      const [first, ...others] = [...split.slice(0, room), ...(split.length > room ? [split.slice(room).join(COLON)] : [])];
      parts[parts.length - 1].push({ text: Text.of(first), isVariable });
      others.forEach((other) => parts.push([{ text: Text.of(other), isVariable }]));
    }
  }
  return parts.length === PARTS ? parts : undefined;
}

const known = new Interned<readonly Text[] | undefined>();

/** The six parts of the ARN of a request. */
export const arnTexts = (arn: Text): readonly Text[] | undefined =>
  known.of([arn], () => arnParts([{ text: arn, isVariable: false }])?.map((pieces) => Text.join(pieces.map(({ text }) => text))));

/** Whether a text may be an ARN: its first five colons may be in an unknown part. */
export const mayBeArn = (text: Text): boolean => arnTexts(text) !== undefined || text.unknowns.some((unknown) => unknown.mayContain(COLON));

/** What a pattern with a wildcard in place of the account stands for in one account; undefined if it names the account, or has none. */
export function inAccount(pattern: Text, account: Text): Text | undefined {
  const parts = wordsOf(pattern, /:/);
  const [wildcard, ...rest] = parts[4]?.parts ?? [];
  const isAny = wildcard instanceof Unknown && wildcard.isOfPattern && rest.length === 0;
  return isAny ? Text.join([...parts.slice(0, 4), account, ...parts.slice(5)], ':') : undefined;
}
