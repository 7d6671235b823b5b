import { CfnResource, Stack } from 'aws-cdk-lib';
import { Construct, IConstruct, IDependable } from 'constructs';
import { clusterResourceOf } from '../../private/cluster-resource';
import { isInTree } from '../../private/in-tree';
import { lazyDependable } from '../../private/lazy-dependable';

const OF_RESOURCE = new WeakMap<CfnResource, ClusterNodes>();

/**
 * The nodegroups of a cluster that this app defines, and the add-ons that its nodes require. Neither knows the other, but the order of their
 * deployment matters: nodes become ready only with a network plugin, and the Deployments of other add-ons only with nodes.
 *
 * @see https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3260
 */
export class ClusterNodes {
  /** The nodes of a cluster; undefined if this app does not define the cluster, so that it cannot know what exists already. */
  public static of(scope: IConstruct, { clusterArn }: { readonly clusterArn: string }): ClusterNodes | undefined {
    const resource = clusterResourceOf(scope, clusterArn);
    if (!resource) {
      return undefined;
    }
    const nodes = OF_RESOURCE.get(resource) ?? new ClusterNodes(resource);
    OF_RESOURCE.set(resource, nodes);
    return nodes;
  }

  private readonly nodegroups: Construct[] = [];
  /** Those whose role has the policy of the VPC CNI. */
  private readonly withCniPolicy: Construct[] = [];
  private readonly addons: Construct[] = [];
  /** The add-ons of the VPC CNI that have a role. */
  private readonly withCniRole: Construct[] = [];

  private constructor(private readonly cluster: CfnResource) {}

  /** Registers a nodegroup, which waits for the add-ons that its nodes require. */
  public addNodegroup(nodegroup: Construct, { hasCniPolicy }: { readonly hasCniPolicy: boolean }): void {
    this.nodegroups.push(nodegroup);
    if (hasCniPolicy) {
      this.withCniPolicy.push(nodegroup);
    }
    nodegroup.node.addDependency(lazyDependable(() => this.addons.filter((addon) => this.canWait(nodegroup, addon))));
  }

  /** Registers an add-on that nodes require. */
  public addAddon(addon: Construct): void {
    this.addons.push(addon);
  }

  /** Registers an add-on of the VPC CNI that has a role. Nodegroups that are defined later do not get the policy of the VPC CNI. */
  public addCniRole(addon: Construct): void {
    this.withCniRole.push(addon);
  }

  /** Whether the VPC CNI has a role before a nodegroup needs it. */
  public hasCniRoleFor(nodegroup: Construct): boolean {
    return this.withCniRole.some((addon) => this.canWait(nodegroup, addon));
  }

  /** The nodegroups that have the policy of the VPC CNI, but would not need it if this add-on had been defined first. */
  public withNeedlessCniPolicy(addon: Construct): Construct[] {
    return this.withCniPolicy.filter((nodegroup) => isInTree(nodegroup) && this.canWait(nodegroup, addon));
  }

  /** The nodegroups, for an add-on that runs on them. */
  public nodegroupsBefore(addon: Construct): IDependable {
    return lazyDependable(() => this.nodegroups.filter((nodegroup) => this.canWait(addon, nodegroup)));
  }

  /** Whether a construct can wait for another one. The stack of the cluster cannot wait for other stacks, which depend on it. */
  private canWait(construct: Construct, other: Construct): boolean {
    return isInTree(other) && [Stack.of(construct), Stack.of(this.cluster)].includes(Stack.of(other));
  }
}
