const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * Time limits in milliseconds, from the innermost to the outermost. Each limit is longer than the one inside it, so that whatever waits can
 * report a timeout, and nothing else starts while an event is still in progress.
 */
export const TIMEOUTS = {
  /**
   * How long an invocation can write after it last read the record of its set: after that, another invocation might have taken over the
   * record.
   */
  look: 8 * SECOND,
  /** How long the API server can take for one write: longer than its default timeout for a webhook. */
  write: 15 * SECOND,
  /** How long the next invocation waits in addition to both, to allow for clock differences. */
  margin: 5 * SECOND,
  /** One request to the API server: longer than a write, so that the response arrives. */
  request: 20 * SECOND,
  /** Until the cluster knows a kind or namespace that the set itself defines: longer than a request, so that there is a second attempt. */
  arrival: 30 * SECOND,
  /** The pause before the function tries again what it waits for. */
  pause: 0.25 * SECOND,
  /** Until pods of the service accounts of a set get credentials: longer than `arrival`, so that a request that fails is repeated several times. */
  credentials: MINUTE,
  /** Until the cluster accepts the role of the function: a new access entry takes longer to become effective than an object. */
  access: 2 * MINUTE,
  /** The longest time that `waitFor` can take: long enough for new nodes to pull an image. */
  wait: 5 * MINUTE,
  /**
   * Everything that an event requests: longer than the waits for access, for kinds and namespaces of the set itself, for credentials and of
   * `waitFor` together, so that there is time to apply the set.
   */
  work: 10 * MINUTE,
  /** The same, plus undoing a Create that failed: CloudFormation sends the function no Delete after it. */
  all: 13.5 * MINUTE,
  /** The function: long enough for a request that starts at the last moment to end, and for the function to report the error. */
  function: 14 * MINUTE,
  /** The provider framework function, which waits for ours. The framework sets this timeout to the maximum of Lambda. */
  framework: 15 * MINUTE,
  /** How long an event can wait in the queue of Lambda before the framework function starts. It is in addition to `framework`. */
  queue: 4 * MINUTE,
  /**
   * CloudFormation: longer than `queue` and `framework` together. By default, it would wait an hour for a function that does not respond.
   */
  service: 20 * MINUTE,
} as const;
