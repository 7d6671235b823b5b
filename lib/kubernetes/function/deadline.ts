import { Clock, CLOCK } from './clock';
import type { Limits } from './limits';
import { natureOf } from './nature';

export interface RetryOptions {
  /** Whether the work may depend on other objects of the set, such as its namespace, so that a 404 means that these do not exist yet. */
  readonly mayDependOnSet?: boolean;
  /** Whether a 401, 403 or 404 is thrown at once, because there will be another attempt. */
  readonly hasLaterAttempt?: boolean;
}

interface DeadlineOptions {
  /** Called with the error before each retry. It throws to stop the retries. */
  readonly beforeRetry?: (error: unknown) => Promise<void>;
  /** @default - the real time */
  readonly clock?: Clock;
}

/** The time until which work is done. Retries failed work that can still succeed, for as long as the nature of each failure allows. */
export class Deadline {
  private readonly clock: Clock;
  private readonly start: number;
  /** The time since when access is denied, for any request. */
  private refusedSince?: number;

  /** @param until the end of all attempts, in milliseconds since 1970. */
  constructor(private readonly until: number, private readonly limits: Limits, private readonly options: DeadlineOptions = {}) {
    this.clock = options.clock ?? CLOCK;
    this.start = this.clock.now();
  }

  /** The time until the end, in milliseconds; negative after it. */
  public get left(): number {
    return this.until - this.clock.now();
  }

  /** The time since the start, in milliseconds. */
  public get elapsed(): number {
    return this.clock.now() - this.start;
  }

  public async retry<T>(work: () => Promise<T>, { mayDependOnSet, hasLaterAttempt }: RetryOptions = {}): Promise<T> {
    const begun = this.clock.now();
    for (let tries = 1; ; tries++) {
      this.checkTime();
      try {
        const result = await work();
        this.refusedSince = undefined;
        return result;
      } catch (error) {
        const nature = natureOf(error);
        if (nature === 'access') {
          this.refusedSince ??= this.clock.now();
        }
        const pause = Math.min(100 * 2 ** (tries - 1), 5_000) * (0.75 + Math.random() / 2);
        const end = {
          final: 0,
          stale: 0,
          passing: this.until,
          access: hasLaterAttempt ? 0 : Math.min((this.refusedSince ?? 0) + this.limits.access, this.until),
          arrival: mayDependOnSet && !hasLaterAttempt ? Math.min(begun + this.limits.arrival, this.until) : 0,
        }[nature];
        if (end === 0) {
          throw error;
        }
        if (this.clock.now() + pause > end) {
          throw new RetriesFailed(error as Error, tries, this.clock.now() - begun);
        }
        await this.options.beforeRetry?.(error);
        await this.sleep(pause);
      }
    }
  }

  /** The same with an earlier end. */
  public within(milliseconds: number): Deadline {
    return new Deadline(Math.min(this.until, this.clock.now() + milliseconds), this.limits, this.options);
  }

  /** Waits, whether or not there is time left. */
  public sleep(milliseconds: number): Promise<void> {
    return this.clock.sleep(milliseconds);
  }

  /** Waits for a moment, or throws an error if the time is over. */
  public async pause(why: string, milliseconds = 500): Promise<void> {
    if (this.left < milliseconds) {
      throw new Error(`${why}: waited ${seconds(this.elapsed)}`);
    }
    await this.sleep(milliseconds);
  }

  /** No request starts after the end. A request that is in progress then has its own limit. */
  private checkTime(): void {
    if (this.left <= 0) {
      throw new TimeLimitReached(`the time limit was reached after ${seconds(this.elapsed)}`);
    }
  }

  /** Waits after a conflict, so that whoever changed the object can finish first. */
  public async pauseAfterConflict(name: string): Promise<void> {
    await this.pause(`${name} is constantly changed by others`, 50 + Math.random() * 100);
  }
}

/** The time of the event is over. */
export class TimeLimitReached extends Error {}

/** The error of the last of several attempts. */
export class RetriesFailed extends Error {
  /** Such as `(tried 3 times in 2 s)`. */
  public readonly attempts: string;

  constructor(cause: Error, tries: number, elapsed: number) {
    const attempts = `(tried ${tries} ${tries === 1 ? 'time' : 'times'} in ${seconds(elapsed)})`;
    super(`${cause.message} ${attempts}`, { cause });
    this.attempts = attempts;
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
    throw errors.find((error) => error instanceof Stopped) ?? new SeveralErrors(errors);
  }
}

/** Another invocation has taken over. Code that gets this error must stop and undo nothing. */
export class Stopped extends Error {}

/** Several errors in one message: one line for each, without duplicates. */
export class SeveralErrors extends Error {
  constructor(public readonly errors: Error[]) {
    super([...new Set(errors.map(({ message }) => message))].join('\n'));
  }
}
