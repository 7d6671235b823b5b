import { Clock } from '../../../lib/kubernetes/function/clock';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that starts at 0, and goes on to the next time at which somebody wakes up as soon as there is nothing else to do. */
export class TestClock implements Clock {
  private time = 0;
  private readonly sleepers: Sleeper[] = [];

  public now(): number {
    return this.time;
  }

  public sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      this.sleepers.push({ until: this.time + milliseconds, wake });
      setImmediate(() => this.wakeNext());
    });
  }

  private wakeNext(): void {
    this.sleepers.sort((one, other) => one.until - other.until);
    const { until, wake } = this.sleepers.shift()!;
    this.time = until;
    wake();
  }
}
