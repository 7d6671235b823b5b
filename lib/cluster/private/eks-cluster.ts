import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { EKS_USE_NATIVE_OIDC_PROVIDER } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { acknowledgeClusterPolicies } from './cluster-role';

/** Defines the EKS cluster of an `IrsaCluster`, with the nodes of Auto Mode or none. */
export function defineEksCluster(scope: Construct, autoMode: boolean, options: eks.ClusterCommonOptions): eks.Cluster {
  // one native OIDC provider, regardless of the feature flags of the app, and also for code that gets it from the EKS cluster
  scope.node.setContext(EKS_USE_NATIVE_OIDC_PROVIDER, true);
  const cluster = new eks.Cluster(scope, 'Cluster', {
    ...options,
    ...(autoMode
      ? { defaultCapacityType: eks.DefaultCapacityType.AUTOMODE }
      : { defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0 }),
  });
  acknowledgeClusterPolicies(cluster, autoMode);
  return cluster;
}
