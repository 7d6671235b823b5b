import { Nodes, Pods } from '../assignments/principal';
import { WayIntoCluster } from '../decisions/principals/way-into-cluster';
import { KeyHolders } from '../model/identities';
import { Model, Role } from '../model/model';
import { Reach } from '../reach/credentials';

/** One of the two assemblies that are compared, in one assignment of its conditions. */
export interface Side {
  /** The conditions and their values; empty if the templates have no conditions that matter. */
  readonly label: string;
  readonly model: Model;
  /** The resources of its templates, and whether each may stay where it leaves its template. */
  readonly resources: ReadonlyMap<string, boolean>;
  readonly principals: readonly ComparedPrincipal[];
  readonly ways: readonly ComparedWay[];
}

/** How whoever has the credentials of a role, or some pods, might act in a cluster. With neither, the way is open to everyone. */
export interface ComparedWay {
  readonly role?: Role;
  readonly pods?: KeyHolders;
  readonly way: WayIntoCluster;
}

/** The pods of a service account or a workload, or the nodes of a nodegroup. */
export interface ComparedPrincipal {
  /** Undefined for pods that the templates do not show. Their changes are left out where others have the same. */
  readonly principal?: Pods | Nodes;
  /** Identifies them in their cluster. */
  readonly key: string;
  /** Identifies their cluster in one assembly. */
  readonly clusterKey: string;
  /** For messages, such as `pods of service account default/reader`. */
  readonly name: string;
  /** The `key` of the service account of a workload. */
  readonly accountKey?: string;
  readonly reach: Reach;
}
