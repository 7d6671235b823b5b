import { CfnResource } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { addonsOf, useAgent } from './cluster-addons';
import { ClusterInput } from './cluster-input';
import { checkAddonsOfNodegroups, NewCluster } from './cluster-validation';
import { definedAddon } from './defined-addons';
import { POD_IDENTITY_AGENT } from './known-addons';
import { addonId, nodegroupId } from './names';
import { ObjectsProvider } from '../../kubernetes/internal/objects-provider';
import { IrsaNodegroup, IrsaNodegroupOptions } from '../../nodes';
import { isAutoMode } from '../../private/cluster-resource';
import { refusal, within } from '../../private/errors';
import { IrsaAddon } from '../irsa-addon';
import { IrsaAddonOptions } from '../irsa-addon-options';

/** What the parts need of an `IrsaCluster`. */
interface Whole extends NewCluster, Construct {
  readonly eksCluster: eks.Cluster;
  addAddon(id: string, options: IrsaAddonOptions): IrsaAddon;
  addNodegroup(id: string, options: IrsaNodegroupOptions): IrsaNodegroup;
}

/** What a new cluster defines in its own scope: the function that applies objects, add-ons and nodegroups. */
export class ClusterParts {
  public readonly addons: IrsaAddon[] = [];
  public readonly nodegroups: IrsaNodegroup[] = [];
  private readonly nodegroupNames = new Set<string | undefined>();

  constructor(private readonly cluster: Whole) {}

  /** Defines the parts that the properties of the cluster ask for. */
  public define(input: ClusterInput): void {
    const { cluster } = this;
    if (input.objectsAccess._definition.appliesObjects) {
      ObjectsProvider.of(cluster); // even without objects, so that stacks that are added or removed later do not change this stack
    }
    addonsOf(input).forEach((addon) => cluster.addAddon(addonId(addon.addonName), addon));
    input.nodegroups.forEach((nodegroup) => cluster.addNodegroup(nodegroupId(nodegroup.nodegroupName), nodegroup));
  }

  public addAddon(id: string, options: IrsaAddonOptions): IrsaAddon {
    const addon = new IrsaAddon(this.cluster, id, { ...options, cluster: this.cluster });
    if (addon.addonName === POD_IDENTITY_AGENT) {
      useAgent(this.cluster.eksCluster, addon);
    }
    this.addons.push(addon);
    return addon;
  }

  public addNodegroup(id: string, options: IrsaNodegroupOptions): IrsaNodegroup {
    const { cluster } = this;
    const { nodegroupName } = options;
    within(cluster, () => this.checkNewNodegroup(nodegroupName));
    if (cluster._definition.podCredentials._definition.podIdentityOptions && !definedAddon(cluster, POD_IDENTITY_AGENT)) {
      cluster.addAddon(addonId(POD_IDENTITY_AGENT), { addonName: POD_IDENTITY_AGENT }); // only the nodes of Auto Mode contain the agent
    }
    const nodegroup = new IrsaNodegroup(cluster, id, { ...options, cluster: cluster.eksCluster });
    this.nodegroups.push(nodegroup);
    this.nodegroupNames.add(nodegroupName);
    return nodegroup;
  }

  /** Whether the nodes do not run the EKS Pod Identity agent. Those of Auto Mode contain it. */
  public lacksPodIdentityAgent(): boolean {
    return (!this.isAutoMode || this.nodegroups.length > 0) && !definedAddon(this.cluster, POD_IDENTITY_AGENT);
  }

  private get isAutoMode(): boolean {
    return isAutoMode(this.cluster.eksCluster.node.defaultChild as CfnResource);
  }

  private checkNewNodegroup(name: string | undefined): void {
    if (this.isAutoMode) {
      checkAddonsOfNodegroups(this.cluster);
    }
    if (name !== undefined && this.nodegroupNames.has(name)) {
      throw refusal('nodegroupName', name, 'unique', 'the cluster already has a nodegroup with this name');
    }
  }
}
