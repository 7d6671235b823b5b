import { AsyncLocalStorage } from 'node:async_hooks';
import { PassageOptions, Proxy } from './proxy';
import type { OnEventRequest } from '../../lib/kubernetes/function/event';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';
import type { Limits } from '../../lib/kubernetes/function/limits';

export type Outcome =
  | { readonly is: 'answered'; readonly id: string }
  | { readonly is: 'failed'; readonly message: string }
  | { readonly is: 'killed' };

export interface InvocationOptions extends PassageOptions {
  readonly limits?: Limits;
}

export interface Invocation {
  readonly outcome: Outcome;
  readonly requests: string[];
  readonly logged: string[];
}

/** The log of the current invocation, separate from concurrent invocations. */
const saying = new AsyncLocalStorage<string[]>();

/** Runs the function in this process. Each invocation has its own passage through the proxy. */
export class Lambda {
  private readonly log = console.log;

  constructor(private readonly proxy: Proxy, private readonly limits: Limits) {
    console.log = (...words) => {
      const said = saying.getStore();
      return said ? void said.push(words.join(' ')) : this.log(...words);
    };
  }

  /** Restores console.log. */
  public stop(): void {
    console.log = this.log;
  }

  public async invoke(event: OnEventRequest, { limits = this.limits, ...options }: InvocationOptions = {}): Promise<Invocation> {
    const passage = await this.proxy.open(options);
    const logged: string[] = [];
    const running = saying.run(logged, () => {
      // the function reads these variables only at its start
      process.env.CLUSTER_ENDPOINT = passage.endpoint;
      process.env.CLUSTER_CERTIFICATE_AUTHORITY = this.proxy.certificateAuthority;
      try {
        return handlerWithin(limits)(event);
      } finally {
        delete process.env.CLUSTER_ENDPOINT;
      }
    });
    const ended = running.then(
      ({ PhysicalResourceId: id }): Outcome => ({ is: 'answered', id }),
      (error: Error): Outcome => ({ is: 'failed', message: error.message }),
    ).finally(() => passage.close());
    const outcome = await Promise.race([ended, passage.killed.then((): Outcome => ({ is: 'killed' }))]);
    return { outcome, requests: passage.requests, logged };
  }
}
