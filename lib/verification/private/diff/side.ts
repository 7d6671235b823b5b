import { Model } from '../model/model';
import { Reach } from '../reach/credentials';

/** One of the two assemblies that are compared, in one assignment of its conditions. */
export interface Side {
  /** The conditions and their values; empty if the templates have no conditions that matter. */
  readonly label: string;
  readonly model: Model;
  /** The resources of its templates, and whether each may stay where it leaves its template. */
  readonly resources: ReadonlyMap<string, boolean>;
  readonly principals: readonly ComparedPrincipal[];
}

/** The pods of a service account or a workload, or the nodes of a nodegroup. */
export interface ComparedPrincipal {
  /** Identifies them in their cluster. */
  readonly key: string;
  /** Identifies their cluster in one assembly. */
  readonly clusterKey: string;
  /** For messages, such as `pods of service account default/reader`. */
  readonly name: string;
  /** The `key` of the service account of a workload. */
  readonly accountKey?: string;
  readonly isNodes: boolean;
  /** Whether the templates do not show these pods. Their changes are left out where others have the same. */
  readonly isUnseen?: boolean;
  readonly reach: Reach;
}
