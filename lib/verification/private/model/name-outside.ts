import { Text } from '../values/text';

/** A host of AWS that sends its requests to another. */
export interface NameOutside {
  readonly host: Text;
  /** Another host, or what identifies the target group of a load balancer. */
  readonly to: Text;
  /** The ports of nodes to which a load balancer sends them. Undefined if it is none. */
  readonly ports?: readonly Text[];
  /** Whether the load balancer sends them to addresses, and not to instances. */
  readonly isOfAddresses?: boolean;
}
