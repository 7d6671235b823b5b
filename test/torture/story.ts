/** The steps of a sequence, to investigate violations. */
export class Story {
  public readonly steps: string[] = [];

  public tell(step: string): void {
    this.steps.push(step);
  }
}

/** The function behaved differently than the model. */
export class Violation extends Error {
  constructor(public readonly of: string, details: string[]) {
    super(`${of}\n${details.map((each) => `    ${each}`).join('\n')}`);
  }
}
