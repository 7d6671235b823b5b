import { parseArgs } from 'node:util';
import { Failure } from '../../local-aws/commands';

export interface Options {
  readonly sequences: number;
  readonly seed: number;
  readonly kills: number;
  readonly faults: number;
  readonly parallel: number;
}

export const HELP = `npm run torture -- [options]
  --seed <n>        the seed of the first sequence, or of the only one
  --sequences <n>   the number of sequences, each with the next seed; default 2000, or 1 with --seed
  --kills <share>   the probability that an event is killed, from 0 to 1; default 0.2
  --faults <share>  the share of the sequences in which half of the requests fail, from 0 to 1; default 0.05
  --parallel <n>    the number of sequences that run at the same time; default 24`;

/** Throws a Failure for unknown options. */
export function optionsOf(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        sequences: { type: 'string' },
        seed: { type: 'string' },
        kills: { type: 'string', default: '0.2' },
        faults: { type: 'string', default: '0.05' },
        parallel: { type: 'string', default: '24' },
      },
    });
    const number = (name: string, text: string) => {
      if (!/^\d+(\.\d+)?$/.test(text)) {
        throw new Error(`--${name} must be a number`);
      }
      return Number(text);
    };
    return {
      sequences: number('sequences', values.sequences ?? (values.seed === undefined ? '2000' : '1')),
      seed: number('seed', values.seed ?? '1'),
      kills: number('kills', values.kills),
      faults: number('faults', values.faults),
      parallel: number('parallel', values.parallel),
    };
  } catch (error) {
    throw new Failure(`${(error as Error).message}\n\n${HELP}`);
  }
}
