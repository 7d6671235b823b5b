import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { allow } from './statements';
import { inVpc } from './vpcs';
import { ControllerPolicyContext } from '../controller-policy';

/** The tag by which the Amazon VPC CNI plugin names its cluster, on network interfaces. */
export const CLUSTER_NAME = 'cluster.k8s.amazonaws.com/name';

export const interfacesIn = ({ partition, region, account }: ControllerPolicyContext) => `arn:${partition}:ec2:${region}:${account}:network-interface/*`;

/** The condition that a network interface is of the cluster. */
export const ofCluster = ({ clusterName }: ControllerPolicyContext) => ({ StringEquals: { [`aws:ResourceTag/${CLUSTER_NAME}`]: clusterName } });

/**
 * To tag network interfaces of the cluster, without the tag that binds.
 *
 * @param adoptionIn where the plugin may set this tag on network interfaces that have none, such as the primary one of each node; undefined for nowhere.
 */
export function tagging(context: ControllerPolicyContext, adoptionIn: ec2.IVpc | 'all' | undefined): iam.PolicyStatement[] {
  const interfaces = [interfacesIn(context)];
  return [
    allow(['ec2:CreateTags'], interfaces, {
      ...ofCluster(context),
      'Null': { 'aws:TagKeys': 'false' },
      'ForAllValues:StringNotEqualsIgnoreCase': { 'aws:TagKeys': [CLUSTER_NAME] },
    }),
    ...adoptionIn ? [allow(['ec2:CreateTags'], interfaces, {
      ...inVpc(adoptionIn),
      StringEquals: { [`aws:RequestTag/${CLUSTER_NAME}`]: context.clusterName },
      Null: { [`aws:ResourceTag/${CLUSTER_NAME}`]: 'true' },
    })] : [],
  ];
}
