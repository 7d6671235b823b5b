import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { viaService } from './kms';
import { allow } from './statements';
import { ControllerPolicyContext } from '../controller-policy';

/** The tag that the Amazon EBS CSI driver sets to the name of its cluster, on volumes and snapshots that it creates. */
export const CLUSTER_NAME = 'ebs.csi.aws.com/cluster-name';

/** The tag that each Amazon EBS CSI driver sets, also without the name of its cluster. */
export const DRIVER = 'ebs.csi.aws.com/cluster';

/** A condition for tags. Not an interface, which would not be assignable to `iam.Conditions`. */
export type TagCondition = {
  readonly StringEquals: { readonly [key: string]: string };
  readonly Null?: { readonly [key: string]: string };
};

/** A condition for the tags that a request sets, or for those of a resource. */
export type Tagged = (kind: 'RequestTag' | 'ResourceTag') => TagCondition;

/** Volumes and snapshots with the name of the cluster. */
export const ofCluster = ({ clusterName }: ControllerPolicyContext): Tagged => (kind) => ({ StringEquals: { [`aws:${kind}/${CLUSTER_NAME}`]: clusterName } });

/** Volumes and snapshots of a driver that does not know the name of its cluster. */
export const withoutClusterName: Tagged = (kind) => ({
  StringEquals: { [`aws:${kind}/${DRIVER}`]: 'true' }, Null: { [`aws:${kind}/${CLUSTER_NAME}`]: 'true' },
});

export const volumesIn = ({ partition, region, account }: ControllerPolicyContext) => `arn:${partition}:ec2:${region}:${account}:volume/*`;

/** The ARN of a snapshot has no account. */
export const snapshotsIn = ({ partition, region }: ControllerPolicyContext) => `arn:${partition}:ec2:${region}::snapshot/*`;

/**
 * To create, restore and clone volumes that the keys encrypt.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
 */
export function encryption({ region }: ControllerPolicyContext, keys: kms.IKey[] = []): iam.PolicyStatement[] {
  const arns = keys.map(({ keyArn }) => keyArn);
  const viaEc2 = viaService('ec2', region);
  const actions = ['Decrypt', 'DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'];
  return arns.length === 0 ? [] : [
    allow(actions.map((action) => `kms:${action}`), arns, { StringEquals: viaEc2 }),
    allow(['kms:CreateGrant'], arns, { StringEquals: viaEc2, Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  ];
}
