import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { EKS_USE_NATIVE_OIDC_PROVIDER } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { acknowledgeClusterPolicies } from './cluster-role';
import { IrsaClusterProps } from '../irsa-cluster-props';

/** The properties that aws-eks-v2 has, too. The compiler refuses any other property of `IrsaCluster`, because aws-eks-v2 would ignore it. */
export type PropsOfEksCluster = eks.ClusterCommonOptions & { readonly [own in Exclude<keyof IrsaClusterProps, keyof eks.ClusterProps>]?: never };

/** Defines the EKS cluster of an `IrsaCluster`, with the nodes of Auto Mode or none. */
export function defineEksCluster(scope: Construct, autoMode: boolean, props: PropsOfEksCluster): eks.Cluster {
  // one native OIDC provider, regardless of the feature flags of the app, and also for code that gets it from the EKS cluster
  scope.node.setContext(EKS_USE_NATIVE_OIDC_PROVIDER, true);
  const cluster = new eks.Cluster(scope, 'Cluster', {
    ...props,
    ...(autoMode
      ? { defaultCapacityType: eks.DefaultCapacityType.AUTOMODE }
      : { defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0 }),
  });
  acknowledgeClusterPolicies(cluster, autoMode);
  return cluster;
}
