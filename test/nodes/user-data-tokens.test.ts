import { App, CfnParameter, CfnResource, Fn, NestedStack, SecretValue, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as fc from 'fast-check';
import { machineImage, nodeConfigsOf, partsOf, TAINTS, userData, userDataFor } from './user-data';
import { IrsaNodegroup, IrsaNodegroupOptions, NodeAmiFamily } from '../../lib';
import { deployed, OREGON } from '../deployed';
import { hostile, HOSTILE } from '../hostile';
import { newCluster, newStack } from '../stacks';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const toml = require('smol-toml') as { parse(text: string): any };

const BOTTLEROCKET = { amiFamily: NodeAmiFamily.BOTTLEROCKET };
const HARMLESS = 'harmless';
const parameter = Token.asString({ Ref: 'Value' });

/** The parsed user data, by value of the parameter. */
function readFor<T>(reader: (text: string) => T, options: IrsaNodegroupOptions): (value: string) => T {
  const text = userDataFor((stack) => {
    new CfnParameter(stack, 'Value');
    return options;
  });
  return (value) => reader(text({ Value: value })!);
}

/** The same data with another value instead of the harmless one. */
const replaced = (data: any, value: string): any => JSON.parse(JSON.stringify(data), (_, item) => (typeof item === 'string' ? item.replace(HARMLESS, () => value) : item));

/** As cloud-init and nodeadm read it, with parsed JSON. */
const al2023 = (message: string) => partsOf(message).map(([contentType, body]) => {
  expect(body).not.toContain('{{resolve:');
  return [contentType, contentType === 'application/node.eks.aws' ? JSON.parse(body) : body];
});

const bottlerocket = (text: string) => {
  expect(text).not.toContain('{{resolve:');
  return toml.parse(text);
};

test('a value cannot start another part, such as a script that runs as root', () => {
  const boundary = '==CDK-IRSA==';
  const value = `x\n--${boundary}\nContent-Type: text/x-shellscript; charset="us-ascii"\n\n#!/bin/bash\ntouch /owned\n--${boundary}`;
  const message = readFor((text) => text, { kubelet: { clusterDomain: parameter } })(value);
  expect(message.split(`--${boundary}`)).toHaveLength(3);
  expect(nodeConfigsOf(message).map(({ spec }) => spec)).toEqual([{ kubelet: { config: { clusterDomain: value } } }]);
});

const PLACES: [string, IrsaNodegroupOptions][] = [
  ['kubelet', { kubelet: { clusterDomain: parameter, literal: 'a ${b {c} "d"', nested: { list: ['a', `{x} "${parameter}" \${y}`] } } }],
  ['nodeConfigs', { nodeConfigs: [{ kubelet: { config: { a: parameter } } }, { containerd: { baseRuntimeSpec: { a: [parameter] } } }] }],
  ['cluster.cidr', { machineImage, nodeConfigs: [{ cluster: { cidr: parameter } }], preBootstrapCommands: ['date'] }],
  ['taints', { machineImage, taints: [{ key: 'dedicated', value: parameter, effect: eks.TaintEffect.NO_EXECUTE }] }],
];

describe.each(PLACES)('on Amazon Linux 2023, in %s', (_, options) => {
  const read = readFor(al2023, options);

  test.each(HOSTILE)('%j changes nothing but itself', (value) => {
    expect(JSON.stringify(read(HARMLESS))).toContain(HARMLESS);
    expect(read(value)).toEqual(replaced(read(HARMLESS), value));
  });

  test('any text changes nothing but itself', () => {
    fc.assert(fc.property(hostile, (value) => expect(read(value)).toEqual(replaced(read(HARMLESS), value))), { numRuns: 50 });
  });
});

describe('on Bottlerocket', () => {
  const settings: IrsaNodegroupOptions = {
    ...BOTTLEROCKET,
    bottlerocketSettings: { 'motd': parameter, 'network': { hostname: `a-${parameter}-{b}`, literal: '${c {d' }, 'host-containers': { admin: { list: [parameter, 'b'] } } },
    maxPods: 50,
  };
  const own = readFor(bottlerocket, { ...settings, machineImage, labels: { team: parameter }, taints: [{ key: 'dedicated', value: parameter, effect: eks.TaintEffect.NO_EXECUTE }] });
  const textOfEks = readFor((text) => text, settings);

  test.each(HOSTILE)('%j changes nothing but itself', (value) => {
    expect(JSON.stringify(own(HARMLESS))).toContain(HARMLESS);
    expect(own(value)).toEqual(replaced(own(HARMLESS), value));
  });

  test('any text changes nothing but itself', () => {
    fc.assert(fc.property(hostile, (value) => expect(own(value)).toEqual(replaced(own(HARMLESS), value))), { numRuns: 50 });
  });

  test.each(HOSTILE.filter((value) => !value.includes('"')))('%j stays the same on an image of Amazon EKS', (value) => {
    expect(bottlerocket(textOfEks(value))).toEqual(replaced(bottlerocket(textOfEks(HARMLESS)), value));
  });

  test.each(HOSTILE.filter((value) => value.includes('"')))('%j makes the user data invalid on an image of Amazon EKS, and none of its quotes can end a string', (value) => {
    expect(() => toml.parse(textOfEks(value))).toThrow('unrecognised escape sequence');
    expect(textOfEks(value).split('"')).toHaveLength(textOfEks(HARMLESS).split('"').length);
  });
});

const CONTROL_CHARACTERS = [...Array.from({ length: 32 }, (_, i) => String.fromCharCode(i)).filter((character) => !'\n\r\t'.includes(character)), '\x7f'];

describe.each<[string, (written: string) => (value: string) => unknown]>([
  ['Amazon Linux 2023', (written) => readFor(al2023, { kubelet: { clusterDomain: written, other: parameter } })],
  ['Bottlerocket', (written) => readFor(bottlerocket, { ...BOTTLEROCKET, bottlerocketSettings: { motd: written, other: parameter } })],
])('on %s, the control character', (_, reader) => {
  const read = reader(parameter);

  test.each(CONTROL_CHARACTERS)('%j in a value makes the user data invalid, or changes nothing but itself', (character) => {
    const value = `${character}", "evil": "${character}`;
    let data;
    try {
      data = read(value);
    } catch (error) {
      expect((error as Error).message).toMatch(/control character/);
      return;
    }
    expect(data).toEqual(replaced(read(HARMLESS), value));
  });

  test.each(CONTROL_CHARACTERS)('%j that the app writes stays the same', (character) => {
    const written = `a${character}b`;
    expect(JSON.stringify(reader(written)(HARMLESS))).toContain(JSON.stringify(written));
  });
});

test('a number must come from a parameter, which CloudFormation checks', () => {
  const define = (options: IrsaNodegroupOptions) => userDataFor((stack) => {
    const size = new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber;
    return { ...options, maxPods: size, ...(options.amiFamily ? { bottlerocketSettings: { a: [1, 2] } } : { kubelet: { podPidsLimit: size } }) };
  })({ Size: 110 })!;
  expect(nodeConfigsOf(define({}))[0].spec.kubelet.config).toEqual({ podPidsLimit: 110, maxPods: 110 });
  expect(toml.parse(define(BOTTLEROCKET)).settings).toEqual({ a: [1, 2], kubernetes: { 'max-pods': 110 } });
});

const NUMBER = 'cannot be a number that is known only at deployment, unless it is the value of a CfnParameter of type Number in this stack: CloudFormation validates only these numbers';
const number = Token.asNumber({ Ref: 'Size' });

test.each<[string, (stack: Stack) => void]>([
  ['that does not come from a parameter', () => {}],
  ['from a parameter of type String', (stack) => new CfnParameter(stack, 'Size')],
  ['from a parameter of another stack', (stack) => new CfnParameter(newStack('Other', undefined, stack.node.root as App), 'Size', { type: 'Number' })],
  ['from a parameter of a nested stack', (stack) => new CfnParameter(new NestedStack(stack, 'Nested'), 'Size', { type: 'Number' })],
])('fails for a number %s', (_, prepare) => {
  const define = (options: IrsaNodegroupOptions) => () => userData((stack) => {
    prepare(stack);
    return options;
  });
  expect(define({ maxPods: number })).toThrow(new Error(`Stack/Cluster/Nodes: maxPods ${NUMBER}`));
  expect(define({ kubelet: { a: { b: [1, number] } } })).toThrow(new Error(`Stack/Cluster/Nodes: kubelet.a.b[1] ${NUMBER}`));
  expect(define({ ...BOTTLEROCKET, maxPods: number })).toThrow(new Error(`Stack/Cluster/Nodes: maxPods ${NUMBER}`));
  expect(define({ ...BOTTLEROCKET, bottlerocketSettings: { a: number } })).toThrow(new Error(`Stack/Cluster/Nodes: bottlerocketSettings.a ${NUMBER}`));
});

const KEY = 'cannot have a key that is known only at deployment, because it could replace another key: use a literal';
const LIST = 'cannot be a list that is known only at deployment: write the list in the app; its items can be tokens, such as Fn.select(0, list)';
const DYNAMIC = 'cannot contain a secret or another dynamic reference, because CloudFormation does not escape its value: read the value where it is used';
const TEXT = 'known when the app is synthesized: the node writes it into text, where the value of a token could inject content; '
  + 'tokens are allowed only in kubelet.config, containerd.baseRuntimeSpec and cluster.cidr';
const secret = SecretValue.ssmSecure('/top/secret').unsafeUnwrap();
const settings = (bottlerocketSettings: object): IrsaNodegroupOptions => ({ ...BOTTLEROCKET, bottlerocketSettings });

test.each<[IrsaNodegroupOptions, string]>([
  [{ kubelet: { a: { [parameter]: 'secret' } } }, `kubelet.a ${KEY}`],
  [{ kubelet: { list: Fn.split(',', parameter) } }, `kubelet.list ${LIST}`],
  [{ kubelet: { 'a.b': [{ c: secret }] } }, `kubelet["a.b"][0].c ${DYNAMIC}`],
  [{ kubelet: { a: '{{resolve:ssm:/literal}}' } }, `kubelet.a ${DYNAMIC}`],
  [{ kubelet: { registerWithTaints: [] }, taints: TAINTS }, 'kubelet.registerWithTaints must be omitted if taints are set: set only one of them'],
  [{ nodeConfigs: [{}, { kubelet: { config: { a: secret } } }] }, `nodeConfigs[1].kubelet.config.a ${DYNAMIC}`],
  [{ nodeConfigs: [{ kubelet: { flags: ['--v=2', `--node-labels=team=${parameter}`] } }] }, `nodeConfigs[0].kubelet.flags[1] must be ${TEXT}`],
  [{ nodeConfigs: [{ containerd: { config: `[a]\nb = "${parameter}"` } }] }, `nodeConfigs[0].containerd.config must be ${TEXT}`],
  [{ nodeConfigs: [{ instance: { environment: { default: { HTTPS_PROXY: parameter } } } }] }, `nodeConfigs[0].instance.environment.default.HTTPS_PROXY must be ${TEXT}`],
  [{ nodeConfigs: [{ kubelet: { configuration: parameter } }] }, `nodeConfigs[0].kubelet.configuration must be ${TEXT}`],
  [{ machineImage, labels: { team: parameter } }, 'labels must be known when the app is synthesized if machineImage is set: '
    + 'the kubelet reads labels from a comma-separated list, to which the value of a token could add labels; use literals, or an Amazon EKS image'],
  [settings({ a: { [parameter]: 'secret' } }), `bottlerocketSettings.a ${KEY}`],
  [settings({ a: { b: Fn.split(',', parameter) } }), `bottlerocketSettings.a.b ${LIST}`],
  [settings({ a: { b: secret } }), `bottlerocketSettings.a.b ${DYNAMIC}`],
  [settings({ a: `"secret" ${parameter}` }), 'bottlerocketSettings.a must be without double quotes: Amazon EKS cannot read them in a value; use a setting with an encoded value, such as the user data of a host container'],
  [{ ...BOTTLEROCKET, machineImage, labels: { [parameter]: 'a' } }, `labels ${KEY}`],
])('fails for %j', (options, message) => {
  expect(() => userData(options)).toThrow(new Error(`Stack/Cluster/Nodes: ${message}`));
});

test('on an image of Amazon EKS, neither a quote nor a backslash in a value can end its string', () => {
  const text = readFor((written) => written, { ...BOTTLEROCKET, bottlerocketSettings: { motd: parameter } });
  expect(text('a"\\')).toContain('motd = "a\\q\\u005c"\n');
});

test('a value of another stack is imported through its export', () => {
  const other = newStack('Other');
  const stack = newStack('Stack', undefined, other.node.root as App);
  const value = new CfnParameter(other, 'Domain');
  newCluster(stack).addNodegroup('Nodes', { kubelet: { clusterDomain: value.valueAsString } });
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::EC2::LaunchTemplate'));
  const message = deployed(stack, Properties.LaunchTemplateData.UserData['Fn::Base64'], { ...OREGON, parameters: { Domain: 'x","y":"' } });
  expect(nodeConfigsOf(message)[0].spec.kubelet.config).toEqual({ clusterDomain: 'x","y":"' });
});

test.each([
  ['clusterName', { clusterName: parameter }],
  ['clusterEndpoint', { clusterName: 'prod', clusterEndpoint: `https://${parameter}` }],
  ['clusterCertificateAuthorityData', { clusterName: 'prod', clusterEndpoint: 'https://example.com', clusterCertificateAuthorityData: Fn.importValue('Theirs') }],
])('fails for a cluster whose %s is decided by others, because a node runs commands from it', (property, attributes) => {
  expectRefusal(property, attributes);
});

test('fails for a cluster whose name comes from another resource or a parameter of this app', () => {
  const stack = newStack();
  for (const clusterName of [new CfnParameter(stack, 'Named').valueAsString, new CfnResource(stack, 'Thing', { type: 'Custom::Thing' }).ref]) {
    expectRefusal('clusterName', { clusterName });
  }
});

function expectRefusal(property: string, attributes: Omit<eks.ClusterAttributes, 'vpc'>): void {
  const stack = newStack();
  const { vpc } = newCluster(stack).eksCluster;
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Imported', { vpc, ...attributes });
  expect(() => new IrsaNodegroup(stack, 'Nodes', { cluster, machineImage })).toThrow(new Error(`Stack/Nodes: cluster.${property} must be a literal `
    + 'or an attribute of a cluster in this app if machineImage is set: the node writes it into a file without escaping it; look it up with aws eks describe-cluster'));
}

test.each([[true, 1], [false, 0]])('user data with the value of a parameter whose noEcho is %s has %i warnings', (noEcho, count) => {
  const stack = newStack();
  newCluster(stack).addNodegroup('Nodes', { kubelet: { clusterDomain: new CfnParameter(stack, 'Value', { noEcho }).valueAsString } });
  Template.fromStack(stack);
  const warnings = Annotations.fromStack(stack).findWarning('/Stack/Cluster/Nodes', Match.stringLikeRegexp('the user data contains the value of a NoEcho parameter.*cdk-irsa:no-echo'));
  expect(warnings).toHaveLength(count);
});
