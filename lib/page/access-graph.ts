/** What the page shows: who can do what, as a graph of four columns. Everything is computed before; the page draws, searches and filters it. */
export interface AccessGraph {
  /** Such as `cdk.out`. For a comparison both folders. */
  readonly title: string;
  /** The version of the library that made it. */
  readonly version: string;
  /** What the answers assume, a sentence each, such as that the clusters have no other nodes. */
  readonly assumed: readonly string[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Findings about the whole app. Those about a node are at the node. */
  readonly findings: readonly GraphFinding[];
  readonly isComparison: boolean;
}

/** The columns, from left to right: nodes of the cluster are in the first one, and whoever a role trusts outside the templates is in the second one. */
export type Column = 'workload' | 'account' | 'role' | 'permission';

/** Whether something was there in only one of two compared assemblies. */
export type Change = 'gained' | 'lost';

/** Something that can be selected. */
export interface GraphNode {
  readonly column: Column;
  /** As the page shows it, such as `reader`. It can be hostile. */
  readonly name: string;
  /** What nodes of the column are grouped by: cluster and namespace of workloads and accounts, stack of roles, service of permissions. */
  readonly group: string;
  /** Such as `Deployment`, `nodegroup`, `service account`, `role`, `permission`. */
  readonly kind: string;
  /** Whether no template defines it. */
  readonly isElsewhere: boolean;
  /** What the page shows if it is selected: a label and a text each, such as the namespace, the ARN, the actions. The search covers them. */
  readonly facts: ReadonlyArray<readonly [label: string, text: string]>;
  /** Where the templates define it, such as `App.template.json: Reader/Role`. */
  readonly places: readonly string[];
  readonly findings: readonly GraphFinding[];
  /** A command that answers an exact question about it, or undefined. */
  readonly command?: string;
  /**
   * Of workloads and accounts: all edges by which it gets credentials, directly and by role chaining, by their index in `AccessGraph.edges`. They do not follow from
   * the edges alone: a workload can get less than its service account, and a role may lead to another one for some who have its credentials, and not for others.
   */
  readonly reaches?: readonly number[];
  readonly change?: Change;
}

/**
 * From a node to one of a later column, or from a role to one that it leads to. Nodes are named by their index in `AccessGraph.nodes`. Several edges can join the
 * same nodes, such as one for what is allowed, and one for what is denied.
 */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** How: `IRSA`, `EKS Pod Identity`, `instance metadata`, `role chaining`, or others, or empty. */
  readonly by: string;
  readonly outcome: 'ALLOWED' | 'UNKNOWN' | 'DENIED';
  /** Why, a sentence or a line of a policy each. */
  readonly why: readonly string[];
  /** What would settle it, if the outcome is UNKNOWN. */
  readonly settledBy: readonly string[];
  /** Where the templates say so. */
  readonly places: readonly string[];
  readonly change?: Change;
}

/** Something that the reader of the page has to know. */
export interface GraphFinding {
  readonly what: string;
  /** Where, and what to do about it, or empty. */
  readonly settledBy: string;
}
