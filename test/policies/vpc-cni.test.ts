import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Call } from './controller-table';
import { describeController } from './describe-controller';
import { arnIn, Place } from './place';
import { policies } from '../../lib';

const CLUSTER_NAME = 'cluster.k8s.amazonaws.com/name';
const INSTANCE_TAGS = ['eks:cluster-name', 'eks:eks-cluster-name', CLUSTER_NAME];

const vpc = (stack: Stack) => Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] });

const networkInterface = (place: Place, id = 'eni-1') => arnIn(place, 'ec2', `network-interface/${id}`);
const inVpc = (place: Place, id = 'vpc-1') => ({ 'ec2:Vpc': arnIn(place, 'ec2', `vpc/${id}`) });

const tags = (values: { [key: string]: string }): NonNullable<Call['context']> => ({
  'aws:TagKeys': Object.keys(values),
  ...Object.fromEntries(Object.entries(values).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
});

/** What the plugin tags a network interface with, if `CLUSTER_NAME` is set. */
const pluginTags = (clusterName: string) => ({ [CLUSTER_NAME]: clusterName, 'node.k8s.amazonaws.com/instance_id': 'i-1', 'eks:eni:owner': 'amazon-vpc-cni' });

const requested = (clusterName: string) => tags(pluginTags(clusterName));

const named = (clusterName: string) => ({ [`aws:ResourceTag/${CLUSTER_NAME}`]: clusterName });

const reads = (...names: string[]): Call[] => names.map((name) => ({ what: `read with ${name}`, action: `ec2:${name}` }));

const tagCall = (what: string, place: Place, context: Call['context']): Call => (
  { what, action: 'ec2:CreateTags', resource: networkInterface(place), context: { ...inVpc(place), ...context } });

const age = { 'node.k8s.amazonaws.com/createdAt': '2026-11-27T00:00:00Z' };
const newTag = tags(age);

const ownTags = (place: Place): Call[] => Object.entries({ ...age, 'node.k8s.amazonaws.com/instance_id': 'i-1', 'eks:eni:owner': 'amazon-vpc-cni' })
  .map(([key, value]) => tagCall(`set ${key} of an interface of the cluster`, place, { ...named(place.clusterName), ...tags({ [key]: value }) }));
const adoption = (place: Place): Call => tagCall('tag the primary interface of a node', place, requested(place.clusterName));

const creation = (place: Place, clusterName: string): Call => (
  { what: 'create an interface', action: 'ec2:CreateNetworkInterface', resource: networkInterface(place, '*'), context: requested(clusterName) });

const tagsOnCreation = (place: Place, additional: { [key: string]: string } = {}): Call => ({
  what: `tag a new interface, also with ${JSON.stringify(additional)}`,
  action: 'ec2:CreateTags',
  resource: networkInterface(place, '*'),
  context: { ...tags({ ...pluginTags(place.clusterName), ...age, ...additional }), 'ec2:CreateAction': 'CreateNetworkInterface' },
});

const additionalTags = (place: Place, additional: { [key: string]: string }): Call[] => [
  tagCall('set an additional tag of an interface of the cluster', place, { ...named(place.clusterName), ...tags(additional) }),
  tagCall('set an additional tag of the primary interface of a node', place, tags({ ...pluginTags(place.clusterName), ...additional })),
];

const parts = (place: Place, vpcId: string): Call[] => ['subnet/subnet-1', 'security-group/sg-1'].map((part) => (
  { what: `create an interface with ${part} of ${vpcId}`, action: 'ec2:CreateNetworkInterface', resource: arnIn(place, 'ec2', part), context: inVpc(place, vpcId) }));

const groups = (place: Place, vpcId: string): Call => (
  { what: `set a security group of ${vpcId}`, action: 'ec2:ModifyNetworkInterfaceAttribute', resource: arnIn(place, 'ec2', 'security-group/sg-1'), context: inVpc(place, vpcId) });

const V4 = [
  'AssignPrivateIpAddresses', 'AttachNetworkInterface', 'DeleteNetworkInterface', 'DetachNetworkInterface', 'ModifyNetworkInterfaceAttribute', 'UnassignPrivateIpAddresses',
];

const uses = (place: Place, context: Call['context'], names: string[]): Call[] => names.map((name) => (
  { what: `${name} of an interface`, action: `ec2:${name}`, resource: networkInterface(place), context: { ...inVpc(place), ...context } }));

const attachments = (place: Place, context: Call['context']): Call[] => (
  ['AttachNetworkInterface', 'DetachNetworkInterface', 'ModifyNetworkInterfaceAttribute'].map((name) => (
    { what: `${name} of an instance`, action: `ec2:${name}`, resource: arnIn(place, 'ec2', 'instance/i-1'), context })));

const elsewhere = (place: Place): Place => ({ ...place, region: 'eu-west-1' });

/** Setting and removing tags so that other resources look like those of the cluster, or the other way round. */
const wrongTags = (place: Place): Call[] => [
  tagCall('take an interface of another cluster', place, { ...named('other'), ...requested(place.clusterName) }),
  tagCall('give an interface to another cluster', place, { ...named(place.clusterName), ...requested('other') }),
  tagCall('give an interface to another cluster in another case', place, {
    ...named(place.clusterName), 'aws:TagKeys': [CLUSTER_NAME.toUpperCase()], [`aws:RequestTag/${CLUSTER_NAME.toUpperCase()}`]: 'other',
  }),
  ...additionalTags(place, { Department: 'finance' }),
  tagCall('tag an interface of the cluster without tags', place, named(place.clusterName)),
  tagCall('tag an interface without the name of the cluster', place, newTag),
  tagCall('tag an interface of another cluster', place, { ...named('other'), ...newTag }),
  tagCall('give an interface of nobody to another cluster', place, requested('other')),
  ...ownTags(elsewhere(place)),
  adoption(elsewhere(place)),
  { what: 'remove the tag that binds', action: 'ec2:DeleteTags', resource: networkInterface(place), context: { ...named('other'), 'aws:TagKeys': [CLUSTER_NAME] } },
  { what: 'tag an instance', action: 'ec2:CreateTags', resource: arnIn(place, 'ec2', 'instance/i-1'), context: { ...requested(place.clusterName), ...inVpc(place) } },
];

const otherVpc = (place: Place): Call => (
  { what: 'take an interface of another VPC', action: 'ec2:CreateTags', resource: networkInterface(place), context: { ...inVpc(place, 'vpc-2'), ...requested(place.clusterName) } });

const deniedForV4 = (place: Place): Call[] => [
  ...wrongTags(place),
  creation(place, 'other'),
  { what: 'create an interface of no cluster', action: 'ec2:CreateNetworkInterface', resource: networkInterface(place, '*'), context: inVpc(place) },
  creation(elsewhere(place), place.clusterName),
  tagsOnCreation(elsewhere(place)),
  tagsOnCreation(place, { Department: 'finance' }),
  ...parts(elsewhere(place), 'vpc-1'),
  groups(elsewhere(place), 'vpc-1'),
  ...uses(place, named('other'), V4),
  ...uses(place, {}, V4),
  ...uses(elsewhere(place), named(place.clusterName), V4),
  ...INSTANCE_TAGS.flatMap((tag) => [
    ...attachments(place, { [`aws:ResourceTag/${tag}`]: 'other' }), ...attachments(elsewhere(place), { [`aws:ResourceTag/${tag}`]: place.clusterName }),
  ]),
];

const allowedForV4 = (place: Place): Call[] => [
  ...reads('DescribeInstances', 'DescribeInstanceTypes', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeSubnets'),
  creation(place, place.clusterName),
  tagsOnCreation(place),
  ...parts(place, 'vpc-1'),
  ...ownTags(place),
  ...uses(place, named(place.clusterName), V4),
  ...INSTANCE_TAGS.flatMap((tag) => attachments(place, { [`aws:ResourceTag/${tag}`]: place.clusterName })),
  groups(place, 'vpc-1'),
];

describeController('Amazon VPC CNI plugin', {
  policy: (stack) => new policies.VpcCniPolicy({ vpc: vpc(stack) }),
  allowed: (place) => [...allowedForV4(place), adoption(place)],
  denied: (place) => [...deniedForV4(place), otherVpc(place), ...parts(place, 'vpc-2'), groups(place, 'vpc-2')],
});

describeController('Amazon VPC CNI plugin with additional tags', {
  policy: (stack) => new policies.VpcCniPolicy({ vpc: vpc(stack), additionalTagKeys: ['Team'] }),
  allowed: (place) => [...allowedForV4(place), adoption(place), ...additionalTags(place, { Team: 'a' }), tagsOnCreation(place, { Team: 'a' })],
  denied: (place) => [...deniedForV4(place), otherVpc(place), ...parts(place, 'vpc-2'), groups(place, 'vpc-2')],
});

describeController('Amazon VPC CNI plugin in all VPCs, with interfaces that are tagged at launch', {
  policy: () => new policies.VpcCniPolicy({ allVpcs: true, interfacesTaggedAtLaunch: true }),
  allowed: (place) => [...allowedForV4(place), ...parts(place, 'vpc-2'), groups(place, 'vpc-2')],
  denied: (place) => [...deniedForV4(place), adoption(place), otherVpc(place)],
});

const deniedForV6 = (place: Place): Call[] => [
  ...wrongTags(place),
  ...uses(place, named('other'), ['AssignIpv6Addresses']),
  ...uses(place, {}, ['AssignIpv6Addresses']),
  ...uses(elsewhere(place), named(place.clusterName), ['AssignIpv6Addresses']),
  ...uses(place, named(place.clusterName), V4),
  creation(place, place.clusterName),
];

const allowedForV6 = (place: Place): Call[] => [
  ...reads('DescribeInstanceTypes', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeSubnets'),
  ...ownTags(place),
  adoption(place),
  ...uses(place, named(place.clusterName), ['AssignIpv6Addresses']),
];

describeController('Amazon VPC CNI plugin with IPv6', {
  policy: (stack) => new policies.VpcCniIpv6Policy({ vpc: vpc(stack) }),
  allowed: allowedForV6,
  denied: (place) => [...deniedForV6(place), otherVpc(place)],
});

describeController('Amazon VPC CNI plugin with IPv6 in all VPCs, and with additional tags', {
  policy: () => new policies.VpcCniIpv6Policy({ allVpcs: true, additionalTagKeys: ['Team'] }),
  allowed: (place) => [...allowedForV6(place), otherVpc(place), ...additionalTags(place, { Team: 'a' })],
  denied: deniedForV6,
});

test.each([
  ['IPv4', policies.VpcCniPolicy],
  ['IPv6', policies.VpcCniIpv6Policy],
] as const)('The policy of the Amazon VPC CNI plugin with %s needs either a VPC or all of them', (_, Policy) => {
  expect(() => new Policy({})).toThrow('vpc must be the VPC of the cluster: for an existing cluster, look it up with ec2.Vpc.fromLookup; to allow all of them, set allVpcs: true');
  expect(() => new Policy({ vpc: vpc(new Stack()), allVpcs: true })).toThrow('vpc must be omitted with allVpcs');
});

test.each([
  ['IPv4', policies.VpcCniPolicy],
  ['IPv6', policies.VpcCniIpv6Policy],
] as const)('The policy of the Amazon VPC CNI plugin with %s refuses additional tags that the plugin ignores, such as the tag that binds', (_, Policy) => {
  expect(() => new Policy({ allVpcs: true, additionalTagKeys: ['Team', CLUSTER_NAME.toUpperCase()] }))
    .toThrow('additionalTagKeys[1] is "CLUSTER.K8S.AMAZONAWS.COM/NAME", but must be a key without k8s.amazonaws.com: the plugin ignores such keys in ADDITIONAL_ENI_TAGS');
  expect(() => new Policy({ allVpcs: true, additionalTagKeys: ['Team', new CfnParameter(new Stack(), 'Key').valueAsString] }))
    .toThrow('additionalTagKeys[1] must be known when the app is synthesized: at deployment, it could become a key on which permissions depend');
  expect(() => new Policy({ allVpcs: true, additionalTagKeys: [] })).toThrow('additionalTagKeys must be a list of at least one');
});
