import { Annotations, CfnResource, Stage, TagManager } from 'aws-cdk-lib';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { IConstruct } from 'constructs';
import { isName, NamedCluster } from './cluster-in-properties';
import { refusalOfNodegroups } from './known-addons';
import { IrsaNodegroup } from '../../nodes';

const WHY_DANGEROUS = 'so pods might be able to act as their node: anyone who can reach the instance metadata gets the credentials of the node role';
const requireImdsv2 = (id: string) => 'require IMDSv2 with a hop limit of 1 in its launch template, and acknowledge this warning on the construct that contains it: '
  + `Annotations.of(construct).acknowledgeWarning('${id}')`;

/**
 * Adds a warning to each nodegroup and Auto Scaling group that adds nodes to the cluster without this library, anywhere in the stage of the
 * cluster. It runs once, after the aspects of the app. An aspect would visit every construct.
 *
 * Fargate has no instance metadata, and Auto Mode nodes require IMDSv2 with a hop limit of 1.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html#_restrict_access_to_the_instance_profile_assigned_to_the_worker_node
 */
export function warnOfForeignNodes(cluster: NamedCluster): void {
  for (const construct of Stage.of(cluster.resource)!.node.findAll()) {
    if (isNodegroup(construct) && !isOurs(construct) && isName(cluster, construct, construct.clusterName)) {
      Annotations.of(construct).addWarningV2('cdk-irsa:foreign-nodegroup',
        `this nodegroup is not an IrsaNodegroup, ${WHY_DANGEROUS}. Define it with addNodegroup of the IrsaCluster or as an IrsaNodegroup, `
        + `or ${requireImdsv2('cdk-irsa:foreign-nodegroup')}`);
    } else if (isAutoScalingGroup(construct) && clusterTags(construct).some((name) => isName(cluster, construct, name))) {
      Annotations.of(construct).addWarningV2('cdk-irsa:self-managed-nodes',
        `this Auto Scaling group creates nodes of the cluster, ${WHY_DANGEROUS}. Use addNodegroup of the IrsaCluster instead, or ${requireImdsv2('cdk-irsa:self-managed-nodes')}`);
    }
  }
}

/** Errors for nodegroups of a cluster with Auto Mode that the app has not added with `addNodegroup`, if add-ons are missing that they require. */
export function nodegroupErrors(cluster: NamedCluster, missing: string[]): string[] {
  if (missing.length === 0) {
    return [];
  }
  return Stage.of(cluster.resource)!.node.findAll().filter(isNodegroup).filter((nodegroup) => isName(cluster, nodegroup, nodegroup.clusterName))
    .map(({ node }) => refusalOfNodegroups(node.path, missing).message);
}

/** Whether an IrsaNodegroup defines the resource. */
function isOurs(resource: IConstruct): boolean {
  const [irsaNodegroup, nodegroup] = resource.node.scopes.slice(-3);
  return irsaNodegroup instanceof IrsaNodegroup && irsaNodegroup.eksNodegroup === nodegroup;
}

const isOfType = (construct: IConstruct, type: string) => CfnResource.isCfnResource(construct) && construct.cfnResourceType === type;

/** By its resource type, because aws-eks and aws-eks-v2 can have their own classes for it. */
const isNodegroup = (construct: IConstruct): construct is CfnNodegroup => isOfType(construct, 'AWS::EKS::Nodegroup');

const isAutoScalingGroup = (construct: IConstruct) => isOfType(construct, 'AWS::AutoScaling::AutoScalingGroup');

/** The names of the clusters in the tags of an Auto Scaling group. @see https://docs.aws.amazon.com/eks/latest/userguide/worker.html */
function clusterTags(construct: IConstruct): string[] {
  const prefix = 'kubernetes.io/cluster/';
  const keys = TagManager.isTaggable(construct) ? Object.keys(construct.tags.tagValues()) : [];
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}
