import { main } from '../../lib/cli/command-line';
import { Style } from '../../lib/cli/style';

/** What the command answers to its arguments. */
export const run = (...args: string[]) => runIn(undefined, ...args);

/** The same on a terminal. */
export function runIn(style: Style | undefined, ...args: string[]) {
  let [out, err] = ['', ''];
  const code = main(args, { out: (text) => out += text, err: (text) => err += text, style });
  return { code, out, err };
}

/** The same without line breaks in sentences. */
export const runWide = (...args: string[]) => runIn({ width: Infinity, isColored: false }, ...args);

/** The result of a command that fails with a message. */
export const refused = (message: string) => ({ code: 2, out: '', err: `cdk-irsa: ${message}\n` });
