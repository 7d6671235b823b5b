import { Pods } from '../../assignments/principal';
import { KeyCopy, SomeSecrets } from '../../model/identities';
import { Workload } from '../../model/model';
import { EksWork } from '../../model/rbac/acting-controllers';
import { ClusterId } from '../../values/cluster-id';

/** How pods might act in a cluster: their own, or another one if they get the role of its nodes. */
export interface WayIntoCluster {
  readonly cluster: ClusterId;
  readonly what: string;
  /** What opens it, without the role: `change the image of Pod ops/p`. Undefined if credentials and access entries do, which comparisons look at themselves. */
  readonly opening?: string;
  /** Whether they can also run pods there, with the network of any node. */
  readonly runsPods: boolean;
  /** How to state that it gives nothing, as the end of a message. @default - nothing of its own */
  readonly settledBy?: string;
  /** Whether they only see its objects, and get no tokens. */
  readonly onlyViews?: boolean;
  /** The Secrets that they read. @default - all if they act in the cluster without limits, none otherwise */
  readonly secrets?: SomeSecrets;
  /** The only copies of keys that they see. */
  readonly seen?: readonly KeyCopy[];
  /** The only pods whose credentials they get then. */
  readonly only?: Pods;
  /** What only Amazon EKS does for them, with the role of the cluster. @default - anything if they also run pods */
  readonly byEks?: EksWork;
  /** The only workload whose settings these pods have, if it is known. */
  readonly workload?: Workload;
}
