import { createHash } from 'node:crypto';
import { Text } from '../values/text';

/** Printable ASCII without what separates the words of a line, or quotes them. */
const BARE = /^[!$%&'()*+\-./0-9:;<=>?@A-Z\\^_`a-z{|}~]+$/;

/**
 * One word of a line. What could look like several words, like another line or like nothing is quoted, with escapes for all that is not printable ASCII, so that
 * two values never have the same word. A word never contains `#`, with which reasons start.
 */
export const word = (value: string): string => (BARE.test(value) ? value : quotedWord(value));

/** A name, of which no part can look like the next word of `<namespace>/<name>`. */
export function nameWord(text: Text): string {
  const name = uniqueText(text);
  return name.includes('/') ? quotedWord(name).replaceAll('/', '\\u{2f}') : word(name);
}

const quotedWord = (value: string) =>
  JSON.stringify(value).replace(/[^\x20-\x7e]|#/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);

/** A text. */
export const textWord = (text: Text): string => word(uniqueText(text));

/** Names what only the deployment knows by its template and logical ID, or by its environment, so that two texts are written alike only if they are the same. */
export const uniqueText = ({ parts }: Text): string =>
  parts.map((part) => (typeof part === 'string' ? Text.keyOf(part) : `\${${part.id.replaceAll(NO_ENVIRONMENT, '').replaceAll(OWN_FOLDER, 'aws://')}}`)).join('');

/** How values of the environment start in most apps, which would fill the lines. Nothing else is called `AWS::AccountId`, or starts with `aws://`. */
const NO_ENVIRONMENT = '.:aws://unknown-account/unknown-region/';
const OWN_FOLDER = '.:aws://';

/** Stands for something that is not read: it changes if that changes. */
export const hashWord = (content: string): string => createHash('sha256').update(content).digest('base64url');
