import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { acknowledge, managedPolicyFinding } from '../../private/acknowledged-findings';

const CLUSTER = 'AmazonEKSClusterPolicy';
/** @see https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html */
const AUTO_MODE = ['AmazonEKSComputePolicy', 'AmazonEKSBlockStoragePolicy', 'AmazonEKSLoadBalancingPolicy', 'AmazonEKSNetworkingPolicy'];

/** Acknowledges the policies that a cluster requires, if aws-eks-v2 defines its role. A role that is given is not ours. */
export function acknowledgeClusterPolicies(cluster: eks.Cluster, autoMode: boolean): void {
  const { role } = cluster;
  if (role.node.scope !== cluster) {
    return;
  }
  acknowledge(role, managedPolicyFinding(CLUSTER), 'Amazon EKS requires this policy for the control plane.');
  if (autoMode) {
    AUTO_MODE.forEach((policy) => acknowledge(role, managedPolicyFinding(policy), 'Amazon EKS requires this policy for Auto Mode.'));
  }
}
