const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * How long everything may take, in milliseconds, from the inside out. Each limit is longer than the one inside it, so that what times out
 * is reported by what waits for it, and nobody goes on while an event is still at work.
 */
export const TIMEOUTS = {
  /** How long an invocation may write after its last look at the record of its set: only to be sure that nobody has taken it over. */
  look: 8 * SECOND,
  /** How long the API server may take for one write: longer than it waits for a webhook by default. */
  write: 15 * SECOND,
  /** What a successor waits in addition to both, for clocks that differ. */
  margin: 5 * SECOND,
  /** One request to the API server: longer than a write, so that its answer arrives. */
  request: 20 * SECOND,
  /** Until the cluster knows a kind or a namespace that the set itself brings: longer than a request, so that there is a second one. */
  arrival: 30 * SECOND,
  /** Until the cluster accepts the function's role: a new access entry takes longer to arrive than an object. */
  access: 2 * MINUTE,
  /** All that an event asks for: longer than the wait for access, so that there is time to apply the set after it. */
  work: 9 * MINUTE,
  /** The same, and undoing a Create that failed: no Delete reaches the function after it. */
  all: 13 * MINUTE,
  /** The function: a request that starts at the last moment still ends, and the function can say what was wrong. */
  function: 14 * MINUTE,
  /** The function of the provider framework, which waits for ours. The framework sets it, to the most that Lambda allows. */
  framework: 15 * MINUTE,
  /** How long an event may wait in Lambda's queue before the framework's function starts. It comes on top of `framework`. */
  queue: 4 * MINUTE,
  /** CloudFormation: longer than `queue` and `framework` together. By default it would wait an hour for a function that died. */
  service: 20 * MINUTE,
} as const;
