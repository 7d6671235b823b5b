import * as iam from 'aws-cdk-lib/aws-iam';
import { CLUSTER_TAG } from './karpenter-tags';
import { resourceTags } from './tags';
import { ControllerPolicyContext } from '../controller-policy';

/** The conditions of which one holds for each instance of the cluster: managed nodegroups, Karpenter, and you with your own tag set its name. */
export const instancesOfCluster = ({ clusterName }: ControllerPolicyContext, ownTag: string): iam.Conditions[] =>
  ['eks:cluster-name', CLUSTER_TAG, ownTag].map((tag) => resourceTags({ [tag]: clusterName }));
