import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as cdk8s from 'cdk8s';
import { define, launchTemplateData, types } from './nodegroups';
import { IrsaNodegroupOptions, NodeAmiFamily } from '../../lib';
import { deployed } from '../deployed';
import { newStack } from '../stacks';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const toml = require('smol-toml') as { parse(text: string): any };

/** Reads YAML with the one parser there is, which reads files. */
function parseYaml(text: string): any {
  const file = join(mkdtempSync(join(tmpdir(), 'yaml-')), 'config.yaml');
  writeFileSync(file, text);
  const [document] = cdk8s.Yaml.load(file);
  rmSync(dirname(file), { recursive: true });
  return document;
}

/** What cloud-init or Bottlerocket gets of a nodegroup's user data; undefined where there is none. */
function userData(options: IrsaNodegroupOptions): string | undefined {
  const cluster = { clusterName: 'irsa-test', serviceIpv4Cidr: '10.100.0.0/16' };
  return deployed(define({}, cluster).stack, launchTemplateData(options, cluster).UserData?.['Fn::Base64']);
}

/** The parts of a MIME message, as type and body. */
function partsOf(message: string): [string, string][] {
  const [, boundary] = /^Content-Type: multipart\/mixed; boundary="([^"]+)"\nMIME-Version: 1.0\n\n/.exec(message)!;
  const [preamble, ...parts] = message.split(`--${boundary}`);
  expect([preamble.endsWith('\n\n'), parts.pop()]).toEqual([true, '--\n']);
  return parts.map((part) => {
    const [, type, body] = /^\nContent-Type: ([^\n]+)\n\n(.*)$/s.exec(part)!;
    return [type, body];
  });
}

const configsOf = (options: IrsaNodegroupOptions) => partsOf(userData(options)!).filter(([type]) => type === 'application/node.eks.aws').map(([, body]) => parseYaml(body));

const BOTTLEROCKET = { amiFamily: NodeAmiFamily.BOTTLEROCKET };
const machineImage = ec2.MachineImage.genericLinux({ 'us-west-2': 'ami-1' });
const TAINTS = [
  { key: 'dedicated', value: 'data', effect: eks.TaintEffect.NO_SCHEDULE },
  { key: 'dedicated', value: 'data', effect: eks.TaintEffect.NO_EXECUTE },
  { key: 'slow', effect: eks.TaintEffect.PREFER_NO_SCHEDULE },
];

describe('Amazon Linux 2023', () => {
  test('each command is a part of its own, in order, under one shebang', () => {
    expect(userData({ preBootstrapCommands: ['date', '#!/bin/sh\necho "hi"\n'] })).toBe([
      'Content-Type: multipart/mixed; boundary="==CDK-IRSA=="',
      'MIME-Version: 1.0',
      '',
      '--==CDK-IRSA==',
      'Content-Type: text/x-shellscript; charset="us-ascii"',
      '',
      '#!/bin/bash',
      'date',
      '--==CDK-IRSA==',
      'Content-Type: text/x-shellscript; charset="us-ascii"',
      '',
      '#!/bin/sh',
      'echo "hi"',
      '',
      '--==CDK-IRSA==--',
      '',
    ].join('\n'));
  });

  test('settings of the kubelet are a NodeConfig, after the commands', () => {
    expect(userData({ maxPods: 50, kubelet: { shutdownGracePeriod: '30s' }, preBootstrapCommands: ['date'] })).toBe([
      'Content-Type: multipart/mixed; boundary="==CDK-IRSA=="',
      'MIME-Version: 1.0',
      '',
      '--==CDK-IRSA==',
      'Content-Type: text/x-shellscript; charset="us-ascii"',
      '',
      '#!/bin/bash',
      'date',
      '--==CDK-IRSA==',
      'Content-Type: application/node.eks.aws',
      '',
      'apiVersion: node.eks.aws/v1alpha1',
      'kind: NodeConfig',
      'spec:',
      '  kubelet:',
      '    config:',
      '      shutdownGracePeriod: 30s',
      '      maxPods: 50',
      '',
      '--==CDK-IRSA==--',
      '',
    ].join('\n'));
  });

  test('further NodeConfigs come last, and are those of the caller to the letter', () => {
    expect(userData({ preBootstrapCommands: ['date'], maxPods: 50, nodeConfigs: [{ instance: { localStorage: { strategy: 'RAID0' } } }] })).toBe([
      'Content-Type: multipart/mixed; boundary="==CDK-IRSA=="',
      'MIME-Version: 1.0',
      '',
      '--==CDK-IRSA==',
      'Content-Type: text/x-shellscript; charset="us-ascii"',
      '',
      '#!/bin/bash',
      'date',
      '--==CDK-IRSA==',
      'Content-Type: application/node.eks.aws',
      '',
      'apiVersion: node.eks.aws/v1alpha1',
      'kind: NodeConfig',
      'spec:',
      '  kubelet:',
      '    config:',
      '      maxPods: 50',
      '',
      '--==CDK-IRSA==',
      'Content-Type: application/node.eks.aws',
      '',
      'apiVersion: node.eks.aws/v1alpha1',
      'kind: NodeConfig',
      'spec:',
      '  instance:',
      '    localStorage:',
      '      strategy: RAID0',
      '',
      '--==CDK-IRSA==--',
      '',
    ].join('\n'));
  });

  test('further NodeConfigs are parts of their own, and merged in this order', () => {
    const local = { instance: { localStorage: { strategy: 'RAID0' } } };
    expect(configsOf({ maxPods: 50, nodeConfigs: [local, { featureGates: { InstanceIdNodeName: true } }] })).toEqual(
      [{ kubelet: { config: { maxPods: 50 } } }, local, { featureGates: { InstanceIdNodeName: true } }].map((spec) => ({ apiVersion: 'node.eks.aws/v1alpha1', kind: 'NodeConfig', spec })));
  });

  test.each<[IrsaNodegroupOptions]>([[{}], [{ preBootstrapCommands: [] }], [{ kubelet: {} }], [{ labels: { a: 'b' }, taints: TAINTS }]])('with %j there is none: EKS writes its own', (options) => {
    expect(userData(options)).toBeUndefined();
  });

  test('on an image of the caller\'s, it says all that EKS would', () => {
    expect(configsOf({ machineImage, labels: { team: 'data', stage: 'test' }, taints: TAINTS, maxPods: 50 }).map(({ spec }) => spec)).toEqual([
      {
        cluster: {
          name: expect.stringMatching(/^<Cluster\w+>$/),
          apiServerEndpoint: expect.stringMatching(/^<Cluster\w+\.Endpoint>$/),
          certificateAuthority: expect.stringMatching(/^<Cluster\w+\.CertificateAuthorityData>$/),
          cidr: '10.100.0.0/16',
        },
        kubelet: { flags: ['--node-labels=team=data,stage=test', '--register-with-taints=dedicated=data:NoSchedule,dedicated=data:NoExecute,slow=:PreferNoSchedule'] },
      },
      { kubelet: { config: { maxPods: 50 } } },
    ]);
  });

  test('on an image of the caller\'s, the cluster comes between the commands and the kubelet', () => {
    expect(userData({ machineImage, preBootstrapCommands: ['date'], labels: { team: 'data' }, maxPods: 50 })!.replace(/<Cluster[^>]*>/g, '<...>')).toBe([
      'Content-Type: multipart/mixed; boundary="==CDK-IRSA=="',
      'MIME-Version: 1.0',
      '',
      '--==CDK-IRSA==',
      'Content-Type: text/x-shellscript; charset="us-ascii"',
      '',
      '#!/bin/bash',
      'date',
      '--==CDK-IRSA==',
      'Content-Type: application/node.eks.aws',
      '',
      'apiVersion: node.eks.aws/v1alpha1',
      'kind: NodeConfig',
      'spec:',
      '  cluster:',
      '    name: <...>',
      '    apiServerEndpoint: <...>',
      '    certificateAuthority: <...>',
      '    cidr: 10.100.0.0/16',
      '  kubelet:',
      '    flags:',
      '      - --node-labels=team=data',
      '',
      '--==CDK-IRSA==',
      'Content-Type: application/node.eks.aws',
      '',
      'apiVersion: node.eks.aws/v1alpha1',
      'kind: NodeConfig',
      'spec:',
      '  kubelet:',
      '    config:',
      '      maxPods: 50',
      '',
      '--==CDK-IRSA==--',
      '',
    ].join('\n'));
  });

  test('on an image of the caller\'s, the addresses of services may be those of a NodeConfig', () => {
    const { UserData } = launchTemplateData({ machineImage, nodeConfigs: [{ cluster: { cidr: '172.20.0.0/16' } }] });
    expect(JSON.stringify(UserData)).toContain('spec:\\n  cluster:\\n    cidr: 172.20.0.0/16\\n');
  });

  test('on an image of the caller\'s in an IPv6 cluster, CloudFormation knows the addresses of services', () => {
    const { UserData } = launchTemplateData({ machineImage }, { ipFamily: eks.IpFamily.IP_V6 });
    expect(JSON.stringify(UserData)).toContain('KubernetesNetworkConfig.ServiceIpv6Cidr');
  });

  test.each([
    ['', '"", but must be a command'],
    [' \n', '" \\n", but must be a command'],
    ['echo ä', '"echo ä", but must be in ASCII characters: write others as escapes of the shell, such as $\'\\u00e4\''],
    ['a\n--==CDK-IRSA==\nb', '"a\\n--==CDK-IRSA==\\nb", but must be a command without a line that starts with --==CDK-IRSA==: it ends a part of the user data'],
  ])('fails for the command %j', (command, message) => {
    expect(() => userData({ preBootstrapCommands: ['date', command] })).toThrow(new Error(`Stack/Cluster/Nodes: preBootstrapCommands[1] is ${message}`));
  });
});

describe('Bottlerocket', () => {
  test('settings are TOML', () => {
    expect(userData({ ...BOTTLEROCKET, maxPods: 50, bottlerocketSettings: { 'motd': 'say \'hi\'', 'host-containers': { admin: { enabled: true } }, 'kubernetes': { 'allowed-unsafe-sysctls': ['net.*'] } } })).toBe([
      '[settings]',
      'motd = "say \'hi\'"',
      '',
      '[settings.host-containers.admin]',
      'enabled = true',
      '',
      '[settings.kubernetes]',
      'max-pods = 50',
      'allowed-unsafe-sysctls = [ "net.*" ]',
      '',
    ].join('\n'));
  });

  test('who may enter by SSH finds the container for that, with the settings that it has', () => {
    const remoteAccess = { keyPair: ec2.KeyPair.fromKeyPairName(newStack(), 'Key', 'mine'), sourceSecurityGroups: [] };
    expect(userData({ ...BOTTLEROCKET, remoteAccess, bottlerocketSettings: { 'host-containers': { admin: { superpowered: true }, control: { enabled: false } } } })).toBe([
      '[settings.host-containers.admin]',
      'enabled = true',
      'superpowered = true',
      '',
      '[settings.host-containers.control]',
      'enabled = false',
      '',
    ].join('\n'));
  });

  test('pods that are not root may use devices of AWS Neuron, unless the settings say otherwise', () => {
    const instanceTypes = types('inf2.xlarge');
    const neuron = (value: boolean) => `[settings.kubernetes]\ndevice-ownership-from-security-context = ${value}\n`;
    expect(userData({ ...BOTTLEROCKET, instanceTypes })).toBe(neuron(true));
    expect(userData({ ...BOTTLEROCKET, instanceTypes, bottlerocketSettings: { kubernetes: { 'device-ownership-from-security-context': false } } })).toBe(neuron(false));
  });

  test('without settings there is none: EKS writes its own', () => {
    expect(userData({ ...BOTTLEROCKET, labels: { a: 'b' }, taints: TAINTS })).toBeUndefined();
  });

  test('on an image of the caller\'s, the cluster and labels are settings, and any TOML is taken', () => {
    expect(userData({ ...BOTTLEROCKET, machineImage, labels: { 'example.com/team': 'data' }, bottlerocketSettings: { motd: 'say "hi"' } })!.replace(/<Cluster[^>]*>/g, '<...>')).toBe([
      '[settings]',
      'motd = "say \\"hi\\""',
      '',
      '[settings.kubernetes]',
      'cluster-name = "<...>"',
      'api-server = "<...>"',
      'cluster-certificate = "<...>"',
      '',
      '[settings.kubernetes.node-labels]',
      '"example.com/team" = "data"',
      '',
    ].join('\n'));
  });

  test('on an image of the caller\'s, it says all that EKS would', () => {
    expect(toml.parse(userData({ ...BOTTLEROCKET, machineImage, labels: { 'example.com/team': 'data' }, taints: TAINTS, bottlerocketSettings: { kubernetes: { 'cluster-dns-ip': '10.100.0.10' } } })!)).toEqual({
      settings: {
        kubernetes: {
          'cluster-name': expect.stringMatching(/^<Cluster\w+>$/),
          'api-server': expect.stringMatching(/^<Cluster\w+\.Endpoint>$/),
          'cluster-certificate': expect.stringMatching(/^<Cluster\w+\.CertificateAuthorityData>$/),
          'node-labels': { 'example.com/team': 'data' },
          'node-taints': { dedicated: ['data:NoSchedule', 'data:NoExecute'], slow: [':PreferNoSchedule'] },
          'cluster-dns-ip': '10.100.0.10',
        },
      },
    });
  });
});
