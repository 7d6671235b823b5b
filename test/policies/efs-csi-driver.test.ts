import { Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { FileSystem } from 'aws-cdk-lib/aws-efs';
import { Call } from './controller-table';
import { describeController } from './describe-controller';
import { arnIn, Place } from './place';
import { policies } from '../../lib';

const CLUSTER_NAME = 'efs.csi.aws.com/cluster-name';

const fileSystem = (place: Place, id = 'fs-1') => arnIn(place, 'elasticfilesystem', `file-system/${id}`);
const accessPoint = (place: Place) => arnIn(place, 'elasticfilesystem', 'access-point/fsap-1');

const imported = (stack: Stack) => FileSystem.fromFileSystemAttributes(stack, 'FileSystem', {
  fileSystemId: 'fs-1', securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'SecurityGroup', 'sg-1'),
});

/** What the driver tags, with the name of its cluster from `controller.tags`. */
const tagged = (kind: 'aws:RequestTag' | 'aws:ResourceTag', clusterName: string) => ({
  [`${kind}/efs.csi.aws.com/cluster`]: 'true', [`${kind}/${CLUSTER_NAME}`]: clusterName,
});

/** What a driver without the tag in `controller.tags` has tagged. */
const UNNAMED = { 'aws:ResourceTag/efs.csi.aws.com/cluster': 'true' };

const provisioning = (on: string, clusterName: string): Call[] => [
  { what: 'list access points', action: 'elasticfilesystem:DescribeAccessPoints', resource: on },
  { what: 'find the zone', action: 'elasticfilesystem:DescribeFileSystems', resource: on },
  { what: 'create an access point', action: 'elasticfilesystem:CreateAccessPoint', resource: on, context: tagged('aws:RequestTag', clusterName) },
];

const taggingOf = (resource: string, context: Call['context']): Call => ({ what: `tag ${resource}`, action: 'elasticfilesystem:TagResource', resource, context });

const deletion = (place: Place, context: Call['context']): Call => (
  { what: 'delete an access point', action: 'elasticfilesystem:DeleteAccessPoint', resource: accessPoint(place), context });

const allowed = (place: Place): Call[] => [
  ...provisioning(fileSystem(place), place.clusterName),
  taggingOf(accessPoint(place), { ...tagged('aws:RequestTag', place.clusterName), 'elasticfilesystem:CreateAction': 'CreateAccessPoint' }),
  deletion(place, tagged('aws:ResourceTag', place.clusterName)),
];

const elsewhere = (place: Place): Place => ({ ...place, region: 'eu-west-1' });

const clientCalls = (resource: string, names = ['ClientMount', 'ClientRootAccess', 'ClientWrite']): Call[] => names.map((name) => (
  { what: `${name} of ${resource}`, action: `elasticfilesystem:${name}`, resource, context: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } }));

const denied = (place: Place): Call[] => [
  ...provisioning(fileSystem(elsewhere(place)), place.clusterName),
  { what: 'create an access point of another cluster', action: 'elasticfilesystem:CreateAccessPoint', resource: fileSystem(place), context: tagged('aws:RequestTag', 'other') },
  { what: 'create an access point of no cluster', action: 'elasticfilesystem:CreateAccessPoint', resource: fileSystem(place) },
  ...[accessPoint(place), fileSystem(place)].map((resource) => taggingOf(resource, tagged('aws:RequestTag', place.clusterName))),
  taggingOf(fileSystem(place), { ...tagged('aws:RequestTag', place.clusterName), 'elasticfilesystem:CreateAction': 'CreateFileSystem' }),
  { what: 'remove the tag that binds', action: 'elasticfilesystem:UntagResource', resource: accessPoint(place), context: { 'aws:TagKeys': [CLUSTER_NAME] } },
  deletion(place, tagged('aws:ResourceTag', 'other')),
  deletion(elsewhere(place), tagged('aws:ResourceTag', place.clusterName)),
  { what: 'delete a file system', action: 'elasticfilesystem:DeleteFileSystem', resource: fileSystem(place) },
  { what: 'change who may mount', action: 'elasticfilesystem:PutFileSystemPolicy', resource: fileSystem(place) },
];

describeController('Amazon EFS CSI driver', {
  policy: (stack) => new policies.EfsCsiDriverPolicy({ fileSystems: [imported(stack)] }),
  allowed,
  denied: (place) => [
    ...denied(place),
    ...provisioning(fileSystem(place, 'fs-2'), place.clusterName),
    ...clientCalls(fileSystem(place)),
    deletion(place, UNNAMED),
  ],
});

describeController('Amazon EFS CSI driver with all options', {
  policy: () => new policies.EfsCsiDriverPolicy({ allFileSystems: true, accessPointsWithoutClusterName: true, allowDeleteDirectories: true }),
  allowed: (place) => [
    ...allowed(place),
    ...provisioning(fileSystem(place, 'fs-2'), place.clusterName),
    ...clientCalls(fileSystem(place)),
    deletion(place, UNNAMED),
    { what: 'find the directory', action: 'elasticfilesystem:DescribeAccessPoints', resource: accessPoint(place) },
  ],
  denied: (place) => [
    ...denied(place),
    ...clientCalls(fileSystem(elsewhere(place))),
    deletion(place, {}),
    deletion(elsewhere(place), UNNAMED),
    { what: 'find a directory in another Region', action: 'elasticfilesystem:DescribeAccessPoints', resource: accessPoint(elsewhere(place)) },
  ],
});

describeController('Amazon EFS CSI driver on nodes', {
  policy: (stack) => new policies.EfsCsiDriverNodePolicy({ fileSystems: [imported(stack)], allowWrite: true }),
  allowed: (place) => clientCalls(fileSystem(place), ['ClientMount', 'ClientWrite']),
  denied: (place) => [...clientCalls(fileSystem(place), ['ClientRootAccess']), ...clientCalls(fileSystem(place, 'fs-2')), ...clientCalls(fileSystem(elsewhere(place)))],
});

describeController('Amazon EFS CSI driver on nodes, as root, to read all file systems', {
  policy: () => new policies.EfsCsiDriverNodePolicy({ allFileSystems: true, allowRootAccess: true }),
  allowed: (place) => clientCalls(fileSystem(place, 'fs-2'), ['ClientMount', 'ClientRootAccess']),
  denied: (place) => [...clientCalls(fileSystem(place), ['ClientWrite']), ...clientCalls(fileSystem(elsewhere(place)))],
});

describe.each([
  ['controller', policies.EfsCsiDriverPolicy],
  ['nodes', policies.EfsCsiDriverNodePolicy],
] as const)('The policy of the %s', (_, Policy) => {
  test('needs file systems', () => {
    expect(() => new Policy({})).toThrow('fileSystems must be a list of at least one: to allow all of them, set allFileSystems: true');
    expect(() => new Policy({ fileSystems: [] })).toThrow('fileSystems must be a list of at least one');
  });

  test('refuses both file systems and all of them', () => {
    expect(() => new Policy({ fileSystems: [imported(new Stack())], allFileSystems: true })).toThrow('fileSystems must be omitted with allFileSystems');
  });

  test('refuses what is not a file system', () => {
    expect(() => new Policy({ fileSystems: [Vpc.fromVpcAttributes(new Stack(), 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] })] as any })).toThrow('fileSystems');
  });
});
