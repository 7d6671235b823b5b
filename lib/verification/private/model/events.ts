import { Text } from '../values/text';

/** How AWS delivers events with a role of the receiver or of what delivers them. The policies of other receivers name the service. */
export interface Events {
  readonly deliveries: readonly Delivery[];
  readonly rules: readonly EventRule[];
}

/** What hands events over from one resource to another one, by their ARNs or names. */
export interface Delivery {
  /** Undefined if it is not a resource of AWS. */
  readonly from?: Text;
  readonly to: Text;
}

/** A rule of Amazon EventBridge. */
export interface EventRule {
  readonly arn: Text;
  readonly bus: Text;
  /** Whether events match it. Otherwise, it only has a schedule. */
  readonly hasPattern: boolean;
  /** The services of AWS whose events alone match it; undefined if others may match, too. */
  readonly services?: readonly string[];
}
