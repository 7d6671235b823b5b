import { parseArgs } from 'node:util';
import { Failure } from '../local-aws/commands';

/** What npm start can be told. */
export interface Options {
  /** Whether all of it stays until Ctrl-C. */
  readonly keep: boolean;
  /** Whether it only says what it can be told. */
  readonly help: boolean;
  /** What the CDK CLI is told. */
  readonly cdkArgs: string[];
}

export const HELP = `npm start                          deploys IrsaTestStack to a local AWS and shows who may do what
npm start -- --keep                leaves all of it up until Ctrl-C
npm start -- -c <name>=<value>     with a context value of the stack, such as podImdsAccess=true

Where "npm run kubernetes" has built one, the cluster is a real Kubernetes.`;

/** Throws a Failure for what it does not know, lest a misspelt option goes unnoticed. */
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
    return { keep, help, cdkArgs: context.flatMap((value) => ['-c', value]) };
  } catch (error) {
    throw new Failure(`${(error as Error).message}\n\n${HELP}`);
  }
}
