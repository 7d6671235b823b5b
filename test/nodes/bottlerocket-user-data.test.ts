import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { types } from './nodegroups';
import { machineImage, TAINTS, userData } from './user-data';
import { NodeAmiFamily } from '../../lib';
import { newStack } from '../stacks';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const toml = require('smol-toml') as { parse(text: string): any };

const BOTTLEROCKET = { amiFamily: NodeAmiFamily.BOTTLEROCKET };

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

test('remoteAccess enables the admin container, and keeps its settings', () => {
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

test('pods that are not root can use AWS Neuron devices, unless the settings say otherwise', () => {
  const instanceTypes = types('inf2.xlarge');
  const neuron = (value: boolean) => `[settings.kubernetes]\ndevice-ownership-from-security-context = ${value}\n`;
  expect(userData({ ...BOTTLEROCKET, instanceTypes })).toBe(neuron(true));
  expect(userData({ ...BOTTLEROCKET, instanceTypes, bottlerocketSettings: { kubernetes: { 'device-ownership-from-security-context': false } } })).toBe(neuron(false));
});

test('without settings there is no user data, because Amazon EKS writes its own', () => {
  expect(userData({ ...BOTTLEROCKET, labels: { a: 'b' }, taints: TAINTS })).toBeUndefined();
});

test('with your own image, the cluster and the labels are settings, and any TOML is accepted', () => {
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

test('with your own image, it contains everything that Amazon EKS would write', () => {
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
