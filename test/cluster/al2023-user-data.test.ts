import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as cdk8s from 'cdk8s';
import { launchTemplateData } from './nodegroups';
import { machineImage, TAINTS, userData } from './user-data';
import { IrsaNodegroupOptions } from '../../lib';

/** Reads YAML with the one parser there is, which reads files. */
function parseYaml(text: string): any {
  const file = join(mkdtempSync(join(tmpdir(), 'yaml-')), 'config.yaml');
  writeFileSync(file, text);
  const [document] = cdk8s.Yaml.load(file);
  rmSync(dirname(file), { recursive: true });
  return document;
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

/** A MIME message of parts, as the first test has it in full. */
const mime = (...parts: string[][]) => ['Content-Type: multipart/mixed; boundary="==CDK-IRSA=="', 'MIME-Version: 1.0', '',
  ...parts.flatMap((part) => ['--==CDK-IRSA==', ...part]), '--==CDK-IRSA==--', ''].join('\n');
const bash = (...lines: string[]) => ['Content-Type: text/x-shellscript; charset="us-ascii"', '', '#!/bin/bash', ...lines];
const nodeConfig = (...spec: string[]) =>
  ['Content-Type: application/node.eks.aws', '', 'apiVersion: node.eks.aws/v1alpha1', 'kind: NodeConfig', 'spec:', ...spec, ''];

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
  expect(userData({ maxPods: 50, kubelet: { shutdownGracePeriod: '30s' }, preBootstrapCommands: ['date'] })).toBe(mime(
    bash('date'),
    nodeConfig(
      '  kubelet:',
      '    config:',
      '      shutdownGracePeriod: 30s',
      '      maxPods: 50',
    ),
  ));
});

test('further NodeConfigs come last, and are those of the caller to the letter', () => {
  expect(userData({ preBootstrapCommands: ['date'], maxPods: 50, nodeConfigs: [{ instance: { localStorage: { strategy: 'RAID0' } } }] })).toBe(mime(
    bash('date'),
    nodeConfig(
      '  kubelet:',
      '    config:',
      '      maxPods: 50',
    ),
    nodeConfig(
      '  instance:',
      '    localStorage:',
      '      strategy: RAID0',
    ),
  ));
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
  expect(userData({ machineImage, preBootstrapCommands: ['date'], labels: { team: 'data' }, maxPods: 50 })!.replace(/<Cluster[^>]*>/g, '<...>')).toBe(mime(
    bash('date'),
    nodeConfig(
      '  cluster:',
      '    name: <...>',
      '    apiServerEndpoint: <...>',
      '    certificateAuthority: <...>',
      '    cidr: 10.100.0.0/16',
      '  kubelet:',
      '    flags:',
      '      - --node-labels=team=data',
    ),
    nodeConfig(
      '  kubelet:',
      '    config:',
      '      maxPods: 50',
    ),
  ));
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
