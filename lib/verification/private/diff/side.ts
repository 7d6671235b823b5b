import { Principal } from '../assignments/principal';
import { Model } from '../model/model';
import { Reach } from '../reach/credentials';

/** One of the two assemblies that are compared, in one assignment of its conditions. */
export interface Side {
  /** The conditions and their values; empty if the templates have no conditions that matter. */
  readonly label: string;
  readonly model: Model;
  readonly principals: readonly ComparedPrincipal[];
}

/** The pods of a service account or a workload, or the nodes of a nodegroup. */
export interface ComparedPrincipal {
  readonly principal: Principal;
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
