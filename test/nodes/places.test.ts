import { Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { types } from './nodegroups';
import { IrsaNodegroupOptions, NodeAmiFamily } from '../../lib';
import { Exclusion, exclusionOf, EXCLUSIONS, PLACES } from '../../lib/nodes/private/exclusions';
import { read } from '../documents';
import { newCluster, newStack } from '../stacks';

const managed = (name: string) => iam.ManagedPolicy.fromAwsManagedPolicyName(name);

/** Each option with a value that is not its default, and what that needs beside it. */
const SAMPLES: { [option in keyof Required<IrsaNodegroupOptions>]: (stack: Stack) => IrsaNodegroupOptions } = {
  nodegroupName: () => ({ nodegroupName: 'blue' }),
  instanceTypes: () => ({ instanceTypes: types('m7i.large') }),
  amiFamily: () => ({ amiFamily: NodeAmiFamily.BOTTLEROCKET }),
  amiType: () => ({ amiType: eks.NodegroupAmiType.BOTTLEROCKET_X86_64 }),
  machineImage: () => ({ machineImage: ec2.MachineImage.genericLinux({ 'us-west-2': 'ami-1' }) }),
  releaseVersion: () => ({ releaseVersion: '1.36.0-20261015' }),
  capacityType: () => ({ capacityType: eks.CapacityType.SPOT }),
  minSize: () => ({ minSize: 2 }),
  maxSize: () => ({ maxSize: 9 }),
  desiredSize: () => ({ desiredSize: 5 }),
  subnets: () => ({ subnets: { subnetType: ec2.SubnetType.PUBLIC } }),
  maxUnavailable: () => ({ maxUnavailable: 2 }),
  maxUnavailablePercentage: () => ({ maxUnavailablePercentage: 20 }),
  nodeAutoRepair: () => ({ nodeAutoRepair: true }),
  labels: () => ({ labels: { team: 'data' } }),
  taints: () => ({ taints: [{ key: 'dedicated', effect: eks.TaintEffect.NO_EXECUTE }] }),
  tags: () => ({ tags: { team: 'data' } }),
  disk: () => ({ disk: { size: Size.gibibytes(200) } }),
  additionalVolumes: () => ({ additionalVolumes: [{ deviceName: '/dev/xvdf' }] }),
  remoteAccess: (stack) => ({ remoteAccess: { keyPair: ec2.KeyPair.fromKeyPairName(stack, 'Key', 'mine'), sourceSecurityGroups: [] } }),
  nodeRole: (stack) => ({ nodeRole: iam.Role.fromRoleArn(stack, 'Mine', 'arn:aws:iam::123456789012:role/mine') }),
  managedPolicies: () => ({ managedPolicies: [managed('CloudWatchAgentServerPolicy')] }),
  inlinePolicies: () => ({ inlinePolicies: { Own: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })] }) } }),
  permissionsBoundary: () => ({ permissionsBoundary: managed('PowerUserAccess') }),
  ssm: () => ({ ssm: false }),
  allowPodImdsAccess: () => ({ allowPodImdsAccess: true }),
  preBootstrapCommands: () => ({ preBootstrapCommands: ['date'] }),
  preBootstrapEnvironment: () => ({ preBootstrapCommands: ['date'], preBootstrapEnvironment: { TEAM: 'data' } }),
  maxPods: () => ({ maxPods: 50 }),
  kubelet: () => ({ kubelet: { shutdownGracePeriod: '30s' } }),
  nodeConfigs: () => ({ nodeConfigs: [{ instance: {} }] }),
  bottlerocketSettings: () => ({ amiFamily: NodeAmiFamily.BOTTLEROCKET, bottlerocketSettings: { motd: 'hello' } }),
  launchTemplate: (stack) => ({ launchTemplate: ec2.LaunchTemplate.fromLaunchTemplateAttributes(stack, 'Mine', { launchTemplateId: 'lt-1' }) }),
};

/** What a nodegroup consists of, by place and property, as text. */
function places(options: (stack: Stack) => IrsaNodegroupOptions): { [place: string]: string } {
  const stack = newStack();
  newCluster(stack, { serviceIpv4Cidr: '10.100.0.0/16' }).addNodegroup('Nodes', options(stack));
  const template = Template.fromStack(stack);
  const only = (type: string) => Object.entries<any>(template.findResources(type)).filter(([id]) => id.startsWith('ClusterNodes')).map(([, { Properties }]) => Properties)[0] ?? {};
  const { LaunchTemplateData: { UserData, ...data } = {} as any } = only('AWS::EC2::LaunchTemplate');
  const all: [string, object][] = [['nodegroup', only('AWS::EKS::Nodegroup')], ['launch template', data], ['user data', { UserData }], ['role', only('AWS::IAM::Role')]];
  return Object.fromEntries(all.flatMap(([place, properties]) => Object.entries(properties).map(([name, value]) => [`${place}.${name}`, JSON.stringify(value)])));
}

/** By option, the places that it adds something to or changes; what it takes away is elsewhere then. */
function measured(): { [place: string]: string[] } {
  const lands: { [place: string]: string[] } = {};
  for (const [option, sample] of Object.entries(SAMPLES)) {
    const before = places((stack) => (option === 'amiFamily' ? {} : { amiFamily: sample(stack).amiFamily }));
    const after = places(sample);
    const changed = Object.keys(after).filter((place) => before[place] !== after[place]);
    for (const place of new Set(changed.map((name) => name.split('.')[0]))) {
      (lands[place] ??= []).push(option);
    }
  }
  return lands;
}

const sorted = (lists: { [name: string]: readonly string[] }) =>
  Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, [...list].sort()]));

test('each option lands in its places', () => {
  expect(sorted(measured())).toEqual(sorted(PLACES));
});

const inCode = (options: readonly string[]) => options.map((option) => `\`${option}\``).join(', ');

/** The rows of a table of the guide. */
const rowsBelow = (header: string) => read('docs/nodes.md').split(`${header}\n`)[1].split('\n\n')[0].split('\n').slice(1);

test('the table of places in docs/nodes.md is made from them', () => {
  const rows = rowsBelow('| place | options | because |').map((row) => row.split(' | ').slice(0, 2));
  expect(rows).toEqual(Object.entries(PLACES).map(([place, options]) => [`| ${place}`, inCode(options)]));
});

test('the table of what excludes what in docs/nodes.md is made from the exclusions', () => {
  const exclusions = [...Object.values(EXCLUSIONS), ...NodeAmiFamily._all.map(exclusionOf)];
  expect(rowsBelow('| omit | where | because, or instead |')).toEqual(exclusions.flatMap(rowsOf));
});

/** What a family does with an option of the user data. */
function outcomeOf(amiFamily: NodeAmiFamily, option: keyof IrsaNodegroupOptions): string {
  const userData = (options: (stack: Stack) => IrsaNodegroupOptions) => places((stack) => ({ ...options(stack), amiFamily }))['user data.UserData'];
  try {
    return userData(SAMPLES[option]) === userData(() => ({})) ? 'ignored' : 'written';
  } catch (error) {
    return String(error).includes(`omitted for ${amiFamily._definition.title}: `) ? 'refused' : String(error);
  }
}

test.each(Object.values(NodeAmiFamily) as NodeAmiFamily[])('%s writes each option of the user data, or refuses it', (amiFamily) => {
  const options = PLACES['user data'].filter((option) => option !== 'machineImage');
  const outcomes = Object.fromEntries(options.map((option) => [option, outcomeOf(amiFamily, option)]));
  expect(Object.entries(outcomes).filter(([, outcome]) => !['written', 'refused'].includes(outcome))).toEqual([]);
});

/** One row for all options that are excluded for one reason. */
function rowsOf({ where, options }: Exclusion): string[] {
  return [...new Set(Object.values(options))].map((why) => {
    const excluded = Object.entries(options).filter(([, reason]) => reason === why).map(([option]) => option);
    return `| ${inCode(excluded)} | ${where} | ${why} |`;
  });
}
