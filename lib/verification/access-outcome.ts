/** The answer to the question whether a principal is allowed to do something. */
export enum AccessOutcome {
  /** AWS allows it. */
  ALLOWED = 'ALLOWED',
  /** AWS denies it. */
  DENIED = 'DENIED',
  /** The answer depends on something that the templates do not show. `AccessDecision.missing` lists it. */
  UNKNOWN = 'UNKNOWN',
}
