import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { listIfGiven } from './inputs';
import { allow } from './statements';
import { inVpc } from './vpcs';
import { refusal, refusalWithoutValue } from '../../private/errors';
import { ControllerPolicyContext } from '../controller-policy';

/** The tag by which the Amazon VPC CNI plugin names its cluster, on network interfaces. */
export const CLUSTER_NAME = 'cluster.k8s.amazonaws.com/name';

/** The other tags that the plugin sets. @see https://github.com/aws/amazon-vpc-cni-k8s/blob/v1.23.0/pkg/awsutils/awsutils.go */
const NODE = 'node.k8s.amazonaws.com/instance_id';
const CREATED_AT = 'node.k8s.amazonaws.com/createdAt';
const OWNER = 'eks:eni:owner';

/** What the keys of additional tags cannot contain. */
const RESERVED = 'k8s.amazonaws.com';

export const interfacesIn = ({ partition, region, account }: ControllerPolicyContext) => `arn:${partition}:ec2:${region}:${account}:network-interface/*`;

/** The condition that a network interface is of the cluster. */
export const ofCluster = ({ clusterName }: ControllerPolicyContext) => ({ StringEquals: { [`aws:ResourceTag/${CLUSTER_NAME}`]: clusterName } });

/** Which network interfaces get which tags. */
export interface TaggingOptions {
  /** Where the plugin may set the name of the cluster on network interfaces that have none, such as the primary one of each node. @default - nowhere */
  readonly canTagExistingIn?: ec2.IVpc | 'all';
  /** Tags that the plugin sets in addition to its own. */
  readonly additionalTagKeys: readonly string[];
}

/** To set the tags of the plugin on new network interfaces. */
export const taggingOnCreation = (context: ControllerPolicyContext, { additionalTagKeys }: TaggingOptions): iam.PolicyStatement =>
  allow(['ec2:CreateTags'], [interfacesIn(context)], {
    'StringEquals': { 'ec2:CreateAction': 'CreateNetworkInterface' },
    'ForAllValues:StringEquals': { 'aws:TagKeys': [CLUSTER_NAME, CREATED_AT, NODE, OWNER, ...additionalTagKeys] },
  });

/** To set the tags of the plugin on network interfaces of the cluster. */
export function tagging(context: ControllerPolicyContext, { canTagExistingIn, additionalTagKeys }: TaggingOptions): iam.PolicyStatement[] {
  const interfaces = [interfacesIn(context)];
  const owned = [NODE, OWNER, ...additionalTagKeys];
  return [
    allow(['ec2:CreateTags'], interfaces, {
      ...ofCluster(context),
      'Null': { 'aws:TagKeys': 'false' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': [CREATED_AT, ...owned] },
    }),
    ...(canTagExistingIn ? [allow(['ec2:CreateTags'], interfaces, {
      ...inVpc(canTagExistingIn),
      'StringEquals': { [`aws:RequestTag/${CLUSTER_NAME}`]: context.clusterName }, // so that there is a tag, which ForAllValues does not require
      'Null': { [`aws:ResourceTag/${CLUSTER_NAME}`]: 'true' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': [CLUSTER_NAME, ...owned] },
    })] : []),
  ];
}

/**
 * The keys of additional tags, as they are. Refuses those that the plugin ignores, among them the tag that binds.
 *
 * @param policy the class, for errors.
 */
export function checkedTagKeys(policy: string, keys?: readonly string[]): readonly string[] {
  const unknown = keys?.findIndex((key) => cdk.Token.isUnresolved(key)) ?? -1;
  if (unknown >= 0) {
    throw refusalWithoutValue(`${policy}: additionalTagKeys[${unknown}]`, 'known when the app is synthesized', 'at deployment, it could become a key on which permissions depend');
  }
  const reserved = keys?.findIndex((key) => key.toLowerCase().includes(RESERVED)) ?? -1;
  if (reserved >= 0) {
    throw refusal(`${policy}: additionalTagKeys[${reserved}]`, keys![reserved], `a key without ${RESERVED}`, 'the plugin ignores such keys in ADDITIONAL_ENI_TAGS');
  }
  return listIfGiven(`${policy}: additionalTagKeys`, keys);
}
