import { Annotations, CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isName, NamedCluster } from './cluster-in-properties';
import { IIrsaCluster } from '../../identity';
import { AssociatedAccounts } from '../../identity/associated-accounts';
import { DefinedAccount } from '../../kubernetes/defined-objects';
import { propertiesOf } from '../../private/resource-properties';

const DOCUMENTED = 'EKS Pod Identity does not support';

/**
 * Errors for service accounts with EKS Pod Identity whose pods run on AWS Fargate or Windows nodes, as far as this app defines those.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-restrictions
 */
export function podIdentityErrors(cluster: IIrsaCluster, nodes: NamedCluster): string[] {
  const accounts = AssociatedAccounts.in(cluster);
  if (accounts.length === 0) {
    return [];
  }
  const resources = Stage.of(cluster)!.node.findAll().filter(CfnResource.isCfnResource);
  return [...fargateErrors(accounts, nodes, resources), ...windowsErrors(accounts, nodes, resources)];
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
        Annotations.of(definedBy).addWarningV2('cdk-irsa:pod-identity-on-fargate', `${DOCUMENTED} AWS Fargate: pods of ${namespace}/${name} with the labels of ${profile.node.path} `
          + 'get no credentials. If the service account has no such pods, acknowledge this warning');
        return [];
      }
      return selected.length > 0
        ? [`${DOCUMENTED} AWS Fargate, where ${profile.node.path} runs the pods of namespace ${namespace}: set credentials of ${definedBy.node.path} to PodCredentials.irsa()`]
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
  const nodegroups = resources.filter((resource) => resource.cfnResourceType === 'AWS::EKS::Nodegroup' && isName(nodes, resource, propertiesOf(resource).clusterName));
  const windows = nodegroups.filter(isWindows);
  if (windows.length > 0 && windows.length === nodegroups.length) {
    const [{ definition: { definedBy } }] = accounts;
    return [`${DOCUMENTED} Windows nodes, and all nodegroups are for Windows: set credentials of ${definedBy.node.path} to PodCredentials.irsa()`];
  }
  for (const nodegroup of windows) {
    Annotations.of(nodegroup).addWarningV2('cdk-irsa:pod-identity-on-windows',
      `${DOCUMENTED} Windows nodes: pods on this nodegroup get no credentials if they use ${accounts.map(({ namespace, name }) => `${namespace}/${name}`).join(', ')}`);
  }
  return [];
}

const isWindows = (nodegroup: IConstruct & CfnResource) => `${propertiesOf(nodegroup).amiType}`.startsWith('WINDOWS');
