import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { define } from './nodegroups';
import { AdditionalNodeVolume, IrsaNodegroupOptions, NodeAmiFamily, NodeVolume } from '../../lib';
import { newStack } from '../stacks';

const { GP2, GP3, IO1 } = ec2.EbsDeviceVolumeType;
const disk = (volume: NodeVolume): IrsaNodegroupOptions => ({ disk: volume });
const volume = (deviceName: string, more: NodeVolume = {}): IrsaNodegroupOptions =>
  ({ additionalVolumes: [{ deviceName, ...more } as AdditionalNodeVolume] });
const taint = (spec: eks.TaintSpec): IrsaNodegroupOptions => ({ taints: [{ key: 'fine', effect: eks.TaintEffect.NO_EXECUTE }, spec] });
const label = (key: string, value = 'value'): IrsaNodegroupOptions => ({ labels: { [key]: value } });
const NODE_LABELS = 'but must be under another prefix: nodes may not set labels of kubernetes.io and k8s.io for themselves, but for those of kubelet.kubernetes.io and node.kubernetes.io';
const BOTTLEROCKET = { amiFamily: NodeAmiFamily.BOTTLEROCKET };

const INPUT: { [what: string]: [IrsaNodegroupOptions, string][] } = {
  'a name': [
    [{ nodegroupName: '' }, 'nodegroupName is "", but must be 1 to 63 letters, digits, hyphens and underscores, with a letter or digit first'],
    [{ nodegroupName: '-a' }, 'nodegroupName is "-a", but must be 1 to 63 letters, digits, hyphens and underscores, with a letter or digit first'],
    [{ nodegroupName: 'a'.repeat(64) }, `nodegroupName is "${'a'.repeat(64)}", but must be 1 to 63 letters, digits, hyphens and underscores, with a letter or digit first`],
  ],
  'sizes': [
    [{ minSize: 3, maxSize: 2 }, 'minSize is 3, but must be at most maxSize, 2'],
    [{ minSize: 2, maxSize: 4, desiredSize: 1 }, 'desiredSize is 1, but must be at least minSize, 2'],
    [{ minSize: 2, maxSize: 4, desiredSize: 5 }, 'desiredSize is 5, but must be at most maxSize, 4'],
    [{ maxSize: 0 }, 'maxSize is 0, but must be a whole number of 1 or more'],
    [{ minSize: -1 }, 'minSize is -1, but must be a whole number of 0 or more'],
    [{ desiredSize: 1.5 }, 'desiredSize is 1.5, but must be a whole number of 0 or more'],
    [{ maxUnavailable: 0 }, 'maxUnavailable is 0, but must be a whole number from 1 to 100'],
    [{ maxUnavailablePercentage: 101 }, 'maxUnavailablePercentage is 101, but must be a whole number from 1 to 100'],
    [{ maxUnavailable: 1, maxUnavailablePercentage: 10 }, 'maxUnavailablePercentage is 10, but must be left out beside maxUnavailable: one of them says how many nodes are replaced at once'],
    [{ maxPods: 0 }, 'maxPods is 0, but must be a whole number of 1 or more'],
  ],
  'subnets': [
    [{ subnets: { availabilityZones: ['nowhere'] } }, 'subnets is {"availabilityZones":["nowhere"]}, but must be a selection of one subnet or more of the VPC'],
  ],
  'volumes': [
    [disk({ throughput: 100 }), 'disk.throughput is 100, but must be a whole number from 125 to 2000'],
    [disk({ iops: 2999 }), 'disk.iops is 2999, but must be a whole number from 3000 to 80000'],
    [disk({ volumeType: GP2, iops: 3000 }), 'disk.iops is 3000, but must be left out for a volume of type gp2: only gp3, io1 and io2 take it'],
    [disk({ volumeType: IO1 }), 'disk.iops is undefined, but must be given for a volume of type io1'],
    [disk({ volumeType: IO1, iops: 100, throughput: 125 }), 'disk.throughput is 125, but must be left out for a volume of type io1: only gp3 takes it'],
    [disk({ volumeType: GP3, unsafeUnencrypted: true, encryptionKey: kms.Key.fromKeyArn(newStack(), 'Key', 'arn:aws:kms:us-west-2:123456789012:key/1') }),
      'disk.unsafeUnencrypted is true, but must be left out beside encryptionKey: a volume with a key is encrypted'],
    [disk({ size: Size.mebibytes(100) }), 'disk.size is "0.09765625 GiB", but must be whole gibibytes, 1 or more'],
    [disk({ size: Size.gibibytes(0) }), 'disk.size is "0 GiB", but must be whole gibibytes, 1 or more'],
    [volume('xvdf'), 'additionalVolumes[0].deviceName is "xvdf", but must be the name of a device, such as /dev/xvdf'],
    [volume('/dev/xvda'), 'additionalVolumes[0].deviceName is "/dev/xvda", but must be a device that is free: it has a volume already; that of the node itself is set with disk'],
    [volume('/dev/xvdf', { throughput: 5000 }), 'additionalVolumes[0].throughput is 5000, but must be a whole number from 125 to 2000'],
  ],
  'taints': [
    [taint({ effect: eks.TaintEffect.NO_EXECUTE }), 'taints[1].key is undefined, but must be given'],
    [taint({ key: 'a' }), 'taints[1].effect is undefined, but must be one of NO_SCHEDULE, PREFER_NO_SCHEDULE, NO_EXECUTE'],
    [taint({ key: 'fine', effect: eks.TaintEffect.NO_EXECUTE }), 'taints[1] is "fine:NO_EXECUTE", but must be given once: Kubernetes takes one taint of a key and an effect'],
    [{ taints: Array.from({ length: 51 }, (_, i) => ({ key: `a${i}`, effect: eks.TaintEffect.NO_EXECUTE })) }, 'taints is "51 taints", but must be at most 50'],
  ],
  'reserved labels': [
    [label('kubernetes.io/team'), `labels['kubernetes.io/team'] is "value", ${NODE_LABELS}`],
    [label('node-role.kubernetes.io/worker'), `labels['node-role.kubernetes.io/worker'] is "value", ${NODE_LABELS}`],
    [label('x.k8s.io/team'), `labels['x.k8s.io/team'] is "value", ${NODE_LABELS}`],
    [label('eks.amazonaws.com/nodegroup'), 'labels[\'eks.amazonaws.com/nodegroup\'] is "value", but must be under another prefix: Amazon EKS sets those of eks.amazonaws.com'],
  ],
  'what another family boots with': [
    [{ ...BOTTLEROCKET, preBootstrapCommands: ['date'] }, 'preBootstrapCommands is ["date"], but must be left out for Bottlerocket: Bottlerocket has no shell to run them; use its settings, or a bootstrap container in them'],
    [{ ...BOTTLEROCKET, kubelet: { a: 1 } }, 'kubelet is {"a":1}, but must be left out for Bottlerocket: set it below kubernetes in bottlerocketSettings'],
    [{ ...BOTTLEROCKET, nodeConfigs: [{}] }, 'nodeConfigs is [{}], but must be left out for Bottlerocket: use bottlerocketSettings'],
    [{ bottlerocketSettings: { motd: 'hi' } }, 'bottlerocketSettings is {"motd":"hi"}, but must be left out for Amazon Linux 2023: set amiFamily to NodeAmiFamily.BOTTLEROCKET, or use kubelet and nodeConfigs'],
    [{ maxPods: 10, kubelet: { maxPods: 20 } }, 'kubelet.maxPods is 20, but must be left out beside maxPods: one of them says it'],
    [{ ...BOTTLEROCKET, maxPods: 10, bottlerocketSettings: { kubernetes: { 'max-pods': 20 } } }, 'bottlerocketSettings.kubernetes.max-pods is 20, but must be left out beside maxPods: one of them says it'],
  ],
  'an image of the caller\'s': [
    [{ machineImage: ec2.MachineImage.genericLinux({}), amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD }, 'amiType is "AL2023_x86_64_STANDARD", but must be left out beside machineImage: the image is yours'],
    [{ machineImage: ec2.MachineImage.genericLinux({}), releaseVersion: '1' }, 'releaseVersion is "1", but must be left out beside machineImage: the image is yours'],
    [{ machineImage: ec2.MachineImage.genericLinux({}) }, 'machineImage needs serviceIpv4Cidr on the cluster: nodes of Amazon Linux 2023 must be told it, and CloudFormation does not say what Amazon EKS has chosen'],
  ],
};

describe.each(Object.entries(INPUT))('fails for %s:', (_, rows) => {
  test.each(rows)('%j', (options, message) => {
    expect(() => define(options)).toThrow(new Error(`Stack/Cluster/Nodes: ${message}`));
  });
});

test.each<[keyof IrsaNodegroupOptions, IrsaNodegroupOptions, string]>([
  ['disk', { disk: {} }, '"given"'],
  ['additionalVolumes', { additionalVolumes: [] }, '"given"'],
  ['podImdsAccess', { podImdsAccess: false }, 'false'],
  ['preBootstrapCommands', { preBootstrapCommands: ['date'] }, '"given"'],
  ['maxPods', { maxPods: 10 }, '10'],
  ['kubelet', { kubelet: {} }, '"given"'],
  ['nodeConfigs', { nodeConfigs: [] }, '"given"'],
  ['bottlerocketSettings', { bottlerocketSettings: {} }, '"given"'],
])('fails for %s beside a launch template of the caller\'s, which would ignore it', (property, options, shown) => {
  expect(() => define((stack) => ({ launchTemplate: new ec2.LaunchTemplate(stack, 'Mine'), ...options }))).toThrow(
    new Error(`Stack/Cluster/Nodes: ${property} is ${shown}, but must be left out beside launchTemplate: a launch template of yours is used as it is; set it there`));
});

test('fails for more user data than an instance takes', () => {
  expect(() => define({ preBootstrapCommands: ['#'.repeat(16 * 1024)] })).toThrow(
    new Error('Stack/Cluster/Nodes: user data is "16557 bytes", but must be at most 16384 bytes: let a command fetch what is large, or bake it into an image'));
});

test.each(['node.kubernetes.io/pool', 'kubelet.kubernetes.io/x', 'topology.kubernetes.io/zone', 'kubernetes.io/os', 'example.com/team', 'team'])('the label %s may be set', (key) => {
  expect(() => define(label(key))).not.toThrow();
});
