import type { ServerResponse } from 'node:http';
import { Random } from './random';

/** A request that the API server does not answer as it should. */
export interface Fault {
  /** The answer instead; if it is undefined, the connection breaks off. */
  readonly status?: number;
  /** Whether the request reaches the API server all the same, so that only its answer is lost. */
  readonly reaches: boolean;
}

const REASONS: { readonly [status: number]: string } = { 429: 'TooManyRequests', 500: 'InternalError', 503: 'ServiceUnavailable', 504: 'Timeout' };
const REFUSED: Fault[] = Object.keys(REASONS).map((status) => ({ status: Number(status), reaches: false }));
const FAULTS: readonly Fault[] = [...REFUSED, { status: 504, reaches: true }, { reaches: false }, { reaches: true }];

/** Lets half of the requests of some sequences fail. */
export class Faults {
  /** @param share the share of the sequences with faults. */
  public static of(seed: number, share: number): Faults | undefined {
    const random = new Random(seed + 500_000); // so that a sequence is the same with and without faults
    return random.chance(share) ? new Faults(random) : undefined;
  }

  private constructor(private readonly random: Random) {}

  public next(): Fault | undefined {
    return this.random.chance(0.5) ? this.random.pick(FAULTS) : undefined;
  }
}

export function answerWith({ status }: Fault, response: ServerResponse): void {
  if (status === undefined) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code: status, reason: REASONS[status], message: 'a fault of the test' }));
}
