import { CodeWrite } from './code/code-write';
import { Text } from '../values/text';

/** How AWS delivers events with a role of the receiver or of what delivers them. The policies of other receivers name the service. */
export interface Events {
  readonly deliveries: readonly Delivery[];
  readonly rules: readonly EventRule[];
}

/** What hands events over from one resource to another one, by their ARNs or names. */
export interface Delivery {
  /** Undefined if it is not a resource of AWS, or if `service` or `requests` say what sends. */
  readonly from?: Text;
  /** The service that delivers, if the ARN of `from` does not show it. */
  readonly service?: string;
  /** The only requests with which others make it deliver, if they are known. */
  readonly requests?: readonly CodeWrite[];
  /** What everyone can make it deliver through, without a permission, for messages. */
  readonly anyone?: string;
  readonly to: Text;
  /** Whether it hands nothing of the events on, but an input of its own. */
  readonly isFixed?: boolean;
}

/** A rule of Amazon EventBridge. */
export interface EventRule {
  readonly arn: Text;
  readonly bus: Text;
  /** Whether events match it. Otherwise, it only has a schedule. */
  readonly hasPattern: boolean;
  /** The services of AWS whose events match it, as far as its pattern names some. */
  readonly services: readonly string[];
  /** Whether the events of these services alone match it. */
  readonly isOnlyOfServices: boolean;
  /** The buckets that its pattern names, by their ARNs; undefined if it names none. */
  readonly buckets?: readonly Text[];
}
