/** The lowest severity of a violation that fails the synthesis. Notes never fail it. */
export enum FailOn {
  /** Only errors: access that is broken, or open to every pod. */
  ERROR = 'ERROR',
  /** Errors and warnings. Warnings are about access that is broader than it should be. */
  WARNING = 'WARNING',
  /** Nothing fails the synthesis. */
  NONE = 'NONE',
}

/** A violation of a rule that you accept. */
export interface AcknowledgedViolation {
  /** The ID of the rule, such as `reachable-node-role`. */
  readonly ruleId: string;
  /**
   * The path of the construct of the resource, such as `Stack/Cluster/Nodes/Resource`, or of a construct that contains it. If the template does not
   * have the paths of constructs, `<template>/<logical ID>` of the resource.
   */
  readonly constructPath: string;
  /** Why you accept it. */
  readonly reason: string;
}

/** Properties of `PodAccessPlugin`. */
export interface PodAccessPluginProps {
  /**
   * The lowest severity of a violation that fails the synthesis. Less severe violations are only reported.
   * @default FailOn.ERROR
   */
  readonly failOn?: FailOn;
  /**
   * Violations that you accept. An entry that accepts nothing is reported: as an error if there is no such construct, and otherwise as a warning.
   * @default - none
   */
  readonly acknowledged?: AcknowledgedViolation[];
  /**
   * A folder for SARIF files with the violations, which code scanning of GitHub can show: `app.sarif` has those of the stacks of the app, and a file
   * such as `assembly-Prod.sarif` those of each stage. A relative path is relative to the folder in which the CDK runs the app. The folder is created
   * if necessary.
   * Files that this plugin wrote for stages that no longer exist are removed.
   *
   * It must be outside the cloud assembly, such as `sarif`, because up to version 2.257 of aws-cdk-lib, a new file in the assembly makes the
   * synthesis fail.
   * @default - no files
   */
  readonly sarifDirectory?: string;
  /**
   * The folder for pages that show who can do what, which any browser opens: `app.html` shows the app with its stages, and a file such as `assembly-Prod.html` one
   * stage. An app whose stacks are all in stages has only the latter. A relative path is relative to the folder in which the CDK runs the app. The folder is created if necessary.
   *
   * It must be outside of the cloud assembly, such as `html`, as `sarifDirectory`.
   * @default - no files
   */
  readonly htmlDirectory?: string;
}
