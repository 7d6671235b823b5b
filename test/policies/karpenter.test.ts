import { App, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Call } from './controller-table';
import { describeController } from './describe-controller';
import { arnIn, Place } from './place';
import { policies } from '../../lib';
import { Context } from '../verification/second-opinion/conditions';

const TAG = 'eks:eks-cluster-name';
const NODE_POOL_TAG = 'karpenter.sh/nodepool';

const ec2 = (place: Place, resource: string) => arnIn(place, 'ec2', resource);
const iam = ({ partition, account }: Place, resource: string) => `arn:${partition}:iam::${account}:${resource}`;

/** The tags that a new resource gets. */
const setting = (clusterName: string): Context => ({
  [`aws:RequestTag/${TAG}`]: clusterName,
  [`aws:RequestTag/kubernetes.io/cluster/${clusterName}`]: 'owned',
  [`aws:RequestTag/${NODE_POOL_TAG}`]: 'default',
  'aws:TagKeys': [TAG, `kubernetes.io/cluster/${clusterName}`, NODE_POOL_TAG],
});

/** The tags of a resource that Karpenter created. */
const having = (clusterName: string): Context => ({
  [`aws:ResourceTag/${TAG}`]: clusterName, [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: 'owned', [`aws:ResourceTag/${NODE_POOL_TAG}`]: 'default',
});

/** What each action creates. */
const CREATIONS: { [action: string]: string[] } = {
  RunInstances: ['instance/*', 'volume/*', 'network-interface/*', 'spot-instances-request/*'],
  CreateFleet: ['fleet/*', 'instance/*', 'volume/*'],
  CreateLaunchTemplate: ['launch-template/*'],
};

const launches = (place: Place, of: string, context: Context): Call[] => Object.entries(CREATIONS).flatMap(([action, resources]) =>
  resources.map((name) => ({ name, resource: ec2(place, name) })).flatMap(({ name, resource }) => [
    { what: `${action} of ${name} ${of}`, action: `ec2:${action}`, resource, context },
    { what: `tag ${name} at its creation ${of}`, action: 'ec2:CreateTags', resource, context: { ...context, 'ec2:CreateAction': action } },
  ]));

const changes = (place: Place, of: string, context: Context): Call[] => [
  { what: `RunInstances with a launch template ${of}`, action: 'ec2:RunInstances', resource: ec2(place, 'launch-template/lt-1'), context },
  { what: `CreateFleet with a launch template ${of}`, action: 'ec2:CreateFleet', resource: ec2(place, 'launch-template/lt-1'), context },
  { what: `DeleteLaunchTemplate ${of}`, action: 'ec2:DeleteLaunchTemplate', resource: ec2(place, 'launch-template/lt-1'), context },
  { what: `TerminateInstances ${of}`, action: 'ec2:TerminateInstances', resource: ec2(place, 'instance/i-1'), context },
  {
    what: `tag an instance ${of}`,
    action: 'ec2:CreateTags',
    resource: ec2(place, 'instance/i-1'),
    context: { ...context, 'aws:TagKeys': ['Name', 'karpenter.sh/nodeclaim'] },
  },
];

/** Images and snapshots have no owner in their ARNs, and the other resources can be shared by another AWS account. */
const uses = (place: Place): Call[] => [
  ...['RunInstances', 'CreateFleet'].flatMap((action) => [
    ec2({ ...place, account: '' }, 'image/ami-1'),
    ...['subnet/subnet-1', 'capacity-reservation/cr-1', 'placement-group/spread'].map((resource) => ec2(place, resource)),
    ec2({ ...place, account: '999999999999' }, 'subnet/subnet-2'),
  ].map((resource) => ({ what: `${action} with ${resource}`, action: `ec2:${action}`, resource }))),
  { what: 'RunInstances with a snapshot', action: 'ec2:RunInstances', resource: ec2({ ...place, account: '' }, 'snapshot/snap-1') },
  { what: 'RunInstances with a security group', action: 'ec2:RunInstances', resource: ec2(place, 'security-group/sg-1') },
];

const READS = [
  'CapacityReservations', 'Images', 'InstanceStatus', 'InstanceTypeOfferings', 'InstanceTypes', 'Instances', 'LaunchTemplates', 'PlacementGroups',
  'SecurityGroups', 'SpotPriceHistory', 'Subnets',
].map((what) => `ec2:Describe${what}`);

const profilePath = ({ region, clusterName }: Place) => `instance-profile/karpenter/${region}/${clusterName}/0a1b/${clusterName}_123`;
const profileWithoutPath = ({ clusterName }: Place) => `instance-profile/${clusterName}_123`;
const settingOnProfile = ({ clusterName, region }: Place): Context => ({
  [`aws:RequestTag/${TAG}`]: clusterName, 'aws:RequestTag/topology.kubernetes.io/region': region,
});
const ofProfile = ({ clusterName, region }: Place): Context => ({
  [`aws:ResourceTag/${TAG}`]: clusterName, 'aws:ResourceTag/topology.kubernetes.io/region': region,
});

const creations = (of: string, resource: string, context: Context): Call[] => ['CreateInstanceProfile', 'TagInstanceProfile']
  .map((action) => ({ what: `${action} ${of}`, action: `iam:${action}`, resource, context }));

const profileChanges = (of: string, resource: string, context: Context): Call[] =>
  ['AddRoleToInstanceProfile', 'RemoveRoleFromInstanceProfile', 'DeleteInstanceProfile']
    .map((action) => ({ what: `${action} ${of}`, action: `iam:${action}`, resource, context }));

const passRole = (what: string, resource: string, service: string): Call =>
  ({ what, action: 'iam:PassRole', resource, context: { 'iam:PassedToService': service } });

const queueActions = (place: Place, queue: string): Call[] => ['GetQueueUrl', 'ReceiveMessage', 'DeleteMessage']
  .map((action) => ({ what: `${action} of ${queue}`, action: `sqs:${action}`, resource: arnIn(place, 'sqs', queue) }));

const shiftsOf = (place: Place, clusterName: string): Call => ({
  what: `read the zonal shifts of ${clusterName}`,
  action: 'arc-zonal-shift:GetManagedResource',
  context: { 'arc-zonal-shift:ResourceIdentifier': arnIn(place, 'eks', `cluster/${clusterName}`) },
});

const imageParameter = (place: Place, name: string) => arnIn({ ...place, account: '' }, 'ssm', `parameter/aws/service/${name}`);

describeController('Karpenter', {
  policy: (stack, place) => new policies.KarpenterPolicy({
    nodeRoles: [Role.fromRoleArn(stack, 'Nodes', iam(place, 'role/nodes')), Role.fromRoleArn(stack, 'Gpu', iam(place, 'role/gpu-nodes'))],
    interruptionQueue: Queue.fromQueueArn(stack, 'Queue', arnIn(place, 'sqs', 'interruptions')),
    zonalShift: true,
  }),
  allowed: (place) => [
    ...READS.map((action) => ({ what: action, action, context: { 'aws:RequestedRegion': place.region } })),
    { what: 'read prices', action: 'pricing:GetProducts' },
    { what: 'find an image', action: 'ssm:GetParameter', resource: imageParameter(place, 'eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/image_id') },
    { what: 'find the endpoint of its cluster', action: 'eks:DescribeCluster', resource: arnIn(place, 'eks', `cluster/${place.clusterName}`) },
    ...uses(place),
    ...launches(place, 'for its cluster', setting(place.clusterName)),
    ...changes(place, 'of its cluster', having(place.clusterName)),
    { what: 'list its instance profiles', action: 'iam:ListInstanceProfiles' },
    { what: 'read its instance profile', action: 'iam:GetInstanceProfile', resource: iam(place, profilePath(place)) },
    { what: 'ask whether a new instance profile exists', action: 'iam:GetInstanceProfile', resource: iam(place, profileWithoutPath(place)) },
    ...creations('for its nodes', iam(place, profilePath(place)), settingOnProfile(place)),
    ...profileChanges('of its nodes', iam(place, profilePath(place)), ofProfile(place)),
    ...profileChanges('of an older version', iam(place, profileWithoutPath(place)), ofProfile(place)),
    passRole('pass a role to nodes', iam(place, 'role/nodes'), 'ec2.amazonaws.com'),
    passRole('pass the second role to nodes, in China', iam(place, 'role/gpu-nodes'), 'ec2.amazonaws.com.cn'),
    ...queueActions(place, 'interruptions'),
    shiftsOf(place, place.clusterName),
  ],
  denied: (place) => {
    const elsewhere = { ...place, region: 'eu-west-1' };
    const other = { ...place, clusterName: 'other' };
    const { [`aws:RequestTag/${NODE_POOL_TAG}`]: _, ...withoutNodePool } = setting(place.clusterName);
    const { [`aws:ResourceTag/${NODE_POOL_TAG}`]: __, ...notOfNodePool } = having(place.clusterName);
    return [
      { what: 'read instances in another Region', action: 'ec2:DescribeInstances', context: { 'aws:RequestedRegion': 'eu-west-1' } },
      { what: 'read a parameter of the AWS account', action: 'ssm:GetParameter', resource: arnIn(place, 'ssm', 'parameter/database/password') },
      { what: 'read another cluster', action: 'eks:DescribeCluster', resource: arnIn(place, 'eks', 'cluster/other') },
      ...uses(elsewhere),
      ...launches(place, 'for another cluster', setting('other')),
      ...launches(place, 'without a NodePool', withoutNodePool),
      ...launches(place, 'without tags', {}),
      ...launches(elsewhere, 'in another Region', setting(place.clusterName)),
      ...changes(place, 'of another cluster', having('other')),
      ...changes(place, 'of its cluster, but of no NodePool', notOfNodePool),
      ...changes(place, 'of no cluster', {}),
      ...changes(elsewhere, 'in another Region', having(place.clusterName)),
      {
        what: 'set the tag that binds', action: 'ec2:CreateTags', resource: ec2(place, 'instance/i-1'), context: setting(place.clusterName),
      },
      {
        what: 'change the tag that binds',
        action: 'ec2:CreateTags',
        resource: ec2(place, 'instance/i-1'),
        context: { ...having(place.clusterName), ...setting('other') },
      },
      { what: 'tag an instance without tags', action: 'ec2:CreateTags', resource: ec2(place, 'instance/i-1'), context: having(place.clusterName) },
      { what: 'remove the tag that binds', action: 'ec2:DeleteTags', resource: ec2(place, 'instance/i-1'), context: { ...having(place.clusterName), 'aws:TagKeys': [TAG] } },
      { what: 'read the instance profile of another cluster', action: 'iam:GetInstanceProfile', resource: iam(place, profilePath(other)) },
      ...creations('with the path of another cluster', iam(place, profilePath(other)), settingOnProfile(place)),
      ...creations('with the tag of another cluster', iam(place, profilePath(place)), settingOnProfile(other)),
      ...creations('with the tag of another Region', iam(place, profilePath(place)), settingOnProfile(elsewhere)),
      ...profileChanges('of another cluster', iam(place, profilePath(other)), ofProfile(other)),
      ...profileChanges('of an application, tagged by someone else', iam(place, 'instance-profile/web'), ofProfile(place)),
      ...profileChanges('of a cluster whose name starts with the same letters', iam(place, `instance-profile/${place.clusterName}_2_123`), ofProfile(other)),
      ...profileChanges('of the cluster with the same name in another Region', iam(place, profileWithoutPath(place)), ofProfile(elsewhere)),
      passRole('pass the node role of another cluster', iam(place, 'role/other-nodes'), 'ec2.amazonaws.com'),
      passRole('pass its node role to a function', iam(place, 'role/nodes'), 'lambda.amazonaws.com'),
      ...queueActions(place, 'orders'),
      shiftsOf(place, 'other'),
    ];
  },
});

const context = { clusterName: 'prod', partition: 'aws', region: 'us-west-2', account: '123456789012', usesIrsa: true, usesPodIdentity: false };
const stack = new Stack(new App(), 'Stack');
const nodeRole = Role.fromRoleArn(stack, 'Nodes', 'arn:aws:iam::123456789012:role/nodes');

test('without options, Karpenter has access to no queue and no zonal shift', () => {
  const statements = new policies.KarpenterPolicy({ nodeRoles: [nodeRole] }).bind(context).statements.map((statement) => statement.toStatementJson());
  expect(JSON.stringify(statements)).not.toMatch(/sqs:|arc-zonal-shift:/);
});

test('a policy without node roles is refused', () => {
  expect(() => new policies.KarpenterPolicy({ nodeRoles: [] })).toThrow('KarpenterPolicy: nodeRoles must be a list of at least one');
});

test('a property of another type is refused', () => {
  expect(() => new policies.KarpenterPolicy({ nodeRoles: ['nodes'] as any })).toThrow(/nodeRoles/);
  expect(() => new policies.KarpenterPolicy({ nodeRoles: [nodeRole], queue: 'interruptions' } as any)).toThrow(/queue/);
});
