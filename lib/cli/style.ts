import { printable } from '../verification/internal/printable';

/** How wide text is, and whether it has colors. */
export interface Style {
  readonly width: number;
  readonly isColored: boolean;
}

/** For what is no terminal: a file, a pipe, or a comment of a pull request. */
export const PLAIN: Style = { width: 100, isColored: false };

const NARROWEST = 40;

/**
 * The style of a terminal, or of what output goes to in its place.
 *
 * @see https://no-color.org
 */
export function styleOf({ isTTY = false, columns = PLAIN.width }: { isTTY?: boolean; columns?: number }, { NO_COLOR = '', TERM }: NodeJS.ProcessEnv): Style {
  return isTTY ? { width: columns > 0 ? Math.max(columns, NARROWEST) : PLAIN.width, isColored: NO_COLOR === '' && TERM !== 'dumb' } : PLAIN;
}

const COLORS = { bold: [1, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

/** A line in a color, if the style has colors. */
export function paint(color: keyof typeof COLORS, line: string, { isColored }: Style): string {
  const [on, off] = COLORS[color];
  return isColored ? `\u001b[${on}m${line}\u001b[${off}m` : line;
}

/** Further in than any other line of a report begins, so that a name in a template cannot add a line that looks like one. */
const CONTINUED = 6;

/**
 * A sentence as lines that fit the width. A word that does not fit stays whole, so that people can copy it.
 *
 * @param indent the spaces before the first line.
 * @param continued those before the others, in addition.
 */
export function wrapped(sentence: string, { width }: Style, indent = 0, continued = CONTINUED): string[] {
  const lines = [''];
  for (const word of printable(sentence).split(' ')) {
    const before = ' '.repeat(lines.length === 1 ? indent : indent + continued);
    const last = lines[lines.length - 1];
    if (last === '') {
      lines[lines.length - 1] = `${before}${word}`;
    } else if (last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(`${' '.repeat(indent + continued)}${word}`);
    }
  }
  return lines;
}
