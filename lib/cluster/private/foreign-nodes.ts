import { Annotations, CfnResource, Reference, Stack, Stage, TagManager, Token } from 'aws-cdk-lib';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { IConstruct } from 'constructs';
import { tokensIn } from '../../private/tokens-in';

/** The cluster whose nodes are looked at. */
export interface ClusterOfNodes {
  /** The literal that was given, or a token. */
  readonly name: string;
  readonly resource: IConstruct;
}

const HOLE = 'so that nothing here keeps its pods from acting as their node: whoever reaches the instance metadata gets the credentials of the node\'s role';
const closed = (id: string) => 'require IMDSv2 with a hop limit of 1 in its launch template and acknowledge this warning on the construct around it: '
  + `Annotations.of(construct).acknowledgeWarning('${id}')`;

/**
 * Warns of nodes of the cluster that this library does not define, wherever in the cluster's stage they are defined. It runs after the
 * aspects of the app, and once: an aspect of its own would visit each construct.
 *
 * Fargate has no instance metadata, and the nodes of Auto Mode require IMDSv2 with a hop limit of 1.
 *
 * @param isOurs whether this library defines a nodegroup.
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html#_restrict_access_to_the_instance_profile_assigned_to_the_worker_node
 */
export function warnOfForeignNodes(cluster: ClusterOfNodes, isOurs: (nodegroup: IConstruct) => boolean): void {
  for (const construct of Stage.of(cluster.resource)!.node.findAll()) {
    if (isNodegroup(construct) && !isOurs(construct) && isName(cluster, construct, construct.clusterName)) {
      Annotations.of(construct).addWarningV2('cdk-irsa:foreign-nodegroup',
        `nodegroup ${construct.node.path} is not an IrsaNodegroup, ${HOLE}. Define it with addNodegroup of the IrsaCluster or as an IrsaNodegroup, or ${closed('cdk-irsa:foreign-nodegroup')}`);
    } else if (isAutoScalingGroup(construct) && clusterTags(construct).some((name) => isName(cluster, construct, name))) {
      Annotations.of(construct).addWarningV2('cdk-irsa:self-managed-nodes',
        `Auto Scaling group ${construct.node.path} makes nodes of the cluster, ${HOLE}. Use addNodegroup of the IrsaCluster instead, or ${closed('cdk-irsa:self-managed-nodes')}`);
    }
  }
}

const isOfType = (construct: IConstruct, type: string) => CfnResource.isCfnResource(construct) && construct.cfnResourceType === type;

/** By its type: aws-eks and aws-eks-v2 may have classes of their own for it. */
const isNodegroup = (construct: IConstruct): construct is CfnNodegroup => isOfType(construct, 'AWS::EKS::Nodegroup');

const isAutoScalingGroup = (construct: IConstruct) => isOfType(construct, 'AWS::AutoScaling::AutoScalingGroup');

/** The clusters that instances belong to. @see https://docs.aws.amazon.com/eks/latest/userguide/worker.html */
function clusterTags(construct: IConstruct): string[] {
  const prefix = 'kubernetes.io/cluster/';
  const keys = TagManager.isTaggable(construct) ? Object.keys(construct.tags.tagValues()) : [];
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}

/** Whether a name, as it stands in a construct, is that of the cluster. */
function isName({ name, resource }: ClusterOfNodes, scope: IConstruct, given: string): boolean {
  const isSame = given === name && (Token.isUnresolved(name) || haveOnePlace(resource, scope));
  return isSame || references(scope, given).some(({ target }) => target === resource);
}

/** Clusters in several places may have one name. */
function haveOnePlace(one: IConstruct, other: IConstruct): boolean {
  const [a, b] = [Stack.of(one), Stack.of(other)];
  const agree = (x: string, y: string) => x === y || Token.isUnresolved(x) || Token.isUnresolved(y);
  return agree(a.account, b.account) && agree(a.region, b.region);
}

/** What a value refers to. A cluster of another stack may have the same logical id, so that the resolved value does not tell. */
const references = (scope: IConstruct, value: string): Reference[] => tokensIn(scope, value).filter((token) => Reference.isReference(token));
