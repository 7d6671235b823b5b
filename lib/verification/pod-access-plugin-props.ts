/** From which severity on a violation of a rule fails the synthesis. */
export enum FailOn {
  /** Access is broken, or open to every pod. */
  ERROR = 'error',
  /** Access is broader than it should be, too. */
  WARNING = 'warning',
  /** Nothing fails the synthesis. */
  NONE = 'none',
}

/** A violation of a rule that you accept. */
export interface AcknowledgedViolation {
  /** The rule, such as `reachable-node-role`. */
  readonly rule: string;
  /** The path of the construct of the resource, such as `Stack/Cluster/Nodes/Resource`, or of one that contains it. */
  readonly constructPath: string;
  /** Why you accept it. */
  readonly reason: string;
}

/** What a `PodAccessPlugin` looks at, and what it fails on. */
export interface PodAccessPluginProps {
  /**
   * From which severity on a violation fails the synthesis. Others are reported only.
   * @default FailOn.ERROR
   */
  readonly failOn?: FailOn;
  /**
   * Violations that you accept.
   * @default - none
   */
  readonly acknowledged?: AcknowledgedViolation[];
}
