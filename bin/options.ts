import { parseArgs } from 'node:util';
import { KEYS } from './context';
import { EXAMPLES } from './examples';
import { Example } from './examples/example';
import { Failure } from '../local-aws/commands';

/** Options of npm start. */
export interface Options {
  readonly example: Example;
  /** Whether all of it stays until Ctrl-C. */
  readonly keep: boolean;
  /** Whether to show only the help. */
  readonly help: boolean;
  /** Arguments for the CDK CLI. */
  readonly cdkArgs: string[];
}

export const HELP = `npm start                          deploys IrsaTestStack to a local AWS and shows who may do what
npm start -- --example <name>      shows another example: ${Object.keys(EXAMPLES).slice(1).join(', ')}
npm start -- --keep                leaves all of it up until Ctrl-C
npm start -- -c <key>=<value>      sets a context value of the stack; can be repeated
npm start -- --help                shows this help

Context keys, which npx cdk synth and npx cdk deploy also accept:
${Object.entries(KEYS).map(([key, { meaning }]) => `  ${key.padEnd(19)} ${meaning}\n`).join('')}
Keys of aws-cdk, such as feature flags, are allowed too.

The cluster is a real Kubernetes if "npm run kubernetes" has built one. The example cluster-autoscaler needs it, and has only the key adminPrincipalArn.`;

/** Throws a Failure for anything else, so that a misspelt option does not go unnoticed. */
export function optionsOf(args: string[]): Options {
  try {
    const { values: { example: name, keep, help, context } } = parseArgs({
      args,
      options: {
        example: { type: 'string', default: 'irsa' },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        context: { type: 'string', short: 'c', multiple: true, default: [] },
      },
    });
    const unassigned = context.find((value) => !value.includes('='));
    if (unassigned !== undefined) { // the CDK CLI only warns
      throw new Error(`Option '-c, --context' is "${unassigned}", but must be <key>=<value>`);
    }
    if (!Object.hasOwn(EXAMPLES, name)) {
      throw new Error(`Option '--example' is "${name}", but must be ${Object.keys(EXAMPLES).join(' or ')}`);
    }
    return { example: EXAMPLES[name], keep, help, cdkArgs: context.flatMap((value) => ['-c', value]) };
  } catch (error) {
    throw new Failure(`${withoutHints((error as Error).message)}\n\n${HELP}`);
  }
}

/** Node.js calls a missing value ambiguous if another option follows, and explains values that begin with a dash, which no option here has. */
const withoutHints = (message: string) => message.replace(/^(Option '.*') argument (?:is ambiguous[^]*|missing)$/, '$1 requires a value');
