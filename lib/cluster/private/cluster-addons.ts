import { Annotations, CfnResource, Stage, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { isName, NamedCluster } from './cluster-in-properties';
import { definedAddon } from './defined-addons';
import { OF_NODEGROUPS, POD_IDENTITY_AGENT } from './known-addons';
import { IIrsaCluster } from '../../identity';
import { propertiesOf } from '../../private/resource-properties';
import { IrsaAddonOptions } from '../irsa-addon-options';
import { IrsaClusterProps } from '../irsa-cluster-props';

type AddonInput = Pick<Required<IrsaClusterProps>, 'addons' | 'nodegroups' | 'autoMode' | 'podCredentials'>;

const AGENT: IrsaAddonOptions = { addonName: POD_IDENTITY_AGENT };

/**
 * The add-ons of a new cluster. The agent is the first one, because other add-ons can use it. It is among them if pods use it by default:
 * otherwise, a stack that is added later would change the stack of the cluster.
 */
export function addonsOf({ addons, nodegroups, autoMode, podCredentials }: AddonInput): IrsaAddonOptions[] {
  const agent = addons.filter(({ addonName }) => addonName === POD_IDENTITY_AGENT);
  const isRequired = agent.length === 0 && podCredentials._definition.podIdentityOptions !== undefined && (!autoMode || nodegroups.length > 0);
  return [...(isRequired ? [AGENT] : agent), ...addons.filter((addon) => !agent.includes(addon))];
}

/** Lets code that gets the agent from the EKS cluster, such as service accounts of aws-cdk-lib, use this one. aws-eks-v2 would define a second one. */
export function useAgent(cluster: eks.Cluster, agent: Construct): void {
  const value = eks.Addon.fromAddonAttributes(agent, 'Agent', { addonName: POD_IDENTITY_AGENT, clusterName: cluster.clusterName });
  Object.defineProperty(cluster, 'eksPodIdentityAgent', { value });
}

/**
 * The add-ons that nodes of nodegroups require and that the app does not define.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html#addon-consider-auto
 */
export const missingAddons = (cluster: IIrsaCluster): string[] => OF_NODEGROUPS.filter((addonName) => !definedAddon(cluster, addonName));

/** Adds a warning to a cluster whose nodes have no network plugin, unless something else installs it. */
export function warnOfMissingAddons(cluster: IIrsaCluster & Construct): void {
  const missing = missingAddons(cluster);
  if (missing.length > 0) {
    Annotations.of(cluster).addWarningV2('cdk-irsa:missing-addons', `bootstrapSelfManagedAddons is false, and the app does not define the add-ons ${missing.join(', ')}, `
      + 'without which nodes do not become ready or pods find no services: add them to addons; if you install a replacement, acknowledge this warning');
  }
}

/** Errors for add-ons that several constructs define, such as a CfnAddon or the EKS cluster of aws-eks-v2. */
export function duplicateAddonErrors(cluster: NamedCluster): string[] {
  const addons = Stage.of(cluster.resource)!.node.findAll()
    .filter((construct): construct is CfnResource => CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::EKS::Addon')
    .filter((addon) => isName(cluster, addon, propertiesOf(addon).clusterName));
  return addons.flatMap((addon, i) => {
    const { addonName } = propertiesOf(addon);
    const first = addons.findIndex((other) => propertiesOf(other).addonName === addonName);
    return first === i || Token.isUnresolved(addonName)
      ? []
      : [`${addons[first].node.path} and ${addon.node.path} both define the add-on ${addonName}, but a cluster can have it only once: remove one of the two`];
  });
}
