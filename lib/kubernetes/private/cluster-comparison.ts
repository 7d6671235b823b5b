import { Annotations, CfnParameter, CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { FunctionNetwork } from './function-network';
import { isClusterResource, targetsOf } from '../../private/cluster-resource';
import { isOpen } from '../../private/open-tokens';
import { ClusterComparison } from '../contract/environment';
import { IKubernetesCluster } from '../kubernetes-cluster-interface';

/**
 * How the function verifies that the address of the cluster is right before it sends a token. It does not verify an address that only AWS and the author
 * of the app decide.
 *
 * Subnets that are isolated, or of which the VPC does not say whether they have a route to the internet, may not reach Amazon EKS.
 */
export function comparisonFor(cluster: IKubernetesCluster, { vpc, vpcSubnets }: FunctionNetwork): ClusterComparison | undefined {
  if ([cluster.clusterEndpoint, cluster.clusterCertificateAuthorityData].every((value) => isDecidedByAuthor(cluster, value))) {
    return undefined;
  }
  if (!vpc || vpcSubnets!.subnets!.every((subnet) => vpc.privateSubnets.includes(subnet))) {
    return 'required';
  }
  Annotations.of(cluster).addWarningV2('cdk-irsa:cluster-address',
    'clusterEndpoint or clusterCertificateAuthorityData is known only at deployment, and the function that applies objects may run in subnets that cannot '
    + 'reach the Amazon EKS API, so it cannot verify them: whoever sets them can get a token of the function; use literals, or let the function '
    + 'reach the API, for example through an interface endpoint, and acknowledge this warning');
  return 'if-reachable';
}

/** Whether nobody who deploys chooses a value. A pattern limits only its characters, and a resource other than a cluster can have any name. */
function isDecidedByAuthor(scope: IConstruct, value: string): boolean {
  return !isOpen(scope, value) && targetsOf(scope, value).every((target) => {
    if (target instanceof CfnParameter) {
      return (target.allowedValues ?? []).length > 0;
    }
    return isClusterResource(target) || !CfnResource.isCfnResource(target); // otherwise, a pseudo parameter
  });
}
