import { parseArgs } from 'node:util';
import { KEYS } from './context';
import { Failure } from '../local-aws/commands';

/** Options of npm start. */
export interface Options {
  /** Whether all of it stays until Ctrl-C. */
  readonly keep: boolean;
  /** Whether to show only the help. */
  readonly help: boolean;
  /** Arguments for the CDK CLI. */
  readonly cdkArgs: string[];
}

export const HELP = `npm start                          deploys IrsaTestStack to a local AWS and shows who may do what
npm start -- --keep                leaves all of it up until Ctrl-C
npm start -- -c <key>=<value>      sets a context value of the stack; can be repeated
npm start -- --help                shows this help

Context keys, which npx cdk synth and npx cdk deploy also accept:
${Object.entries(KEYS).map(([key, { meaning }]) => `  ${key.padEnd(18)} ${meaning}\n`).join('')}
Keys of aws-cdk, such as feature flags, are allowed too.

The cluster is a real Kubernetes if "npm run kubernetes" has built one.`;

/** Throws a Failure for anything else, so that a misspelt option does not go unnoticed. */
export function optionsOf(args: string[]): Options {
  try {
    const { values: { keep, help, context } } = parseArgs({
      args,
      options: {
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        context: { type: 'string', short: 'c', multiple: true, default: [] },
      },
    });
    const unassigned = context.find((value) => !value.includes('='));
    if (unassigned !== undefined) { // the CDK CLI only warns
      throw new Error(`Option '-c, --context' is "${unassigned}", but must be <key>=<value>`);
    }
    return { keep, help, cdkArgs: context.flatMap((value) => ['-c', value]) };
  } catch (error) {
    throw new Failure(`${(error as Error).message}\n\n${HELP}`);
  }
}
