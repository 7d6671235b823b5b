import { spawnSync } from 'node:child_process';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { launchTemplateData } from './nodegroups';
import { machineImage, nodeConfigsOf, partsOf, scriptsOf, TAINTS, userData } from './user-data';
import { IrsaNodegroupOptions } from '../../lib';

const SCRIPT = 'text/x-shellscript; charset="utf-8"';
const NODE_CONFIG = 'application/node.eks.aws';
const nodeConfig = (spec: object) => ({ apiVersion: 'node.eks.aws/v1alpha1', kind: 'NodeConfig', spec });
const specsOf = (options: IrsaNodegroupOptions) => nodeConfigsOf(userData(options)!).map(({ spec }) => spec);

test('each command is a separate part, in order, with one shebang', () => {
  expect(userData({ preBootstrapCommands: ['date', '#!/bin/sh\necho "the quick brown fox jumps over the lazy dog"\n'] })).toBe([
    'Content-Type: multipart/mixed; boundary="==CDK-IRSA=="',
    'MIME-Version: 1.0',
    '',
    '--==CDK-IRSA==',
    'Content-Type: text/x-shellscript; charset="utf-8"',
    'Content-Transfer-Encoding: base64',
    '',
    'IyEvYmluL2Jhc2gKZGF0ZQ==',
    '--==CDK-IRSA==',
    'Content-Type: text/x-shellscript; charset="utf-8"',
    'Content-Transfer-Encoding: base64',
    '',
    'IyEvYmluL3NoCmVjaG8gInRoZSBxdWljayBicm93biBmb3gganVtcHMgb3ZlciB0aGUgbGF6eSBk',
    'b2ciCg==',
    '--==CDK-IRSA==--',
    '',
  ].join('\n'));
});

test('commands come first, then the kubelet settings, then nodeConfigs', () => {
  const message = userData({ nodeConfigs: [{ instance: { localStorage: { strategy: 'RAID0' } } }, {}], maxPods: 50, kubelet: { shutdownGracePeriod: '30s' }, preBootstrapCommands: ['date'] })!;
  expect(partsOf(message).map(([contentType]) => contentType)).toEqual([SCRIPT, NODE_CONFIG, NODE_CONFIG, NODE_CONFIG]);
  expect(scriptsOf(message)).toEqual(['#!/bin/bash\ndate']);
  expect(nodeConfigsOf(message)).toEqual([
    nodeConfig({ kubelet: { config: { shutdownGracePeriod: '30s', maxPods: 50 } } }),
    nodeConfig({ instance: { localStorage: { strategy: 'RAID0' } } }),
    nodeConfig({}),
  ]);
});

test('a command can contain any character, including lines that look like the end of a part', () => {
  const command = 'echo "naïve ☃"\n--==CDK-IRSA==\nContent-Type: text/x-shellscript\n\n--==CDK-IRSA==--\n';
  expect(scriptsOf(userData({ preBootstrapCommands: [command] })!)).toEqual([`#!/bin/bash\n${command}`]);
});

const python = spawnSync('python3', ['--version']).status === 0 ? test : test.skip;

python('Python, in which cloud-init is written, reads the same parts', () => {
  const message = userData({ preBootstrapCommands: [`echo "naïve ☃"; : ${'long '.repeat(50)}`], maxPods: 50 })!;
  const reader = 'import email, json, sys; message = email.message_from_string(sys.stdin.read());'
    + 'print(json.dumps([[part["Content-Type"], part.get_payload(decode=True).decode()] for part in message.get_payload()]))';
  expect(JSON.parse(spawnSync('python3', ['-c', reader], { input: message, encoding: 'utf8' }).stdout)).toEqual(partsOf(message));
});

test.each<[IrsaNodegroupOptions]>([[{}], [{ preBootstrapCommands: [] }], [{ kubelet: {} }], [{ labels: { a: 'b' }, taints: TAINTS }]])('with %j there is no user data, because Amazon EKS writes its own', (options) => {
  expect(userData(options)).toBeUndefined();
});

test('with your own image, it contains everything that Amazon EKS would write', () => {
  expect(specsOf({ machineImage, labels: { team: 'data', stage: 'test' }, taints: TAINTS, maxPods: 50 })).toEqual([
    {
      cluster: {
        name: expect.stringMatching(/^<Cluster\w+>$/),
        apiServerEndpoint: expect.stringMatching(/^<Cluster\w+\.Endpoint>$/),
        certificateAuthority: expect.stringMatching(/^<Cluster\w+\.CertificateAuthorityData>$/),
        cidr: '10.100.0.0/16',
      },
      kubelet: {
        flags: ['--node-labels=team=data,stage=test'],
        config: {
          registerWithTaints: [
            { key: 'dedicated', value: 'data', effect: 'NoSchedule' },
            { key: 'dedicated', value: 'data', effect: 'NoExecute' },
            { key: 'slow', value: '', effect: 'PreferNoSchedule' },
          ],
        },
      },
    },
    { kubelet: { config: { maxPods: 50 } } },
  ]);
});

test('with your own image, the cluster comes between the commands and the kubelet', () => {
  const message = userData({ machineImage, preBootstrapCommands: ['date'], maxPods: 50 })!;
  expect(partsOf(message).map(([contentType]) => contentType)).toEqual([SCRIPT, NODE_CONFIG, NODE_CONFIG]);
  expect(nodeConfigsOf(message).map(({ spec }) => Object.keys(spec))).toEqual([['cluster'], ['kubelet']]);
});

test('with your own image, a NodeConfig can contain the range of service addresses', () => {
  expect(() => launchTemplateData({ machineImage, nodeConfigs: [{ cluster: { cidr: '172.20.0.0/16' } }] })).not.toThrow();
  expect(specsOf({ machineImage, nodeConfigs: [{ cluster: { cidr: '172.20.0.0/16' } }] })[1]).toEqual({ cluster: { cidr: '172.20.0.0/16' } });
});

test('with your own image in an IPv6 cluster, CloudFormation returns the range of service addresses', () => {
  const { UserData } = launchTemplateData({ machineImage }, { ipFamily: eks.IpFamily.IP_V6 });
  expect(JSON.stringify(UserData)).toContain('KubernetesNetworkConfig.ServiceIpv6Cidr');
});

test.each([
  ['', 'a command that is not empty'],
  [' \n', 'a command that is not empty'],
  ['echo {{resolve:ssm:/team}}', 'without dynamic references: CloudFormation does not resolve them here; read the value in the command with the node role'],
])('fails for the command %j', (command, allowed) => {
  expect(() => userData({ preBootstrapCommands: ['date', command] })).toThrow(new Error(`Stack/Cluster/Nodes: preBootstrapCommands[1] must be ${allowed}`));
});
