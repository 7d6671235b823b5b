import { Stack } from 'aws-cdk-lib';
import type { CfnAddon } from 'aws-cdk-lib/aws-eks';
import { Construct, IConstruct } from 'constructs';
import { knownAddon } from './addon-input';
import { definedAddon } from './defined-addons';
import { POD_IDENTITY_AGENT, VPC_CNI } from './known-addons';
import { IIrsaCluster } from '../../identity';
import { ClusterNodes } from '../../nodes/internal/cluster-nodes';
import { clusterResourceOf } from '../../private/cluster-resource';
import { lazyDependable } from '../../private/lazy-dependable';

/** An add-on to deploy at the right time. */
export interface OrderedAddon {
  readonly addon: Construct;
  readonly addonName: string;
  readonly resource: CfnAddon;
  readonly cluster: IIrsaCluster;
  /** The new role of the add-on. @default - it has none, or an existing role */
  readonly role?: IConstruct;
}

/** Deploys an add-on after what it requires, and either before or after the nodegroups. */
export function orderAddon({ addon, addonName, resource, cluster, role }: OrderedAddon): void {
  const clusterResource = clusterResourceOf(addon, cluster.clusterArn);
  if (clusterResource) {
    resource.node.addDependency(clusterResource); // the name of the cluster can be a literal
  }
  if (role) {
    resource.node.addDependency(role); // with its policies
  }
  if (resource.podIdentityAssociations) {
    resource.node.addDependency(lazyDependable(() => agentBefore(addon, cluster)));
  }
  const nodes = ClusterNodes.of(addon, cluster);
  if (knownAddon(addonName)?.isForNodes) {
    nodes?.addAddon(addon);
  } else if (nodes) {
    resource.node.addDependency(nodes.nodegroupsBefore(addon));
  }
}

/** The agent, unless it is in a stack that is deployed later. */
function agentBefore(addon: Construct, cluster: IIrsaCluster): Construct[] {
  const agent = definedAddon(cluster, POD_IDENTITY_AGENT);
  return agent && [Stack.of(addon), Stack.of(cluster)].includes(Stack.of(agent)) ? [agent] : [];
}

/**
 * Registers that the VPC CNI has a role, so that nodes no longer need its policy.
 *
 * @throws if nodegroups are already defined: their role has the policy, and an omission later would be a change that nobody asked for.
 */
export function useCniRole(addon: Construct, addonName: string, cluster: IIrsaCluster): void {
  const nodes = addonName === VPC_CNI ? ClusterNodes.of(addon, cluster) : undefined;
  const [nodegroup] = nodes?.withNeedlessCniPolicy(addon) ?? [];
  if (nodegroup) {
    throw new Error(`the role of ${nodegroup.node.path} already has the policy of the VPC CNI, which it would not need: `
      + `define the add-on ${VPC_CNI} before nodegroups, for example with addons of the IrsaCluster`);
  }
  nodes?.addCniRole(addon);
}
