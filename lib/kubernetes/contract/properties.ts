import type { AwaitedCondition } from './awaited-condition';
import type { ExistingObjects } from './existing-objects';
import type { ObjectEntry } from './object-document';

/** The type of the custom resource that applies a set of objects. */
export const RESOURCE_TYPE = 'Custom::KubernetesObjects';

/** The properties of the custom resource. Objects are JSON, because CloudFormation converts every number and boolean to a string. */
export interface Properties {
  /** The ARN of the cluster. If the cluster is replaced, the new cluster has none of the objects. */
  readonly Cluster: string;
  readonly Objects: ObjectEntry[];
  readonly Existing: ExistingObjects;
  /** The URL of the OIDC issuer that the cluster must have, if the app states it. */
  readonly Issuer?: string;
  /** The service accounts with an EKS Pod Identity association, as `namespace/name`. Their pods get credentials without an annotation. */
  readonly PodIdentityAccounts?: string[];
  /** The service accounts for whose credentials the function does not wait, as `namespace/name`. */
  readonly UnprobedAccounts?: string[];
  /** What must hold after the objects were applied. */
  readonly WaitFor?: AwaitedCondition[];
  /** How long that can take, in seconds. @default TIMEOUTS.wait */
  readonly WaitTimeout?: string;
}
