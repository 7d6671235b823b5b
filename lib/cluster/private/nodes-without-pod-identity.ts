import { Annotations, CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isName, NamedCluster } from './cluster-in-properties';
import { definedAddon } from './defined-addons';
import { POD_IDENTITY_AGENT, VPC_CNI } from './known-addons';
import { IIrsaCluster } from '../../identity';
import { AssociatedAccounts } from '../../identity/internal/associated-accounts';
import { DefinedAccount } from '../../kubernetes/internal/defined-objects';
import { isAutoMode, isClusterResource } from '../../private/cluster-resource';
import { propertiesOf } from '../../private/resource-properties';

const DOCUMENTED = 'EKS Pod Identity does not support';

/**
 * Errors for service accounts with EKS Pod Identity whose pods run on AWS Fargate, on Windows nodes, or on nodes without the agent, as far as this
 * app defines those.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-restrictions
 */
export function podIdentityErrors(cluster: IIrsaCluster, nodes: NamedCluster): string[] {
  const accounts = AssociatedAccounts.in(cluster);
  if (accounts.length === 0) {
    return [];
  }
  const resources = Stage.of(cluster)!.node.findAll().filter(CfnResource.isCfnResource);
  const cni = definedAddon(cluster, VPC_CNI);
  const elsewhere = accounts.filter(({ definition: { appliedBy } }) => appliedBy !== cni); // its DaemonSet runs on Linux nodes only
  return [
    ...agentErrors(cluster, accounts, nodes, resources),
    ...fargateErrors(elsewhere, nodes, resources),
    ...windowsErrors(elsewhere, nodes, resources),
  ];
}

/** In a cluster with Auto Mode, a nodegroup can be defined later than a role, which was checked when the nodes contained the agent. */
function agentErrors(cluster: IIrsaCluster, accounts: DefinedAccount[], nodes: NamedCluster, resources: CfnResource[]): string[] {
  const isAgent = (resource: CfnResource) => resource.cfnResourceType === 'AWS::EKS::Addon'
    && propertiesOf(resource).addonName === POD_IDENTITY_AGENT && isName(nodes, resource, propertiesOf(resource).clusterName);
  return !cluster._definition.lacksPodIdentityAgent() || resources.some(isAgent)
    ? []
    : [`its nodes do not run the EKS Pod Identity agent, so pods of ${accountNames(accounts)} would get no credentials: set podCredentials of the cluster to `
      + 'PodCredentials.podIdentity() or PodCredentials.both(), or install the add-on eks-pod-identity-agent with its addons'];
}

interface Selector {
  readonly namespace: string;
  readonly labels?: object;
}

/** By resource type. The second one is the custom resource of aws-eks. */
const FARGATE_PROFILES = ['AWS::EKS::FargateProfile', 'Custom::AWSCDK-EKS-FargateProfile'];

function fargateErrors(accounts: DefinedAccount[], nodes: NamedCluster, resources: CfnResource[]): string[] {
  return resources.filter(({ cfnResourceType }) => FARGATE_PROFILES.includes(cfnResourceType)).flatMap((profile) => {
    const { Config, ...own } = propertiesOf(profile);
    const { clusterName, selectors } = Config ?? own;
    if (!isName(nodes, profile, clusterName) || !Array.isArray(selectors)) {
      return [];
    }
    return accounts.flatMap(({ namespace, name, definition: { definedBy } }) => {
      const selected = (selectors as Selector[]).filter((selector) => matches(selector.namespace, namespace));
      if (selected.length > 0 && selected.every(({ labels = {} }) => Object.keys(labels).length > 0)) {
        Annotations.of(definedBy).addWarningV2('cdk-irsa:pod-identity-on-fargate',
          `${DOCUMENTED} AWS Fargate: pods of ${namespace}/${name} with the labels of ${profile.node.path} `
          + 'get no credentials. If the service account has no such pods, acknowledge this warning');
        return [];
      }
      return selected.length > 0
        ? [`${DOCUMENTED} AWS Fargate, where ${profile.node.path} runs the pods of namespace ${namespace}: set podCredentials of ${definedBy.node.path} to PodCredentials.irsa()`]
        : [];
    });
  });
}

/** A selector can contain wildcards. @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html#fargate-profile-wildcards */
function matches(pattern: string, namespace: string): boolean {
  const expression = `${pattern}`.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${expression}$`).test(namespace);
}

function windowsErrors(accounts: DefinedAccount[], nodes: NamedCluster, resources: CfnResource[]): string[] {
  if (accounts.length === 0) {
    return [];
  }
  const nodegroups = resources.filter((resource) => resource.cfnResourceType === 'AWS::EKS::Nodegroup' && isName(nodes, resource, propertiesOf(resource).clusterName));
  const windows = nodegroups.filter(isWindows);
  if (windows.length > 0 && windows.length === nodegroups.length && hasOnlyNodegroups(nodes)) {
    const [{ definition: { definedBy } }] = accounts;
    return [`${DOCUMENTED} Windows nodes, and all nodegroups are for Windows: set podCredentials of ${definedBy.node.path} to PodCredentials.irsa()`];
  }
  for (const nodegroup of windows) {
    Annotations.of(nodegroup).addWarningV2('cdk-irsa:pod-identity-on-windows',
      `${DOCUMENTED} Windows nodes: pods on this nodegroup get no credentials if they use ${accountNames(accounts)}`);
  }
  return [];
}

/** Auto Mode has Linux nodes, and a cluster that the app does not define can have nodes that it does not know. */
const hasOnlyNodegroups = ({ resource }: NamedCluster) => isClusterResource(resource) && !isAutoMode(resource);

const accountNames = (accounts: DefinedAccount[]) => accounts.map(({ namespace, name }) => `${namespace}/${name}`).join(', ');

const isWindows = (nodegroup: IConstruct & CfnResource) => `${propertiesOf(nodegroup).amiType}`.startsWith('WINDOWS');
