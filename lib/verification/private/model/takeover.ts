/** A request with which others decide what a program does with its role, without passing the role. */
export interface Takeover {
  readonly action: string;
  /** Whether the request is about the program, and not about something else, such as a task that runs it. */
  readonly isOfProgram?: boolean;
  /** Whether it needs the agent of AWS Systems Manager, for which the role has permissions. */
  readonly takesAgent?: boolean;
}
