import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, literalOf } from '../../values/text-parts';
import { allOf, anyOf, Truth } from '../../values/truth';
import { KubernetesObject } from '../kubernetes-object';

/** What pods send requests to, by its addresses. It is no pod, so that selectors of pods do not match it. */
export interface Destination {
  readonly ipv4: string;
  readonly ipv6: string;
}

/** Whether an object is a NetworkPolicy of Kubernetes. @see https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
export const isNetworkPolicy = ({ group, kind }: KubernetesObject): boolean => group === 'networking.k8s.io' && kind === 'NetworkPolicy';

/** Of Cilium, Calico and others, which may allow what a NetworkPolicy does not, or the other way around. */
export const isOtherNetworkPolicy = (object: KubernetesObject): boolean => object.kind.endsWith('NetworkPolicy') && !isNetworkPolicy(object);

/** Whether a policy is for all pods of its namespace, because its selector is empty. */
export function isForAllPods(policy: KubernetesObject): boolean {
  const selector = policy.at('spec', 'podSelector');
  return selector instanceof ResolvedMap && selector.entries.length === 0;
}

/** Whether a policy is for pods with some labels. */
export function selects(policy: KubernetesObject, labels: Resolved): Truth {
  const selector = policy.at('spec', 'podSelector');
  if (!(selector instanceof ResolvedMap)) {
    return 'unknown';
  }
  return allOf([hasLabels(labels, selector.get('matchLabels')), truthIf(listOf(selector.get('matchExpressions')).length === 0)]);
}

/** Whether labels have those of a selector. */
export const hasLabels = (labels: Resolved, selector: Resolved): Truth => (selector instanceof ResolvedMap
  ? allOf(selector.entries.map(([key, value]) => hasLabel(labels, key, value))) : truthIf(selector === undefined));

const truthIf = (isKnown: boolean): Truth => (isKnown ? 'yes' : 'unknown');

function hasLabel(labels: Resolved, key: Text, value: Resolved): Truth {
  if (labels !== undefined && !(labels instanceof ResolvedMap)) {
    return 'unknown';
  }
  return anyOf((labels?.entries ?? []).map(([name, label]) =>
    allOf([equal(name, key), label instanceof Text && value instanceof Text ? equal(label, value) : 'unknown'])));
}

/** Whether a policy limits egress: without `policyTypes`, if it has rules for it. */
export function limitsEgress(policy: KubernetesObject): Truth {
  const [types, rules] = [policy.at('spec', 'policyTypes'), policy.at('spec', 'egress')];
  return types !== undefined ? anyOf(listOf(types).map((type) => isText(type, 'Egress'))) : listOf(rules).length > 0 ? 'yes' : 'no';
}

/** Where the EKS Pod Identity agent answers. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html */
export const AGENT: Destination = { ipv4: '169.254.170.23', ipv6: 'fd00:ec2::23' };

/** The port of what answers on a node: of the instance metadata, and of the EKS Pod Identity agent. */
const PORT = 80;

/** Whether a policy allows egress to a destination. */
export const allowsEgress = (policy: KubernetesObject, destination: Destination): Truth =>
  anyOf(listOf(policy.at('spec', 'egress')).map((rule) => allOf([allowsAddress(rule, destination), allowsPorts(rule)])));

/** Without peers, a rule is for all destinations. */
function allowsAddress(rule: Resolved, destination: Destination): Truth {
  if (!(rule instanceof ResolvedMap)) {
    return 'unknown';
  }
  const peers = rule.get('to');
  return peers === undefined || (Array.isArray(peers) && peers.length === 0) ? 'yes'
    : Array.isArray(peers) ? anyOf(peers.map((peer) => isDestination(peer, destination))) : 'unknown';
}

function allowsPorts(rule: Resolved): Truth {
  const ports = rule instanceof ResolvedMap ? listOf(rule.get('ports')) : [undefined];
  return ports.length === 0 ? 'yes' : anyOf(ports.map(isPort));
}

/** A port can have a name, which each pod gives another number. */
function isPort(entry: Resolved): Truth {
  if (!(entry instanceof ResolvedMap)) {
    return 'unknown';
  }
  const [port, endPort] = ['port', 'endPort'].map((name) => entry.get(name));
  const [first, last] = [port, endPort ?? port].map((value) => Number(literalOf(value)));
  const isInRange: Truth = port === undefined ? 'yes' : Number.isNaN(first + last) ? 'unknown' : first <= PORT && PORT <= last ? 'yes' : 'no';
  return allOf([isText(entry.get('protocol') ?? Text.of('TCP'), 'TCP'), isInRange]);
}

function isDestination(peer: Resolved, destination: Destination): Truth {
  const block = peer instanceof ResolvedMap ? peer.get('ipBlock') : undefined;
  if (!(block instanceof ResolvedMap)) {
    return block !== undefined || !(peer instanceof ResolvedMap) ? 'unknown' : 'no'; // only the deployment knows it
  }
  const excepted = listOf(block.get('except')).map((range) => contains(range, destination));
  return excepted.includes('yes') ? 'no' : allOf([contains(block.get('cidr'), destination), excepted.includes('unknown') ? 'unknown' : 'yes']);
}

function contains(range: Resolved, destination: Destination): Truth {
  const literal = literalOf(range);
  if (literal === undefined) {
    return 'unknown';
  }
  const [address = '', length = ''] = literal.split('/');
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
  if (!family || !/^\d{1,3}$/.test(length) || Number(length) > (family === 'ipv4' ? 32 : 128)) {
    return 'no';
  }
  const addresses = new BlockList();
  addresses.addSubnet(address, Number(length), family);
  return addresses.check(destination[family], family) ? 'yes' : 'no';
}
