/** CloudFormation's time in one sequence. At least a second passes between two events. */
export class Clock {
  private now = Math.floor(Date.now() / 1_000) * 1_000 - START;

  /** Lets so much time pass that CloudFormation stops waiting for answers. */
  public passServiceTimeout(): void {
    this.now += SERVICE_TIMEOUT;
  }

  public tick(): Date {
    this.now += 1_000;
    return new Date(this.now);
  }
}

/** Events start in the recent past, because a sequence has more events than it takes seconds. */
const START = 60_000;

export const SERVICE_TIMEOUT = 1_200_000;
