import { Resolved } from '../values/resolved';
import { Text } from '../values/text';

/** A taint that keeps pods away which do not tolerate it. The key and the effect are undefined if they are known only at deployment. */
export interface Taint {
  readonly key?: Text;
  readonly value?: Resolved;
  /** In lower case, such as `noschedule`. */
  readonly effect?: string;
}

/** What decides which pods run on nodes. @see https://kubernetes.io/docs/concepts/scheduling-eviction/ */
export interface NodeProperties {
  /** Those that are known. Nodes can have others. */
  readonly labels?: ReadonlyMap<string, Text>;
  readonly taints?: readonly Taint[];
}
