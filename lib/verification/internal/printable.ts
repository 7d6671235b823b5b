/** Control characters, characters that reorder or hide others, and line separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** One line of text. Names in templates could steer the terminal, or look like other lines of a report. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);

/** JSON that is ASCII where a character could steer a terminal, or look like another one. */
export const escapedJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2).split('\n').map(escapedLine).join('\n')}\n`;

/** Each code unit by itself, as JSON requires. */
const escapedLine = (line: string) => line.replace(UNPRINTABLE, (character) =>
  Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''));
