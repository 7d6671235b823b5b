import { Size, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { define, types } from './nodegroups';
import { AdditionalNodeVolume, IrsaNodegroupOptions, NodeAmiFamily, NodeVolume } from '../../lib';
import { newCluster, newStack } from '../stacks';

const { GP2, GP3, IO1, IO2, SC1, ST1 } = ec2.EbsDeviceVolumeType;
const disk = (volume: NodeVolume): IrsaNodegroupOptions => ({ disk: volume });
const volume = (deviceName: string, more: NodeVolume = {}): IrsaNodegroupOptions =>
  ({ additionalVolumes: [{ deviceName, ...more } as AdditionalNodeVolume] });
const taint = (spec: eks.TaintSpec): IrsaNodegroupOptions => ({ taints: [{ key: 'fine', effect: eks.TaintEffect.NO_EXECUTE }, spec] });
const label = (key: string, value = 'value'): IrsaNodegroupOptions => ({ labels: { [key]: value } });
const A_NAME = '63 letters, digits, hyphens, underscores and dots that begin and end with a letter or digit';
const NODE_LABELS = 'must be a label with another prefix: nodes cannot set labels with the prefixes kubernetes.io and k8s.io on themselves, except for kubelet.kubernetes.io and node.kubernetes.io';
const AN_INSTANCE_TYPE = 'but must be an instance family and a size in lower case with a dot between them: for example "m7g.large"';
const CLUSTER = 'the cluster of the nodegroup determines it';
const settings = (bottlerocketSettings: object): IrsaNodegroupOptions => ({ amiFamily: NodeAmiFamily.BOTTLEROCKET, bottlerocketSettings });
const token = Token.asNumber({ Ref: 'Size' });
const BOTTLEROCKET = { amiFamily: NodeAmiFamily.BOTTLEROCKET };

const INPUT: { [what: string]: [IrsaNodegroupOptions, string][] } = {
  'a name': [
    [{ nodegroupName: '' }, 'nodegroupName is "", but must be 1 to 63 letters, digits, hyphens and underscores that begin with a letter or digit'],
    [{ nodegroupName: '-a' }, 'nodegroupName is "-a", but must be 1 to 63 letters, digits, hyphens and underscores that begin with a letter or digit'],
    [{ nodegroupName: 'a'.repeat(64) }, `nodegroupName is "${'a'.repeat(64)}", but must be 1 to 63 letters, digits, hyphens and underscores that begin with a letter or digit`],
  ],
  'instance types': [
    [{ instanceTypes: types('m7glarge') }, `instanceTypes[0] is "m7glarge", ${AN_INSTANCE_TYPE}`],
    [{ instanceTypes: types('m7i.large', 'M7i.Large') }, `instanceTypes[1] is "M7i.Large", ${AN_INSTANCE_TYPE}`],
    [{ instanceTypes: types('m7i.') }, `instanceTypes[0] is "m7i.", ${AN_INSTANCE_TYPE}`],
    [{ instanceTypes: types('m7i. large') }, `instanceTypes[0] is "m7i. large", ${AN_INSTANCE_TYPE}`],
    [{ instanceTypes: types('m7i-large'), machineImage: ec2.MachineImage.genericLinux({}) }, `instanceTypes[0] is "m7i-large", ${AN_INSTANCE_TYPE}`],
  ],
  'release versions': ['latest', 'recommended', 'v1.36', '1.36', '1.36.0', 'v20261015', 'v1.36.0-20261015', '1.36.0-', 'amazon-eks-node-al2023-x86_64-standard-1.36-v20261015', ''].map(
    (releaseVersion): [IrsaNodegroupOptions, string] => [{ releaseVersion }, `releaseVersion is "${releaseVersion}", but must be the exact version of an Amazon EKS image, `
      + 'such as "1.36.0-20261015" of Amazon Linux 2023 or "1.26.1-943d9a41" of Bottlerocket: omit it to use the latest version']),
  'sizes': [
    [{ minSize: 3, maxSize: 2 }, 'minSize is 3, but must be at most maxSize (2)'],
    [{ minSize: 2, maxSize: 4, desiredSize: 1 }, 'desiredSize is 1, but must be at least minSize (2)'],
    [{ minSize: 2, maxSize: 4, desiredSize: 5 }, 'desiredSize is 5, but must be at most maxSize (4)'],
    [{ maxSize: 0 }, 'maxSize is 0, but must be a whole number of 1 or more'],
    [{ minSize: -1 }, 'minSize is -1, but must be a whole number of 0 or more'],
    [{ desiredSize: 1.5 }, 'desiredSize is 1.5, but must be a whole number of 0 or more'],
    [{ maxUnavailable: 0 }, 'maxUnavailable is 0, but must be a whole number from 1 to 100'],
    [{ maxUnavailablePercentage: 101 }, 'maxUnavailablePercentage is 101, but must be a whole number from 1 to 100'],
    [{ maxUnavailable: 1, maxUnavailablePercentage: 10 }, 'maxUnavailablePercentage is 10, but must be omitted if maxUnavailable is set: Amazon EKS accepts only one of them'],
    [{ desiredSize: token }, 'minSize is undefined, but must be set if desiredSize is a token: no default can be derived from a token'],
    [{ desiredSize: token, minSize: 1 }, 'maxSize is undefined, but must be set if desiredSize is a token: no default can be derived from a token'],
    [{ minSize: token }, 'maxSize is undefined, but must be set if minSize is a token: no default can be derived from a token'],
    [{ maxSize: token }, 'desiredSize is undefined, but must be set if maxSize is a token: no default can be derived from a token'],
    [{ maxPods: 0 }, 'maxPods is 0, but must be a whole number of 1 or more'],
  ],
  'subnets': [
    [{ subnets: { availabilityZones: ['nowhere'] } }, 'subnets is {"availabilityZones":["nowhere"]}, but must be a selection of at least one subnet of the VPC'],
    [{ subnets: { subnetGroupName: 'Nodes' } }, 'subnets is {"subnetGroupName":"Nodes"}, but must be a selection of at least one subnet of the VPC: '
      + 'There are no subnet groups with name \'Nodes\' in this VPC. Available names: Public,Private'],
  ],
  'volumes': [
    [disk({ throughput: 100 }), 'disk.throughput is 100, but must be a whole number from 125 to 2000'],
    [disk({ iops: 2999 }), 'disk.iops is 2999, but must be a whole number from 3000 to 80000'],
    [disk({ volumeType: GP2, iops: 3000 }), 'disk.iops is 3000, but must be omitted for a volume of type gp2: only gp3, io1 and io2 support it'],
    [disk({ volumeType: IO1 }), 'disk.iops is undefined, but must be set for a volume of type io1'],
    [disk({ volumeType: IO1, iops: 100, throughput: 125 }), 'disk.throughput is 125, but must be omitted for a volume of type io1: only gp3 supports it'],
    [disk({ volumeType: GP3, unsafeUnencrypted: true, encryptionKey: kms.Key.fromKeyArn(newStack(), 'Key', 'arn:aws:kms:us-west-2:123456789012:key/1') }),
      'disk.unsafeUnencrypted is true, but must be omitted if encryptionKey is set: a volume with a key is encrypted'],
    [disk({ size: Size.mebibytes(100) }), 'disk.size is "0.09765625 GiB", but must be a whole number of gibibytes, 20 to 65536 for gp3'],
    [disk({ size: Size.gibibytes(19) }), 'disk.size is "19 GiB", but must be a whole number of gibibytes, 20 to 65536 for gp3'],
    [disk({ size: Size.tebibytes(65) }), 'disk.size is "66560 GiB", but must be a whole number of gibibytes, 20 to 65536 for gp3'],
    [disk({ size: Size.tebibytes(Token.asNumber({ Ref: 'Size' })) }), 'disk.size is "<token>", but must be in gibibytes: a size that is known only at deployment cannot be converted, so use Size.gibibytes'],
    [disk({ volumeType: ST1 }), 'disk.volumeType is "st1", but must be the type of a boot volume, such as gp3: use this type only in additionalVolumes'],
    [volume('/dev/xvdf', { size: Size.gibibytes(0) }), 'additionalVolumes[0].size is "0 GiB", but must be a whole number of gibibytes, 1 to 65536 for gp3'],
    [volume('/dev/xvdf', { volumeType: GP2, size: Size.tebibytes(17) }), 'additionalVolumes[0].size is "17408 GiB", but must be a whole number of gibibytes, 1 to 16384 for gp2'],
    [volume('/dev/xvdf', { volumeType: SC1 }), 'additionalVolumes[0].size is "80 GiB", but must be a whole number of gibibytes, 125 to 16384 for sc1'],
    [disk({ throughput: 751 }), 'disk.throughput is 751, but must be at most 750 with 3000 iops: increase iops'],
    [disk({ iops: 4000, throughput: 1001 }), 'disk.throughput is 1001, but must be at most 1000 with 4000 iops: increase iops'],
    [disk({ iops: 40_001 }), 'disk.iops is 40001, but must be at most 40000 for a volume of type gp3 with 80 GiB: increase size'],
    [disk({ volumeType: IO1, iops: 4001 }), 'disk.iops is 4001, but must be at most 4000 for a volume of type io1 with 80 GiB: increase size'],
    [disk({ volumeType: IO1, iops: 64_001, size: Size.tebibytes(10) }), 'disk.iops is 64001, but must be a whole number from 100 to 64000'],
    [disk({ volumeType: IO2, iops: 80_001 }), 'disk.iops is 80001, but must be at most 80000 for a volume of type io2 with 80 GiB: increase size'],
    [volume('xvdf'), 'additionalVolumes[0].deviceName is "xvdf", but must be a device name such as /dev/xvdf'],
    [volume('/dev/xvda'), 'additionalVolumes[0].deviceName is "/dev/xvda", but must be a device name that is not in use: another volume has it; use disk for the volume of the node itself'],
    [volume('/dev/xvdf', { throughput: 5000 }), 'additionalVolumes[0].throughput is 5000, but must be a whole number from 125 to 2000'],
  ],
  'taints': [
    [taint({ effect: eks.TaintEffect.NO_EXECUTE }), 'taints[1].key is undefined, but must be set'],
    [taint({ key: '-a', effect: eks.TaintEffect.NO_EXECUTE }), `taints[1].key is "-a", but must be 1 to ${A_NAME}, optionally after an RFC 1123 subdomain and a slash: for example "team" or "example.com/team"`],
    [taint({ key: 'a', value: 'a b', effect: eks.TaintEffect.NO_EXECUTE }), `taints[1].value is "a b", but must be an empty string or 1 to ${A_NAME}: for example "a-b"`],
    [taint({ key: 'a', effect: 'NoSchedule' as any }), 'taints[1].effect is "NoSchedule", but must be one of TaintEffect.NO_SCHEDULE, TaintEffect.PREFER_NO_SCHEDULE, TaintEffect.NO_EXECUTE: did you mean TaintEffect.NO_SCHEDULE?'],
    [taint({ key: 'a' }), 'taints[1].effect is undefined, but must be one of NO_SCHEDULE, PREFER_NO_SCHEDULE, NO_EXECUTE'],
    [taint({ key: 'fine', effect: eks.TaintEffect.NO_EXECUTE }), 'taints[1] is "fine:NO_EXECUTE", but must be unique: Kubernetes allows one taint for each combination of key and effect'],
    [{ taints: Array.from({ length: 51 }, (_, i) => ({ key: `a${i}`, effect: eks.TaintEffect.NO_EXECUTE })) }, 'the number of taints is 51, but must be at most 50'],
  ],
  'labels': [
    [label('a b'), `a key of labels is "a b", but must be 1 to ${A_NAME}, optionally after an RFC 1123 subdomain and a slash: for example "team" or "example.com/team"`],
    [label('team', 'a b'), `labels['team'] is "a b", but must be an empty string or 1 to ${A_NAME}: for example "a-b"`],
    [label('team', ''), 'labels[\'team\'] is "", but must be a string that is not empty: Amazon EKS does not accept empty values; for example "true"'],
    [label(`${'a'.repeat(60)}.com/b`), `a key of labels is "${'a'.repeat(60)}.com/b", but must be at most 63 characters, including the prefix: Amazon EKS does not accept longer keys`],
  ],
  'reserved labels': [
    [label('kubernetes.io/team'), `labels['kubernetes.io/team'] ${NODE_LABELS}`],
    [label('node-role.kubernetes.io/worker'), `labels['node-role.kubernetes.io/worker'] ${NODE_LABELS}`],
    [label('x.k8s.io/team'), `labels['x.k8s.io/team'] ${NODE_LABELS}`],
    [label('eks.amazonaws.com/nodegroup'), 'labels[\'eks.amazonaws.com/nodegroup\'] must be a label with another prefix: only Amazon EKS sets labels with the prefix eks.amazonaws.com'],
  ],
  'what another family boots with': [
    [{ ...BOTTLEROCKET, preBootstrapCommands: ['date'] }, 'preBootstrapCommands must be omitted for Bottlerocket: Bottlerocket has no shell to run them; use bottlerocketSettings, for example with a bootstrap container'],
    [{ ...BOTTLEROCKET, kubelet: { a: 1 } }, 'kubelet must be omitted for Bottlerocket: set it under kubernetes in bottlerocketSettings'],
    [{ ...BOTTLEROCKET, nodeConfigs: [{}] }, 'nodeConfigs must be omitted for Bottlerocket: use bottlerocketSettings'],
    [{ bottlerocketSettings: { motd: 'hi' } }, 'bottlerocketSettings must be omitted for Amazon Linux 2023: set amiFamily to NodeAmiFamily.BOTTLEROCKET, or use kubelet and nodeConfigs'],
    [{ maxPods: 10, kubelet: { maxPods: 20 } }, 'kubelet.maxPods must be omitted if maxPods is set: set only one of them'],
    [{ ...BOTTLEROCKET, maxPods: 10, bottlerocketSettings: { kubernetes: { 'max-pods': 20 } } }, 'bottlerocketSettings.kubernetes.max-pods must be omitted: maxPods sets it'],
    ...([['cluster-name', CLUSTER], ['api-server', CLUSTER], ['cluster-certificate', CLUSTER], ['node-labels', 'use labels'], ['node-taints', 'use taints']])
      .map(([setting, fix]): [IrsaNodegroupOptions, string] => [settings({ kubernetes: { [setting]: 'x' } }), `bottlerocketSettings.kubernetes.${setting} must be omitted: ${fix}`]),
    [{ nodeConfigs: [{}, { spec: {} }] }, 'nodeConfigs[1].spec must be omitted: specify only the content of spec'],
    ...['name', 'apiServerEndpoint', 'certificateAuthority'].map((field): [IrsaNodegroupOptions, string] => [
      { nodeConfigs: [{ cluster: { [field]: 'x' } }] }, `nodeConfigs[0].cluster.${field} must be omitted: ${CLUSTER}`,
    ]),
  ],
  'TOML that Amazon EKS cannot merge': [
    [settings({ motd: 'say "hi"' }), 'bottlerocketSettings.motd must be without double quotes: Amazon EKS cannot read them in a value; use a setting with an encoded value, such as the user data of a host container'],
    [settings({ a: { 'b"c': 1 } }), 'bottlerocketSettings.a["b\\"c"] must be under a key without double quotes: Amazon EKS cannot read them'],
    [settings({ 'host-containers': { 'my.one': { enabled: true } } }), 'bottlerocketSettings.host-containers["my.one"] must be under a key of letters, digits, hyphens and underscores, because it contains settings: Amazon EKS cannot read other keys'],
    [settings({ a: [1, 2.5] }), 'bottlerocketSettings.a must be a list of one type: Amazon EKS cannot read mixed types, such as integers and decimals'],
    [settings({ a: ['a', { b: 1 }] }), 'bottlerocketSettings.a must be a list of one type: Amazon EKS cannot read mixed types, such as integers and decimals'],
  ],
  'an image of the caller\'s': [
    [{ machineImage: ec2.MachineImage.genericLinux({}), amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD }, 'amiType must be omitted if machineImage is set: it only applies to Amazon EKS images'],
    [{ machineImage: ec2.MachineImage.genericLinux({}), releaseVersion: '1' }, 'releaseVersion must be omitted if machineImage is set: it only applies to Amazon EKS images'],
    [{ machineImage: ec2.MachineImage.genericLinux({}) }, 'nodeConfigs must be a list with a cluster.cidr if machineImage is set: Amazon Linux 2023 nodes require the service CIDR block of the cluster; '
      + 'see kubernetesNetworkConfig in the output of aws eks describe-cluster, or set serviceIpv4Cidr on a new cluster'],
  ],
};

describe.each(Object.entries(INPUT))('fails for %s:', (_, rows) => {
  test.each(rows)('%j', (options, message) => {
    expect(() => define(options)).toThrow(new Error(`Stack/Cluster/Nodes: ${message}`));
  });
});

test.each<[keyof IrsaNodegroupOptions, IrsaNodegroupOptions]>([
  ['disk', { disk: {} }],
  ['additionalVolumes', { additionalVolumes: [] }],
  ['remoteAccess', { remoteAccess: { keyPair: ec2.KeyPair.fromKeyPairName(newStack(), 'Key', 'mine'), sourceSecurityGroups: [] } }],
  ['machineImage', { machineImage: ec2.MachineImage.genericLinux({}) }],
  ['allowPodImdsAccess', { allowPodImdsAccess: false }],
  ['preBootstrapCommands', { preBootstrapCommands: ['date'] }],
  ['preBootstrapEnvironment', { preBootstrapEnvironment: {} }],
  ['maxPods', { maxPods: 10 }],
  ['kubelet', { kubelet: {} }],
  ['nodeConfigs', { nodeConfigs: [] }],
  ['bottlerocketSettings', { bottlerocketSettings: {} }],
])('fails for %s in combination with your own launch template, which would ignore it', (property, options) => {
  expect(() => define((stack) => ({ launchTemplate: new ec2.LaunchTemplate(stack, 'Mine'), ...options }))).toThrow(
    new Error(`Stack/Cluster/Nodes: ${property} must be omitted if launchTemplate is set: your launch template is used unchanged, so set it there`));
});

test('fails for more managed policies than IAM allows, including those that a node needs', () => {
  const managedPolicies = Array.from({ length: 22 }, (_, i) => iam.ManagedPolicy.fromAwsManagedPolicyName(`Policy${i}`));
  expect(() => define({ managedPolicies })).toThrow(new Error('Stack/Cluster/Nodes: the number of managedPolicies, including those that nodes require, is 26, '
    + 'but must be at most 25, the IAM maximum for a role: combine the permissions of several into one policy of your own'));
});

test('sizes and settings can be tokens', () => {
  const text = Token.asString({ Ref: 'Text' });
  expect(() => define({ minSize: token, maxSize: token })).not.toThrow();
  expect(() => define(settings({ motd: text, kubernetes: { 'allowed-unsafe-sysctls': [text, 'a'] } }))).not.toThrow();
  expect(() => define(disk({ size: Size.gibibytes(token), iops: 50_000, throughput: 2000 }))).not.toThrow();
  expect(() => define(disk({ iops: token, throughput: 2000 }))).not.toThrow();
});

test.each([
  't3.medium', 'm7i-flex.large', 'u-6tb1.112xlarge', 'x2iezn.metal', 'c7i.metal-24xl', 'hpc7g.16xlarge', `m7i.${Token.asString({ Ref: 'Size' })}`,
])('the instance type %s passes', (name) => {
  expect(() => define({ instanceTypes: types(name), amiType: Token.asString({ Ref: 'AmiType' }) as eks.NodegroupAmiType })).not.toThrow();
});

test('fails for the instance type of a launch template that has no size', () => {
  const options = (stack: Stack) => ({ launchTemplate: new ec2.LaunchTemplate(stack, 'Mine', { instanceType: new ec2.InstanceType('m7glarge') }) });
  expect(() => define(options)).toThrow(new Error(`Stack/Cluster/Nodes: launchTemplate.instanceType is "m7glarge", ${AN_INSTANCE_TYPE}`));
});

test.each(['1.31.0-20241024', '1.26.1-943d9a41', '1.31-2024.10.08', Token.asString({ Ref: 'Version' })])('the release version %s passes', (releaseVersion) => {
  expect(() => define({ releaseVersion })).not.toThrow();
});

test('a release version passes while the CDK CLI has yet to look it up', () => {
  const name = '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version';
  const stack = newStack('Stack', { env: { account: '123456789012', region: 'us-west-2' } });
  const releaseVersion = ssm.StringParameter.valueFromLookup(stack, name);
  expect(() => newCluster(stack).addNodegroup('Nodes', { releaseVersion })).not.toThrow();
});

const MOST_BYTES = 16 * 1024;
const expectSize = (options: IrsaNodegroupOptions, size: number) => expect(() => define(options)).toThrow(new Error(`Stack/Cluster/Nodes: the size of the user data is ${size}, `
  + `but must be at most ${MOST_BYTES} bytes: download large content in a command, or add it to a custom image`));

test('user data can be as large as an instance accepts', () => {
  const motd = 'a'.repeat(MOST_BYTES - '[settings]\nmotd = ""\n'.length);
  expect(() => define(settings({ motd }))).not.toThrow();
  expectSize(settings({ motd: `${motd}a` }), MOST_BYTES + 1);
});

test('the size of user data counts commands in base64, and does not count placeholders for tokens', () => {
  const command = '#'.repeat(MOST_BYTES);
  const message = (body: string) => ['Content-Type: multipart/mixed; boundary="==CDK-IRSA=="', 'MIME-Version: 1.0', '', '--==CDK-IRSA==',
    'Content-Type: text/x-shellscript; charset="utf-8"', 'Content-Transfer-Encoding: base64', '', body, '--==CDK-IRSA==--', ''].join('\n');
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  expectSize({ preBootstrapCommands: [command] }, message(base64(`#!/bin/bash\n${command}`).match(/.{1,76}/g)!.join('\n')).length);
  const text = Token.asString({ Ref: 'Text' });
  expectSize({ preBootstrapCommands: [command], preBootstrapEnvironment: { A: text } }, message(base64(`#!/bin/bash\nexport A='\${Text}'\n${command}`)).length);
});

test.each(['node.kubernetes.io/pool', 'kubelet.kubernetes.io/x', 'topology.kubernetes.io/zone', 'kubernetes.io/os', 'example.com/team', 'team'])('the label %s can be set', (key) => {
  expect(() => define(label(key))).not.toThrow();
});
