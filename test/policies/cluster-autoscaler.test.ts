import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { describeController } from './describe-controller';
import { arnIn, Place } from './place';
import { policies } from '../../lib';

const group = (place: Place, name: string) => arnIn(place, 'autoscaling', `autoScalingGroup:0123:autoScalingGroupName/${name}`);

/** A group of a managed nodegroup, which Amazon EKS tags. */
const managed = (place: Place, clusterName: string) => ({
  resource: group(place, `eks-${clusterName}-nodes`),
  context: { 'aws:ResourceTag/eks:cluster-name': clusterName, 'aws:ResourceTag/eks:nodegroup-name': 'nodes' },
});

describeController('Cluster Autoscaler', {
  policy: (stack) => new policies.ClusterAutoscalerPolicy({ autoScalingGroups: [AutoScalingGroup.fromAutoScalingGroupName(stack, 'Group', 'self-managed')] }),
  allowed: (place) => [
    { what: 'discover groups', action: 'autoscaling:DescribeAutoScalingGroups' },
    { what: 'read a launch configuration', action: 'autoscaling:DescribeLaunchConfigurations' },
    { what: 'see why a group does not grow', action: 'autoscaling:DescribeScalingActivities' },
    { what: 'read a launch template', action: 'ec2:DescribeLaunchTemplateVersions' },
    { what: 'read the architecture of an image', action: 'ec2:DescribeImages' },
    { what: 'read instance types', action: 'ec2:DescribeInstanceTypes' },
    { what: 'find the instance types for requirements', action: 'ec2:GetInstanceTypesFromInstanceRequirements' },
    { what: 'read the labels and taints of a nodegroup', action: 'eks:DescribeNodegroup', resource: arnIn(place, 'eks', `nodegroup/${place.clusterName}/nodes/0a1b`) },
    { what: 'add a node', action: 'autoscaling:SetDesiredCapacity', ...managed(place, place.clusterName) },
    { what: 'remove a node', action: 'autoscaling:TerminateInstanceInAutoScalingGroup', ...managed(place, place.clusterName) },
    { what: 'add a self-managed node', action: 'autoscaling:SetDesiredCapacity', resource: group(place, 'self-managed') },
    { what: 'remove a self-managed node', action: 'autoscaling:TerminateInstanceInAutoScalingGroup', resource: group(place, 'self-managed') },
  ],
  denied: (place) => [
    { what: 'scale a group of another cluster', action: 'autoscaling:SetDesiredCapacity', ...managed(place, 'other') },
    { what: 'terminate an instance of another cluster', action: 'autoscaling:TerminateInstanceInAutoScalingGroup', ...managed(place, 'other') },
    { what: 'scale a group that is not of a cluster', action: 'autoscaling:SetDesiredCapacity', resource: group(place, 'web') },
    { what: 'scale a group in another Region', action: 'autoscaling:SetDesiredCapacity', ...managed({ ...place, region: 'eu-west-1' }, place.clusterName) },
    { what: 'set the tag that binds', action: 'autoscaling:CreateOrUpdateTags', resource: group(place, 'web'), context: { 'aws:RequestTag/eks:cluster-name': place.clusterName } },
    { what: 'remove the tag that binds', action: 'autoscaling:DeleteTags', ...managed(place, place.clusterName) },
    { what: 'change the launch template of a group', action: 'autoscaling:UpdateAutoScalingGroup', ...managed(place, place.clusterName) },
    { what: 'read a nodegroup of another cluster', action: 'eks:DescribeNodegroup', resource: arnIn(place, 'eks', 'nodegroup/other/nodes/0a1b') },
  ],
});
