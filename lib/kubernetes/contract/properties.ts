import type { ExistingObjects } from './existing-objects';
import type { ObjectEntry } from './object-document';

/** The type of the custom resource that applies a set of objects. */
export const RESOURCE_TYPE = 'Custom::KubernetesObjects';

/** The properties of the custom resource. CloudFormation turns every scalar into a string, so that objects travel as JSON. */
export interface Properties {
  /** ARN of the cluster: a replaced cluster has none of the objects. */
  readonly Cluster: string;
  readonly Objects: ObjectEntry[];
  readonly Existing: ExistingObjects;
}
