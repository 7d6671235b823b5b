/** CloudFormation's time in one sequence: a second or more passes between any two events. */
export class Clock {
  private now = Math.floor(Date.now() / 1_000) * 1_000 - START;

  /** CloudFormation waits for no answer any more. */
  public passServiceTimeout(): void {
    this.now += SERVICE_TIMEOUT;
  }

  public tick(): Date {
    this.now += 1_000;
    return new Date(this.now);
  }
}

/** Events are of the recent past: a sequence has more of them than it takes seconds. */
const START = 60_000;

export const SERVICE_TIMEOUT = 1_200_000;
