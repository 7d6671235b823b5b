/** What happens in a sequence, to be read by whoever looks into a violation. */
export class Story {
  public readonly steps: string[] = [];

  public tell(step: string): void {
    this.steps.push(step);
  }
}

/** The function has done what the model says it never does. */
export class Violation extends Error {
  constructor(public readonly of: string, details: string[]) {
    super(`${of}\n${details.map((each) => `    ${each}`).join('\n')}`);
  }
}
