import { Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { define } from './nodegroups';
import { IrsaNodegroupOptions, NodeAmiFamily } from '../../lib';
import { BOTTLEROCKET_SETTINGS } from '../../lib/nodes/private/settings/bottlerocket-settings';
import { SettingNames } from '../../lib/nodes/private/settings/known-settings';
import { KUBELET_SETTINGS } from '../../lib/nodes/private/settings/kubelet-settings';
import { NODE_CONFIG_FIELDS } from '../../lib/nodes/private/settings/node-config-fields';

const bottlerocket = (settings: unknown): IrsaNodegroupOptions =>
  ({ amiFamily: NodeAmiFamily.BOTTLEROCKET, bottlerocketSettings: settings as { [setting: string]: any } });
const kubelet = (settings: unknown): IrsaNodegroupOptions => ({ kubelet: settings as { [setting: string]: any } });
const nodeConfig = (spec: unknown): IrsaNodegroupOptions => ({ nodeConfigs: [{}, spec as { [field: string]: any }] });

const OF_KUBELET = 'is not a known setting of the kubelet, which ignores unknown settings';
const OF_NODE_CONFIG = 'is not a known field of a NodeConfig, and nodes ignore unknown fields';
const OF_BOTTLEROCKET = 'is not a known setting of Bottlerocket, and nodes do not start with unknown settings';

test.each<[IrsaNodegroupOptions, string]>([
  [kubelet({ maxpods: 50 }), `kubelet.maxpods ${OF_KUBELET}: write maxPods`],
  [kubelet({ 'max-pods': 50 }), `kubelet.max-pods ${OF_KUBELET}: write maxPods`],
  [kubelet({ podPidsLimit: 100, shutdownGracePeriods: '30s' }), `kubelet.shutdownGracePeriods ${OF_KUBELET}: write shutdownGracePeriod`],
  [kubelet({ config: { maxPods: 50 } }), 'kubelet.config must be omitted: put its settings directly into kubelet, such as { shutdownGracePeriod: \'30s\' }'],
  [kubelet({ flags: ['--v=2'] }), 'kubelet.flags must be omitted: it is a field of a NodeConfig; set it with nodeConfigs, as kubelet.flags'],
  [nodeConfig({ kublet: {} }), `nodeConfigs[1].kublet ${OF_NODE_CONFIG}: write kubelet`],
  [nodeConfig({ instance: { localstorage: {} } }), `nodeConfigs[1].instance.localstorage ${OF_NODE_CONFIG}: write localStorage`],
  [nodeConfig({ featureGates: { InstanceIDNodeName: true } }), `nodeConfigs[1].featureGates.InstanceIDNodeName ${OF_NODE_CONFIG}: write InstanceIdNodeName`],
  [nodeConfig({ kubelet: { config: { evictionHrad: {} } } }), `nodeConfigs[1].kubelet.config.evictionHrad ${OF_KUBELET}: write evictionHard`],
  [bottlerocket({ kernal: {} }), `bottlerocketSettings.kernal ${OF_BOTTLEROCKET}: write kernel`],
  [bottlerocket({ hostContainers: {} }), `bottlerocketSettings.hostContainers ${OF_BOTTLEROCKET}: write host-containers`],
  [bottlerocket({ kubernetes: { maxPods: 50 } }), `bottlerocketSettings.kubernetes.maxPods ${OF_BOTTLEROCKET}: write max-pods`],
  [bottlerocket({ 'host-containers': { mine: { enable: true } } }), `bottlerocketSettings.host-containers.mine.enable ${OF_BOTTLEROCKET}: write enabled`],
  [bottlerocket({ settings: { kernel: {} } }), 'bottlerocketSettings.settings must be omitted: put what is below it directly into bottlerocketSettings, '
    + 'such as { kernel: { lockdown: \'integrity\' } }'],
  [bottlerocket({ f: null }), 'bottlerocketSettings.f must be omitted instead of null: TOML has no null'],
  [bottlerocket({ kernel: { sysctl: { 'a.b': null } } }), 'bottlerocketSettings.kernel.sysctl["a.b"] must be omitted instead of null: TOML has no null'],
  [bottlerocket({ dns: { 'search-list': ['a', null] } }), 'bottlerocketSettings.dns.search-list[1] must be omitted instead of null: TOML has no null'],
  [kubelet({ maxPods: NaN }), 'kubelet.maxPods must be a finite number: JSON does not have NaN'],
  [nodeConfig({ instance: new Date(0) }), 'nodeConfigs[1].instance must be a string, number, boolean, null, list or map: it is an instance of Date; convert it to one of these'],
  [bottlerocket(JSON.parse('{ "kubernetes": { "__proto__": {} } }')), 'bottlerocketSettings.kubernetes.__proto__ must be omitted: JavaScript would drop the key'],
  [bottlerocket({ motd: () => 'hi' }), 'bottlerocketSettings.motd must be a string, number, boolean, null, list or map: it is a function; convert it to one of these'],
])('fails for %j', (options, message) => {
  expect(() => define(options)).toThrow(new Error(`Stack/Cluster/Nodes: ${message}`));
});

const OR_ACKNOWLEDGE = 'or acknowledge this warning if your image supports it [ack: cdk-irsa:unknown-setting]';

test.each<[IrsaNodegroupOptions, string]>([
  [kubelet({ aNewField: 1 }), `kubelet.aNewField ${OF_KUBELET}: check its name, ${OR_ACKNOWLEDGE}`],
  [kubelet({ imageMinimalGCAge: '1h' }), `kubelet.imageMinimalGCAge ${OF_KUBELET}: check its name (did you mean imageMinimumGCAge?), ${OR_ACKNOWLEDGE}`],
  [nodeConfig({ cluster: { vpc: 'a' } }), `nodeConfigs[1].cluster.vpc ${OF_NODE_CONFIG}: check its name, ${OR_ACKNOWLEDGE}`],
  [bottlerocket({ ecs: {} }), `bottlerocketSettings.ecs ${OF_BOTTLEROCKET}: check its name, ${OR_ACKNOWLEDGE}`],
  [bottlerocket({ kubernetes: { constructor: 'a' } }), `bottlerocketSettings.kubernetes.constructor ${OF_BOTTLEROCKET}: check its name, ${OR_ACKNOWLEDGE}`],
])('warns of %j, which a newer image may have', (options, message) => {
  Annotations.fromStack(define(options).stack).hasWarning('/Stack/Cluster/Nodes', message);
});

/** A map that has all known names. */
const all = (names: SettingNames): any => Object.fromEntries(Object.entries(names).map(([name, below]) => [name === '*' ? 'mine' : name, all(below)]));

test('no known setting is refused or warned of, nor is one whose name only the deployment knows', () => {
  const { kubernetes: { 'cluster-name': _, 'api-server': __, 'cluster-certificate': ___, 'node-labels': ____, 'node-taints': _____, ...kubernetes }, ...settings } =
    all(BOTTLEROCKET_SETTINGS.names);
  const { cluster, ...spec } = all(NODE_CONFIG_FIELDS.names);
  for (const options of [
    kubelet(all(KUBELET_SETTINGS.names)),
    nodeConfig({ ...spec, cluster: { cidr: Token.asString({ Ref: 'Cidr' }) }, kubelet: { config: all(KUBELET_SETTINGS.names) } }),
    nodeConfig({ kubelet: Token.asAny({}) }),
    bottlerocket({ ...settings, kubernetes }),
    kubelet({ evictionHard: { 'memory.available': '5%' }, featureGates: { Any: true } }),
    bottlerocket({ motd: 'hello', kubernetes: { 'eviction-hard': { 'memory.available': '5%' } }, pki: { mine: { trusted: true } } }),
  ]) {
    expect(Annotations.fromStack(define(options).stack).findWarning('*', Match.stringLikeRegexp('unknown'))).toEqual([]);
  }
});
