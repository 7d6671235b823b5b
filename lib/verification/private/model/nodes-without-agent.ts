import { NodeProperties } from './node-properties';

/** Nodes that do not have the EKS Pod Identity agent. */
export interface NodesWithoutAgent extends NodeProperties {
  /** Why pods that can run there may get no credentials from an agent. */
  readonly why: string;
  /** Whether they are no nodes of Amazon EC2. */
  readonly isHybrid?: boolean;
}
