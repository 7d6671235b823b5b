import { Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Call } from './controller-table';
import { describeController } from './describe-controller';
import { arnIn, Place } from './place';
import { policies } from '../../lib';
import { Context } from '../verification/second-opinion/conditions';

const TAG = 'elbv2.k8s.aws/cluster';

const elb = (place: Place, resource: string) => arnIn(place, 'elasticloadbalancing', resource);
const securityGroup = (place: Place, id: string) => arnIn(place, 'ec2', `security-group/${id}`);

const ofCluster = (clusterName: string): Context => ({ [`aws:ResourceTag/${TAG}`]: clusterName });
const forCluster = (clusterName: string): Context => ({ [`aws:RequestTag/${TAG}`]: clusterName, 'aws:TagKeys': [TAG, 'ingress.k8s.aws/stack'] });

const LOAD_BALANCERS = ['loadbalancer/app/k8s-web/0123', 'loadbalancer/net/k8s-web/0123'];
const LISTENERS = ['listener/app/k8s-web/0123/4567', 'listener/net/k8s-web/0123/4567'];
const TARGET_GROUP = 'targetgroup/k8s-web/0123';
const RULE = 'listener-rule/app/k8s-web/0123/4567/89ab';
const EVERYTHING = [...LOAD_BALANCERS, ...LISTENERS, TARGET_GROUP, RULE];

/** Changes to what the controller created: each of the actions, on each of the resources. */
const CHANGES: [actions: string[], resources: string[]][] = [
  [['SetSubnets', 'SetSecurityGroups', 'SetIpAddressType', 'ModifyLoadBalancerAttributes', 'ModifyCapacityReservation', 'CreateListener', 'DeleteLoadBalancer'], LOAD_BALANCERS],
  [['ModifyIpPools'], [LOAD_BALANCERS[0]]],
  [['RegisterTargets', 'DeregisterTargets', 'ModifyTargetGroup', 'ModifyTargetGroupAttributes', 'DeleteTargetGroup'], [TARGET_GROUP]],
  [['ModifyListener', 'ModifyListenerAttributes', 'AddListenerCertificates', 'RemoveListenerCertificates', 'DeleteListener'], LISTENERS],
  [['CreateRule'], [LISTENERS[0]]],
  [['ModifyRule', 'DeleteRule'], [RULE]],
];

/** What the controller creates, and the call that creates it. */
const CREATIONS: [action: string, resource: string, tagged: string][] = [
  ['CreateLoadBalancer', LOAD_BALANCERS[0], LOAD_BALANCERS[0]],
  ['CreateLoadBalancer', LOAD_BALANCERS[1], LOAD_BALANCERS[1]],
  ['CreateTargetGroup', TARGET_GROUP, TARGET_GROUP],
];
const TAGGED_CREATIONS: [action: string, tagged: string][] = [
  ...CREATIONS.map(([action, , tagged]): [string, string] => [action, tagged]),
  ...LISTENERS.map((listener): [string, string] => ['CreateListener', listener]), ['CreateRule', RULE],
];

const changes = (place: Place, of: string, context: Context): Call[] => [
  ...CHANGES.flatMap(([actions, resources]) => actions.flatMap((action) => resources.map((resource) => (
    { what: `${action} on ${resource} ${of}`, action: `elasticloadbalancing:${action}`, resource: elb(place, resource), context })))),
  ...['AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress', 'DeleteSecurityGroup'].map((action) => (
    { what: `${action} ${of}`, action: `ec2:${action}`, resource: securityGroup(place, 'sg-own'), context })),
];

const retaggings = (place: Place, of: string, context: Context, resources = [TARGET_GROUP]): Call[] => [
  ...['AddTags', 'RemoveTags'].flatMap((action) => resources.map((resource) => (
    { what: `${action} on ${resource} ${of}`, action: `elasticloadbalancing:${action}`, resource: elb(place, resource), context }))),
  ...['CreateTags', 'DeleteTags'].map((action) => ({ what: `${action} ${of}`, action: `ec2:${action}`, resource: securityGroup(place, 'sg-own'), context })),
];

const creations = (place: Place, of: string, context: Context): Call[] => [
  ...CREATIONS.map(([action, resource]) => ({ what: `${action} of ${resource} ${of}`, action: `elasticloadbalancing:${action}`, resource: elb(place, resource), context })),
  ...TAGGED_CREATIONS.map(([action, resource]) => ({
    what: `tag ${resource} at its creation ${of}`,
    action: 'elasticloadbalancing:AddTags',
    resource: elb(place, resource),
    context: { ...context, 'elasticloadbalancing:CreateAction': action },
  })),
  { what: `CreateSecurityGroup ${of}`, action: 'ec2:CreateSecurityGroup', resource: securityGroup(place, '*'), context },
  {
    what: `tag a security group at its creation ${of}`,
    action: 'ec2:CreateTags',
    resource: securityGroup(place, 'sg-new'),
    context: { ...context, 'ec2:CreateAction': 'CreateSecurityGroup' },
  },
];

/** Reads of the controller, and of Elastic Load Balancing in its name. */
const READS = [
  'acm:ListCertificates', 'shield:GetSubscriptionState',
  'ec2:DescribeAvailabilityZones', 'ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeRouteTables', 'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets', 'ec2:DescribeVpcs', 'ec2:DescribeAccountAttributes', 'ec2:DescribeAddresses', 'ec2:DescribeCoipPools', 'ec2:DescribeInternetGateways',
  'ec2:DescribeIpamPools', 'ec2:DescribeVpcPeeringConnections', 'ec2:GetCoipPoolUsage', 'ec2:GetSecurityGroupsForVpc',
  ...['CapacityReservation', 'ListenerAttributes', 'ListenerCertificates', 'Listeners', 'LoadBalancerAttributes', 'LoadBalancers', 'Rules', 'Tags',
    'TargetGroupAttributes', 'TargetGroups', 'TargetHealth', 'TrustStores'].map((what) => `elasticloadbalancing:Describe${what}`),
];

const SERVICE_LINKED_ROLE = 'role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing';
const role = ({ partition, account }: Place, name: string) => `arn:${partition}:iam::${account}:${name}`;
const protection = ({ partition }: Place, account: string) => `arn:${partition}:shield::${account}:protection/0123`;
const webAcl = (place: Place, name: string) => arnIn(place, 'wafv2', `regional/webacl/${name}/0123`);
const vpc = (place: Place) => arnIn(place, 'ec2', 'vpc/vpc-0123');

const rulesOf = (what: string, resource: string, context?: Context): Call[] => ['AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress']
  .map((action) => ({ what: `${action} of ${what}`, action: `ec2:${action}`, resource, context }));

const targetsOf = (place: Place, group: string): Call[] => ['RegisterTargets', 'DeregisterTargets']
  .map((action) => ({ what: `${action} of ${group}`, action: `elasticloadbalancing:${action}`, resource: elb(place, `targetgroup/${group}/0123`) }));

const withWebAcl = (what: string, resource: string): Call[] => ['AssociateWebACL', 'GetWebACLForResource']
  .map((action) => ({ what: `${action} with ${what}`, action: `wafv2:${action}`, resource }));

const webAclChanges = (place: Place, of: string, context: Context): Call[] => ['CreateWebACLAssociation', 'DeleteWebACLAssociation', 'GetLoadBalancerWebACL']
  .map((action) => ({ what: `${action} ${of}`, action: `elasticloadbalancing:${action}`, resource: elb(place, LOAD_BALANCERS[0]), context }));

describeController('AWS Load Balancer Controller', {
  policy: (stack, place) => new policies.AwsLoadBalancerControllerPolicy({
    targetGroups: [ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'Targets', { targetGroupArn: elb(place, 'targetgroup/shop/0123') })],
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Nodes', 'sg-nodes')],
    userPools: [UserPool.fromUserPoolId(stack, 'Users', 'us-west-2_users')],
    webAclArns: [webAcl(place, 'web')],
    allShieldProtections: true,
  }),
  allowed: (place) => [
    ...READS.map((action) => ({ what: action, action })),
    { what: 'read a certificate', action: 'acm:DescribeCertificate', resource: arnIn(place, 'acm', 'certificate/0123') },
    ...creations(place, 'for its cluster', forCluster(place.clusterName)),
    { what: 'create a security group in a VPC', action: 'ec2:CreateSecurityGroup', resource: vpc(place) },
    { what: 'create a security group in a shared VPC', action: 'ec2:CreateSecurityGroup', resource: vpc({ ...place, account: '999999999999' }) },
    ...changes(place, 'of its cluster', ofCluster(place.clusterName)),
    ...retaggings(place, 'of its cluster', { ...ofCluster(place.clusterName), 'aws:TagKeys': ['team', 'ingress.k8s.aws/resource'] }, EVERYTHING),
    ...rulesOf('the cluster security group', securityGroup(place, 'sg-cluster'), { 'aws:ResourceTag/aws:eks:cluster-name': place.clusterName }),
    ...rulesOf('the given security group', securityGroup(place, 'sg-nodes')),
    ...targetsOf(place, 'shop'),
    { what: 'reorder rules', action: 'elasticloadbalancing:SetRulePriorities', resource: elb(place, RULE) },
    { what: 'authenticate users', action: 'cognito-idp:DescribeUserPoolClient', resource: arnIn(place, 'cognito-idp', 'userpool/us-west-2_users') },
    { what: 'find a web ACL by name', action: 'wafv2:ListWebACLs' },
    { what: 'read its web ACL', action: 'wafv2:GetWebACL', resource: webAcl(place, 'web') },
    ...withWebAcl('its web ACL', webAcl(place, 'web')),
    ...withWebAcl('a load balancer', elb(place, LOAD_BALANCERS[0])),
    { what: 'remove a web ACL', action: 'wafv2:DisassociateWebACL', resource: elb(place, LOAD_BALANCERS[0]) },
    ...webAclChanges(place, 'of its cluster', ofCluster(place.clusterName)),
    { what: 'let AWS WAF change a load balancer', action: 'elasticloadbalancing:SetWebAcl' },
    { what: 'protect a load balancer', action: 'shield:CreateProtection' },
    { what: 'read a protection', action: 'shield:DescribeProtection', resource: protection(place, place.account) },
    { what: 'remove a protection', action: 'shield:DeleteProtection', resource: protection(place, place.account) },
    {
      what: 'create the service-linked role',
      action: 'iam:CreateServiceLinkedRole',
      resource: role(place, SERVICE_LINKED_ROLE),
      context: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' },
    },
  ],
  denied: (place) => {
    const elsewhere = { ...place, region: 'eu-west-1' };
    const otherKeys = { 'aws:TagKeys': ['team'] };
    return [
      ...creations(place, 'for another cluster', forCluster('other')),
      ...creations(place, 'without tags', {}),
      ...creations(elsewhere, 'in another Region', forCluster(place.clusterName)),
      ...changes(place, 'of another cluster', ofCluster('other')),
      { what: 'delete a load balancer that is not of a cluster', action: 'elasticloadbalancing:DeleteLoadBalancer', resource: elb(place, LOAD_BALANCERS[0]) },
      ...changes(elsewhere, 'in another Region', ofCluster(place.clusterName)),
      ...retaggings(place, 'of another cluster', { ...ofCluster('other'), ...otherKeys }),
      ...retaggings(place, 'of no cluster', otherKeys),
      ...retaggings(elsewhere, 'in another Region', { ...ofCluster(place.clusterName), ...otherKeys }),
      ...retaggings(place, 'of its cluster that change the tag that binds', { ...ofCluster(place.clusterName), ...forCluster('other') }),
      ...retaggings(place, 'of its cluster that change the tag that binds, in capitals', { ...ofCluster(place.clusterName), 'aws:TagKeys': [TAG.toUpperCase()] }),
      ...retaggings(place, 'of its cluster that remove all tags', ofCluster(place.clusterName)),
      ...retaggings(place, 'of no cluster that set the tag that binds', forCluster(place.clusterName)),
      ...rulesOf('the cluster security group of another cluster', securityGroup(place, 'sg-other'), { 'aws:ResourceTag/aws:eks:cluster-name': 'other' }),
      ...rulesOf('the cluster security group in another Region', securityGroup(elsewhere, 'sg-cluster'), {
        'aws:ResourceTag/aws:eks:cluster-name': place.clusterName,
      }),
      ...rulesOf('the security group of a database', securityGroup(place, 'sg-database')),
      {
        what: 'delete the cluster security group',
        action: 'ec2:DeleteSecurityGroup',
        resource: securityGroup(place, 'sg-cluster'),
        context: { 'aws:ResourceTag/aws:eks:cluster-name': place.clusterName },
      },
      ...targetsOf(place, 'another'),
      { what: 'delete the given target group', action: 'elasticloadbalancing:DeleteTargetGroup', resource: elb(place, 'targetgroup/shop/0123') },
      { what: 'reorder rules in another Region', action: 'elasticloadbalancing:SetRulePriorities', resource: elb(elsewhere, RULE) },
      ...withWebAcl('another web ACL', webAcl(place, 'other')),
      ...withWebAcl('a load balancer in another Region', elb(elsewhere, LOAD_BALANCERS[0])),
      { what: 'change its web ACL', action: 'wafv2:UpdateWebACL', resource: webAcl(place, 'web') },
      ...webAclChanges(place, 'of another cluster', ofCluster('other')),
      ...webAclChanges(elsewhere, 'in another Region', ofCluster(place.clusterName)),
      { what: 'read the client of another user pool', action: 'cognito-idp:DescribeUserPoolClient', resource: arnIn(place, 'cognito-idp', 'userpool/us-west-2_other') },
      { what: 'read a certificate in another Region', action: 'acm:DescribeCertificate', resource: arnIn(elsewhere, 'acm', 'certificate/0123') },
      { what: 'remove a protection in another AWS account', action: 'shield:DeleteProtection', resource: protection(place, '999999999999') },
      {
        what: 'create the service-linked role of another service',
        action: 'iam:CreateServiceLinkedRole',
        resource: role(place, SERVICE_LINKED_ROLE),
        context: { 'iam:AWSServiceName': 'autoscaling.amazonaws.com' },
      },
      {
        what: 'create a second service-linked role',
        action: 'iam:CreateServiceLinkedRole',
        resource: role(place, `${SERVICE_LINKED_ROLE}_other`),
        context: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' },
      },
    ];
  },
  onAll: {
    'ec2:GetCoipPoolUsage': 'the pool can be shared by another AWS account',
    'ec2:GetSecurityGroupsForVpc': 'the VPC can be shared by another AWS account',
  },
});

const context = { clusterName: 'prod', partition: 'aws', region: 'us-west-2', account: '123456789012', usesIrsa: true, usesPodIdentity: false };

test('without options, the controller has no access to user pools, web ACLs, protections, or resources of others', () => {
  const statements = new policies.AwsLoadBalancerControllerPolicy().bind(context).statements.map((statement) => statement.toStatementJson());
  expect(JSON.stringify(statements)).not.toMatch(/cognito-idp|wafv2|WebAcl|Protection|sg-|targetgroup\/[^*]/);
});

test('a property of another type is refused', () => {
  expect(() => new policies.AwsLoadBalancerControllerPolicy({ securityGroups: ['sg-nodes'] as any })).toThrow(/securityGroups/);
  expect(() => new policies.AwsLoadBalancerControllerPolicy({ targetGroup: new Stack() } as any)).toThrow(/targetGroups/);
});
