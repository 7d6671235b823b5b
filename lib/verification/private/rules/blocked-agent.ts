import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { Rule } from './rule';
import { AssignedModel } from '../assignments/assigned-model';
import { Association } from '../model/model';
import { KubernetesObject } from '../model/objects/kubernetes-object';
import { equal } from '../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../values/resolved';
import { literalOf } from '../values/text-parts';

export const BLOCKED_AGENT: Rule = {
  id: 'blocked-agent',
  severity: 'note',
  title: 'a NetworkPolicy keeps pods from the EKS Pod Identity agent',
  why: 'Pods get the credentials of an association from an agent at 169.254.170.23. Whether a NetworkPolicy applies to this address depends on what enforces it.',
  fix: 'Allow egress to 169.254.170.23/32, and in a cluster with IPv6 to fd00:ec2::23/128, on TCP port 80',
  violations: (assigned) => assigned.model.associations.flatMap((association) => {
    const { cluster, namespace, serviceAccount } = association;
    const { place, otherObjects } = assigned.cluster(cluster) ?? {};
    const policies = assigned.model.objects.filter((object) => isPolicy(object) && mayBeIn(association, object));
    const blocking = policies.find((policy) => policy.cluster.is(cluster) === 'yes' && equal(policy.namespace, namespace) === 'yes'
      && isForAllPods(policy) && limitsEgress(policy));
    const mayReachAgent = policies.some(mayAllowAgent) || assigned.model.objects.some(isOtherPolicy) || mayUseHostNetwork(association, assigned);
    return place && otherObjects === undefined && blocking && !mayReachAgent ? [{
      what: `NetworkPolicy ${namespace}/${blocking.name} allows pods of ${namespace}/${serviceAccount} no egress to the EKS Pod Identity agent`,
      place: blocking.place,
    }] : [];
  }),
};

/** @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html */
const AGENT = { ipv4: '169.254.170.23', ipv6: 'fd00:ec2::23' } as const;

const isPolicy = ({ group, kind }: KubernetesObject): boolean => group === 'networking.k8s.io' && kind === 'NetworkPolicy';

/** Of Cilium, Calico and others, which may allow what a NetworkPolicy does not. */
const isOtherPolicy = (object: KubernetesObject): boolean => object.kind.endsWith('NetworkPolicy') && !isPolicy(object);

/** Whether something may be in the namespace of an association. */
const mayBeIn = (association: Association, { cluster, namespace }: Pick<Association, 'cluster' | 'namespace'>): boolean =>
  cluster.is(association.cluster) !== 'no' && equal(namespace, association.namespace) !== 'no';

/** The behavior of a NetworkPolicy is undefined for pods in the network of their node. */
const mayUseHostNetwork = (association: Association, { model }: AssignedModel): boolean => model.workloads.some((workload) =>
  workload.hostNetwork !== 'no' && mayBeIn(association, workload) && equal(workload.serviceAccountName, association.serviceAccount) !== 'no');

/** An empty selector stands for all pods of the namespace. @see https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
function isForAllPods(policy: KubernetesObject): boolean {
  const selector = policy.at('spec', 'podSelector');
  return selector instanceof ResolvedMap && selector.entries.length === 0;
}

/** Without `policyTypes`, a policy limits egress if it has rules for it. */
function limitsEgress(policy: KubernetesObject): boolean {
  const [types, rules] = [policy.at('spec', 'policyTypes'), policy.at('spec', 'egress')];
  return types === undefined ? listOf(rules).length > 0 : listOf(types).some((type) => literalOf(type) === 'Egress');
}

const mayAllowAgent = (policy: KubernetesObject): boolean => listOf(policy.at('spec', 'egress')).some((rule) => {
  const peers = rule instanceof ResolvedMap ? rule.get('to') : undefined;
  return !Array.isArray(peers) || peers.length === 0 || peers.some(mayBeAgent); // without peers, a rule is for all destinations
});

/** The agent is no pod, so that selectors do not match it. */
function mayBeAgent(peer: Resolved): boolean {
  const block = peer instanceof ResolvedMap ? peer.get('ipBlock') : undefined;
  if (!(block instanceof ResolvedMap)) {
    return block !== undefined || !(peer instanceof ResolvedMap); // only the deployment knows it
  }
  return mayContainAgent(block.get('cidr')) && !listOf(block.get('except')).some(containsAgent);
}

const mayContainAgent = (range: Resolved): boolean => literalOf(range) === undefined || containsAgent(range);

function containsAgent(range: Resolved): boolean {
  const [address = '', length = ''] = (literalOf(range) ?? '').split('/');
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
  if (!family || !/^\d{1,3}$/.test(length) || Number(length) > (family === 'ipv4' ? 32 : 128)) {
    return false;
  }
  const addresses = new BlockList();
  addresses.addSubnet(address, Number(length), family);
  return addresses.check(AGENT[family], family);
}
