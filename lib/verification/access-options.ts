/** The cluster that you ask about. */
export interface ClusterSelection {
  /**
   * The name of the cluster, its logical ID, or the path of its construct, such as `Dev/Stack/Cluster`. Clusters in different accounts or Regions can have one
   * name, such as those of two stages: the error lists what names each of them. This can also be `<template>/<logical ID>`, or the ARN.
   * @default - the only cluster in the templates; for a trust policy, also the one whose issuer it names; otherwise an error
   */
  readonly cluster?: string;
}

/** A service account: the subject that a trust policy admits, or that a token has. */
export interface SubjectSelection extends ClusterSelection {
  /**
   * The namespace of the service account.
   * @default 'default'
   */
  readonly namespace?: string;
  /** The name of the service account. */
  readonly serviceAccountName: string;
}

/** The pods that you ask about: those of a service account. */
export interface PodSelection extends SubjectSelection {
  /**
   * The ARN of the role in the annotation of the service account, if no template defines the account. For example, a Helm chart creates it.
   * @default - the annotation in the templates
   */
  readonly annotatedRoleArn?: string;
  /**
   * Whether something outside the templates, such as a Helm chart, creates the service account. Otherwise it is an error to ask about an account that no
   * template defines, associates with a role, or names in a trust policy, because pods of a misspelled account would be denied everything.
   * The account `default` is in each namespace.
   * @default false
   */
  readonly definedElsewhere?: boolean;
}

/** The workload whose pods you ask about. */
export interface WorkloadSelection extends ClusterSelection {
  /** The kind of the workload: `Pod`, `Job`, `CronJob`, `Deployment`, `DaemonSet`, or `StatefulSet`. */
  readonly kind: string;
  /**
   * The namespace of the workload.
   * @default 'default'
   */
  readonly namespace?: string;
  /** The name of the workload. */
  readonly name: string;
}

/** The nodegroup whose nodes you ask about. */
export interface NodegroupSelection extends ClusterSelection {
  /** The name of the nodegroup, or its logical ID. */
  readonly nodegroupName: string;
}

/** What you ask about an action. */
export interface AccessOptions {
  /**
   * The ARN of the resource. It can contain tokens of the stack, such as `bucket.bucketArn`. With the wildcards `*` and `?`, it stands for all resources that match.
   * Without the app, name a resource of the templates by the path of its construct or by its logical ID, and a part of it by what follows, such as `Stack/Bucket/*`.
   * @default - any resource: `ALLOWED` means on at least one, and `DENIED` on every one of the templates, because the policies of others are not known;
   * `assertAllowed` requires a resource unless the action takes none
   */
  readonly resource?: string;
  /**
   * Values of condition keys that the request has, such as `{ 's3:prefix': ['reports/'] }`.
   * @default - only the keys that every session of the role has
   */
  readonly context?: { readonly [key: string]: string[] };
  /**
   * Whether the action can be one that AWS did not document when this version was released. Otherwise such an action is an error, because an action that
   * does not exist is denied everywhere.
   * @default false
   */
  readonly undocumentedAction?: boolean;
}
