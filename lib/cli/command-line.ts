import { Command, CommanderError } from 'commander';
import { accessCommand } from './access-command';
import { EXIT } from './exit-codes';
import { exampleOf, exampleOfOption, hintOn } from './hints';
import { Io } from './io';
import { scannableTemplatesCommand } from './scannable-templates-command';
import { packageVersion } from '../verification/internal/package-version';
import { printable } from '../verification/internal/printable';

const HELP_WIDTH = 100;
const EXIT_CODES = `
Exit codes:
  ${EXIT.fine}  the command succeeded
  ${EXIT.broadened}  with --fail-on-broadening: access is broader; with --baseline: access is not what the file says
  ${EXIT.unusable}  wrong usage, or input that cannot be read`;

/** Runs the command with its arguments, and returns its exit code. */
export function main(args: readonly string[], io: Io): number {
  let code: number = EXIT.fine;
  const program = new Command('cdk-irsa')
    .description('Answers, from synthesized templates, which pod on Amazon EKS can do what.')
    .version(packageVersion())
    .exitOverride()
    // errors are written below
    .configureOutput({ writeOut: io.out, writeErr: () => {}, outputError: () => {}, getOutHelpWidth: () => HELP_WIDTH })
    .addHelpText('afterAll', EXIT_CODES);
  const access = accessCommand(io, (result) => code = result);
  for (const command of [access, scannableTemplatesCommand(io)]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  try {
    program.parse(args, { from: 'user' });
    return code;
  } catch (error) {
    return report(error, args, access.options.map(({ long }) => long), io);
  }
}

function report(error: unknown, args: readonly string[], optionsOfAccess: readonly (string | undefined)[], io: Io): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.fine : refuse(usageMessage(error, args, optionsOfAccess), io);
  }
  if (error instanceof Error && error.name === 'Error') {
    return refuse(error.message, io);
  }
  const trace = String(error instanceof Error ? error.stack : error).split('\n').map(printable).join('\n');
  io.err(`cdk-irsa: this is a bug, please report it: ${trace}\n`);
  return EXIT.unusable;
}

function refuse(message: string, io: Io): number {
  io.err(`cdk-irsa: ${printable(message.replace(/\s*\n\s*/g, ' '))}\n`);
  return EXIT.unusable;
}

/** commander prefixes `error: `, and shows help instead of an error where no command is given, or where `help` gets an unknown one. */
function usageMessage({ code, message }: CommanderError, args: readonly string[], optionsOfAccess: readonly (string | undefined)[]): string {
  const [, asked] = args;
  if (code === 'commander.help' && asked === undefined) {
    return 'no command is given: see npx --no cdk-irsa help';
  }
  const text = code === 'commander.help' ? `unknown command '${asked}': see npx --no cdk-irsa help` : message.replace(/^error: /, '');
  if (code === 'commander.missingArgument') {
    return `${text}: for example, ${exampleOf(args)}`;
  }
  if (code === 'commander.optionMissingArgument') {
    return `${text}: for example, ${exampleOfOption(text)}`;
  }
  const [what, unknown] = /^unknown (?:command|option) '([^']*)'/.exec(text) ?? [];
  const hint = unknown === undefined ? undefined : hintOn(unknown, args, optionsOfAccess);
  return hint === undefined ? text : `${what}: ${hint}`;
}
