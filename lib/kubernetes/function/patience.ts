import { setTimeout } from 'node:timers/promises';
import type { Limits } from './limits';
import { natureOf } from './nature';

export interface InsistOptions {
  /** Whether the set itself defines the namespace or kind that is missing in case of a 404. */
  readonly brings?: boolean;
  /** Whether a 401, 403 or 404 is thrown at once, because there will be another attempt. */
  readonly deferred?: boolean;
}

/** Retries failed work that can still succeed, for as long as the nature of each failure allows. */
export class Patience {
  private readonly start = Date.now();
  /** The time since when access is denied, for any request. */
  private refusedSince?: number;

  /**
   * @param until the end of all attempts, in milliseconds since 1970.
   * @param again called with the error before each retry. It throws to stop the retries.
   */
  constructor(private readonly until: number, private readonly limits: Limits, private readonly again?: (error: unknown) => Promise<void>) {}

  /** The time until the end, in milliseconds; negative after it. */
  public get left(): number {
    return this.until - Date.now();
  }

  public async insist<T>(work: () => Promise<T>, { brings, deferred }: InsistOptions = {}): Promise<T> {
    const begun = Date.now();
    for (let tries = 1; ; tries++) {
      this.checkTime();
      try {
        const result = await work();
        this.refusedSince = undefined;
        return result;
      } catch (error) {
        const nature = natureOf(error);
        if (nature === 'access') {
          this.refusedSince ??= Date.now();
        }
        const pause = Math.min(100 * 2 ** (tries - 1), 5_000) * (0.75 + Math.random() / 2);
        const end = {
          final: 0,
          stale: 0,
          passing: this.until,
          access: deferred ? 0 : Math.min((this.refusedSince ?? 0) + this.limits.access, this.until),
          arrival: brings && !deferred ? Math.min(begun + this.limits.arrival, this.until) : 0,
        }[nature];
        if (end === 0) {
          throw error;
        }
        if (Date.now() + pause > end) {
          throw new TriedInVain(error as Error, tries, Date.now() - begun);
        }
        await this.again?.(error);
        await setTimeout(pause);
      }
    }
  }

  /** The same with an earlier end. */
  public within(milliseconds: number): Patience {
    return new Patience(Math.min(this.until, Date.now() + milliseconds), this.limits, this.again);
  }

  /** Waits for a moment, or throws an error if the time is over. */
  public async pause(why: string, milliseconds = 500): Promise<void> {
    if (Date.now() + milliseconds > this.until) {
      throw new Error(`${why}: waited ${seconds(Date.now() - this.start)}`);
    }
    await setTimeout(milliseconds);
  }

  /** No request starts after the end. A request that is in progress then has its own limit. */
  private checkTime(): void {
    if (Date.now() >= this.until) {
      throw new NoTime(`the time limit was reached after ${seconds(Date.now() - this.start)}`);
    }
  }

  /** Waits after a conflict, so that whoever changed the object can finish first. */
  public async stepAside(name: string): Promise<void> {
    await this.pause(`${name} is constantly changed by others`, 50 + Math.random() * 100);
  }
}

/** The time of the event is over. */
export class NoTime extends Error {}

/** The error of the last of several attempts. */
export class TriedInVain extends Error {
  constructor(cause: Error, public readonly tries: number, public readonly elapsed: number) {
    super(`${cause.message} (tried ${tries} ${tries === 1 ? 'time' : 'times'} in ${seconds(elapsed)})`, { cause });
  }
}

const seconds = (milliseconds: number) => `${Math.max(1, Math.round(milliseconds / 1000))} s`;

/** Runs work for each item, at most ten at a time. All errors are thrown together, in the order of the items. */
export async function forEach<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const failures: Error[] = [];
  const left = [...items.entries()];
  await Promise.all(Array.from({ length: 10 }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [i, item] = next;
      await work(item).catch((error) => { failures[i] = error; });
    }
  }));
  const errors = failures.filter(Boolean);
  if (errors.length > 0) {
    throw errors.find((error) => error instanceof Stopped) ?? new Several(errors);
  }
}

/** Another invocation has taken over. Code that gets this error must stop and undo nothing. */
export class Stopped extends Error {}

/** Several errors in one message: one line for each, without duplicates. */
export class Several extends Error {
  constructor(public readonly errors: Error[]) {
    super([...new Set(errors.map(({ message }) => message))].join('\n'));
  }
}
