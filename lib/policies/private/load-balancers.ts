import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { allow } from './statements';
import { otherTagsThan, requestTags, resourceTags } from './tags';
import { ControllerPolicyContext } from '../controller-policy';

/** AWS Load Balancer Controller sets this tag to the name of its cluster on everything that it creates. */
export const CLUSTER_TAG = 'elbv2.k8s.aws/cluster';

/**
 * What the controller reads, and what Elastic Load Balancing reads in its name.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-permissions.html
 */
export const loadBalancerReads: readonly string[] = [
  ...[
    'DescribeAccountAttributes', 'DescribeAddresses', 'DescribeAvailabilityZones', 'DescribeCoipPools', 'DescribeInstances', 'DescribeInternetGateways',
    'DescribeIpamPools', 'DescribeNetworkInterfaces', 'DescribeRouteTables', 'DescribeSecurityGroups', 'DescribeSubnets', 'DescribeVpcPeeringConnections',
    'DescribeVpcs', 'GetCoipPoolUsage', 'GetSecurityGroupsForVpc',
  ].map((name) => `ec2:${name}`),
  ...[
    'DescribeCapacityReservation', 'DescribeListenerAttributes', 'DescribeListenerCertificates', 'DescribeListeners', 'DescribeLoadBalancerAttributes',
    'DescribeLoadBalancers', 'DescribeRules', 'DescribeTags', 'DescribeTargetGroupAttributes', 'DescribeTargetGroups', 'DescribeTargetHealth',
    'DescribeTrustStores',
  ].map((name) => `elasticloadbalancing:${name}`),
];

/** What AWS Load Balancer Controller does with load balancers. `others` are target groups that it did not create. */
export function loadBalancerStatements(context: ControllerPolicyContext, others: elbv2.ITargetGroup[]): iam.PolicyStatement[] {
  const { clusterName, partition, region, account } = context;
  const arn = (resource: string) => `arn:${partition}:elasticloadbalancing:${region}:${account}:${resource}`;
  const alb = arn('loadbalancer/app/*/*');
  const loadBalancers = [alb, arn('loadbalancer/net/*/*')];
  const targetGroups = [arn('targetgroup/*/*')];
  const albListener = arn('listener/app/*/*/*');
  const listeners = [albListener, arn('listener/net/*/*/*')];
  const rules = [arn('listener-rule/app/*/*/*/*')];
  const everything = [...loadBalancers, ...targetGroups, ...listeners, ...rules];
  const created = requestTags({ [CLUSTER_TAG]: clusterName });
  const own = resourceTags({ [CLUSTER_TAG]: clusterName });
  const changeTargets = ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'];
  return [
    serviceLinkedRole(context),
    allow(actions('CreateLoadBalancer'), loadBalancers, created),
    allow(actions('CreateTargetGroup'), targetGroups, created),
    allow(actions('AddTags'), everything, {
      StringEquals: {
        'elasticloadbalancing:CreateAction': ['CreateLoadBalancer', 'CreateTargetGroup', 'CreateListener', 'CreateRule'],
        [`aws:RequestTag/${CLUSTER_TAG}`]: clusterName,
      },
    }),
    allow(actions('AddTags', 'RemoveTags'), everything, { ...own, ...otherTagsThan(CLUSTER_TAG) }),
    allow(actions(
      'CreateListener', 'DeleteLoadBalancer', 'ModifyCapacityReservation', 'ModifyLoadBalancerAttributes', 'SetIpAddressType', 'SetSecurityGroups', 'SetSubnets',
    ), loadBalancers, own),
    allow(actions('ModifyIpPools'), [alb], own),
    allow([...actions('DeleteTargetGroup', 'ModifyTargetGroup', 'ModifyTargetGroupAttributes'), ...changeTargets], targetGroups, own),
    ...(others.length > 0 ? [allow(changeTargets, others.map(({ targetGroupArn }) => targetGroupArn))] : []),
    allow(actions(
      'AddListenerCertificates', 'DeleteListener', 'ModifyListener', 'ModifyListenerAttributes', 'RemoveListenerCertificates',
    ), listeners, own),
    allow(actions('CreateRule'), [albListener], own),
    allow(actions('DeleteRule', 'ModifyRule'), rules, own),
    allow(actions('SetRulePriorities'), rules),
  ];
}

const actions = (...names: string[]) => names.map((name) => `elasticloadbalancing:${name}`);

/** The role has the same service principal in all partitions. */
const serviceLinkedRole = ({ partition, account }: ControllerPolicyContext) => allow(['iam:CreateServiceLinkedRole'], [
  `arn:${partition}:iam::${account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`,
], { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } });
