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

/**
 * ARNs that a pattern certainly stands for, besides others: those of one account, if it is a wildcard. A wildcard at the end of a part can also match colons, so that an
 * ARN of another type could match, with this one in its name.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards
 */
export function inParts(pattern: Text, account: Text): Text {
  const parts = wordsOf(pattern, /:/);
  return parts.length < PARTS ? pattern : Text.join(parts.map((part, i) => {
    const [wildcard, ...rest] = part.parts;
    const isWild = i < PARTS - 1 && rest.length === 0 && wildcard instanceof Unknown && wildcard.isOfPattern;
    const within = () => Text.unknown(new Unknown(`${part.key} without colons`, { label: part.toString(), isOfPattern: true, excludes: COLON }));
    return !isWild ? part : i === PARTS - 2 ? account : within();
  }), COLON);
}
