import { main } from '../../lib/cli/command-line';

/** What the command answers to its arguments. */
export function run(...args: string[]) {
  let [out, err] = ['', ''];
  const code = main(args, { out: (text) => out += text, err: (text) => err += text });
  return { code, out, err };
}

/** The result of a command that fails with a message. */
export const refused = (message: string) => ({ code: 2, out: '', err: `cdk-irsa: ${message}\n` });
