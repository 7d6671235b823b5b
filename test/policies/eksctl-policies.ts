import { PolicyDocument, Statement } from './controller-table';
import { managedPolicy } from '../../lib/verification/private/aws-data/managed-policies';

type Condition = Statement['Condition'];

const allow = (Action: string[], Resource: string | string[] = '*', limit?: Condition): Statement =>
  ({ Effect: 'Allow', Action, Resource, ...limit && { Condition: limit } });

const named = (service: string, ...names: string[]) => names.map((name) => `${service}:${name}`);

const managed = (name: string): Statement[] => {
  const policy = managedPolicy(`arn:aws:iam::aws:policy/${name}`);
  if ('unknown' in policy) {
    throw new Error(policy.unknown);
  }
  return (policy.document as PolicyDocument).Statement;
};

const autoScaler = [
  allow([
    ...named('autoscaling', 'DescribeAutoScalingGroups', 'DescribeAutoScalingInstances', 'DescribeLaunchConfigurations', 'DescribeScalingActivities',
      'DescribeTags', 'SetDesiredCapacity', 'TerminateInstanceInAutoScalingGroup'),
    ...named('ec2', 'DescribeImages', 'DescribeInstanceTypes', 'DescribeLaunchTemplateVersions', 'GetInstanceTypesFromInstanceRequirements'),
    'eks:DescribeNodegroup',
  ]),
];

const ALL_ZONES = 'arn:aws:route53:::hostedzone/*';

const externalDNS = [
  allow(['route53:ChangeResourceRecordSets'], ALL_ZONES),
  allow(named('route53', 'ListHostedZones', 'ListResourceRecordSets', 'ListTagsForResource')),
];

const certManager = [
  allow(['route53:ChangeResourceRecordSets'], ALL_ZONES),
  allow(['route53:GetChange'], 'arn:aws:route53:::change/*'),
  allow(named('route53', 'ListResourceRecordSets', 'ListHostedZonesByName')),
];

const efsCSIController = [
  allow(named('elasticfilesystem', 'DescribeAccessPoints', 'DescribeFileSystems')),
  allow(named('elasticfilesystem', 'CreateAccessPoint', 'TagResource'), '*', { StringLike: { 'aws:RequestTag/efs.csi.aws.com/cluster': 'true' } }),
  allow(['elasticfilesystem:DeleteAccessPoint'], '*', { StringLike: { 'aws:ResourceTag/efs.csi.aws.com/cluster': 'true' } }),
];

const REQUEST_TAG = 'aws:RequestTag/elbv2.k8s.aws/cluster';
const RESOURCE_TAG = 'aws:ResourceTag/elbv2.k8s.aws/cluster';
const CREATED: Condition = { Null: { [REQUEST_TAG]: 'false' } };
const OWN: Condition = { Null: { [RESOURCE_TAG]: 'false' } };
const OWN_AS_BEFORE: Condition = { Null: { [REQUEST_TAG]: 'true', [RESOURCE_TAG]: 'false' } };

const SECURITY_GROUPS = 'arn:aws:ec2:*:*:security-group/*';
const elb = (...resources: string[]) => resources.map((resource) => `arn:aws:elasticloadbalancing:*:*:${resource}`);
const TAGGED = elb('targetgroup/*/*', 'loadbalancer/net/*/*', 'loadbalancer/app/*/*');

const loadBalancerReads = [
  ...named('ec2', ...['AccountAttributes', 'Addresses', 'AvailabilityZones', 'InternetGateways', 'Vpcs', 'VpcPeeringConnections', 'Subnets', 'SecurityGroups',
    'Instances', 'NetworkInterfaces', 'Tags', 'CoipPools', 'IpamPools', 'RouteTables'].map((what) => `Describe${what}`)),
  ...named('ec2', 'GetCoipPoolUsage', 'GetSecurityGroupsForVpc'),
  ...named('elasticloadbalancing', ...['LoadBalancers', 'LoadBalancerAttributes', 'Listeners', 'ListenerCertificates', 'SSLPolicies', 'Rules', 'TargetGroups',
    'TargetGroupAttributes', 'TargetHealth', 'Tags', 'TrustStores', 'ListenerAttributes', 'CapacityReservation'].map((what) => `Describe${what}`)),
];

const awsLoadBalancerController = [
  allow(['iam:CreateServiceLinkedRole'], '*', { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } }),
  allow(loadBalancerReads),
  allow([
    'cognito-idp:DescribeUserPoolClient',
    ...named('acm', 'ListCertificates', 'DescribeCertificate'),
    ...named('iam', 'ListServerCertificates', 'GetServerCertificate'),
    ...['waf-regional', 'wafv2'].flatMap((service) => named(service, 'GetWebACL', 'GetWebACLForResource', 'AssociateWebACL', 'DisassociateWebACL')),
    ...named('shield', 'GetSubscriptionState', 'DescribeProtection', 'CreateProtection', 'DeleteProtection'),
  ]),
  allow(named('ec2', 'AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress')),
  allow(['ec2:CreateSecurityGroup']),
  allow(['ec2:CreateTags'], SECURITY_GROUPS, { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' }, ...CREATED }),
  allow(named('ec2', 'CreateTags', 'DeleteTags'), SECURITY_GROUPS, OWN_AS_BEFORE),
  allow(named('ec2', 'AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress', 'DeleteSecurityGroup'), '*', OWN),
  allow(named('elasticloadbalancing', 'CreateLoadBalancer', 'CreateTargetGroup'), '*', CREATED),
  allow(named('elasticloadbalancing', 'CreateListener', 'DeleteListener', 'CreateRule', 'DeleteRule')),
  allow(named('elasticloadbalancing', 'AddTags', 'RemoveTags'), TAGGED, OWN_AS_BEFORE),
  allow(named('elasticloadbalancing', 'AddTags', 'RemoveTags'),
    elb('listener/net/*/*/*', 'listener/app/*/*/*', 'listener-rule/net/*/*/*', 'listener-rule/app/*/*/*')),
  allow(named('elasticloadbalancing', 'ModifyLoadBalancerAttributes', 'SetIpAddressType', 'SetSecurityGroups', 'SetSubnets', 'DeleteLoadBalancer',
    'ModifyTargetGroup', 'ModifyTargetGroupAttributes', 'DeleteTargetGroup', 'ModifyListenerAttributes', 'ModifyCapacityReservation', 'ModifyIpPools'), '*', OWN),
  allow(['elasticloadbalancing:AddTags'], TAGGED,
    { StringEquals: { 'elasticloadbalancing:CreateAction': ['CreateTargetGroup', 'CreateLoadBalancer'] }, ...CREATED }),
  allow(named('elasticloadbalancing', 'RegisterTargets', 'DeregisterTargets'), elb('targetgroup/*/*')),
  allow(named('elasticloadbalancing', 'SetWebAcl', 'ModifyListener', 'AddListenerCertificates', 'RemoveListenerCertificates', 'ModifyRule', 'SetRulePriorities')),
];

/**
 * What eksctl 0.231 grants for each of its `wellKnownPolicies`, in the partition `aws`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/eksctl/iamserviceaccounts.html
 */
export const EKSCTL_POLICIES = {
  imageBuilder: managed('AmazonEC2ContainerRegistryPowerUser'),
  autoScaler,
  awsLoadBalancerController,
  externalDNS,
  certManager,
  ebsCSIController: managed('service-role/AmazonEBSCSIDriverPolicy'),
  efsCSIController,
};
