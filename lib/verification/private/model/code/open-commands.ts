import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';

/** Whether only the deployment knows a script, or one of its commands, as a whole. */
export const hasOpenCommand = (script: Text): boolean => isOpen(withoutSpaces(script)) || linesOutsideFiles(script).some(isOpen);

/** Whether nothing is known of a line. One with spaces before it may be the content of a file. */
const isOpen = ({ parts: [first, ...others] }: Text): boolean => first instanceof Unknown && !first.encodes
  && others.every((part) => (typeof part === 'string' ? part.trim() === '' : !part.encodes));

const withoutSpaces = ({ parts: [first = '', ...others] }: Text): Text =>
  Text.join([typeof first === 'string' ? Text.of(first.trimStart()) : Text.unknown(first), ...others.map(Text.ofPart)]);

/** Where the lines of a file start that a script has in it, and what ends them. */
const STARTS_FILE = /<<[-~]?[ \t]*["']?(\w+)/;

/** The lines of a script that are commands, and not the content of a file. */
function linesOutsideFiles(script: Text): Text[] {
  let end: string | undefined;
  return wordsOf(script, /\n/).filter((line) => {
    const isInFile = end !== undefined;
    end = isInFile ? (line.literal?.trim() === end ? undefined : end) : STARTS_FILE.exec(`${line}`)?.[1];
    return !isInFile;
  });
}
