import { containersOf } from './containers';
import { podsWithoutTemplate } from './pods-without-template';
import { distinct } from '../../values/distinct';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isSet, isText, textsIn } from '../../values/text-parts';
import { onNode } from '../code/node-hosts';
import { HostOfPods } from '../host-of-pods';
import { KubernetesObject } from '../kubernetes-object';
import { Workload } from '../model';
import { hostsInAnnotations } from '../objects/routes';
import { podsOfWorkload } from '../pods-of-workload';

/**
 * The hosts at which pods answer without a Service: the ports of their node that they have, and those for which external-dns creates records. With the network of the
 * node, pods have any port.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports
 * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/sources/pod/
 */
export const readHostsOfPods = (workloads: readonly Workload[], objects: readonly KubernetesObject[]): HostOfPods[] =>
  [...workloads.flatMap(ofWorkload), ...objects.flatMap(ofPodsWithoutTemplate)];

/** Pods on Fargate have no ports of nodes. @see https://docs.aws.amazon.com/eks/latest/userguide/fargate.html#fargate-considerations */
function ofWorkload(workload: Workload): HostOfPods[] {
  const { hostNetwork, fargate, template, place } = workload;
  const given = containersOf(template?.spec).flatMap((container) => listOf(valueAt(container, 'ports'))).filter((port) => isText(valueAt(port, 'protocol'), 'UDP') !== 'yes')
    .flatMap((port) => portsOf(valueAt(port, 'hostPort')));
  const ports = fargate ? [] : [...(hostNetwork === 'no' ? [] : [onNode()]), ...given];
  return distinct([...ports, ...hostsInAnnotations(template?.annotations)]).map((host) => ({ host, pods: podsOfWorkload(workload), place }));
}

function ofPodsWithoutTemplate(object: KubernetesObject): HostOfPods[] {
  const pods = podsWithoutTemplate(object);
  const ports = distinct(portsIn(pods?.says));
  return ports.length === 0 ? [] : [object.namespace, ...pods!.namespaces].flatMap((namespace) => pods!.accounts.flatMap((serviceAccountName) =>
    ports.map((host) => ({ host, pods: { cluster: object.cluster, namespace, serviceAccountName }, place: object.place }))));
}

/** Properties of charts and controllers, such as `hostPort`, `hostPorts` or `useHostPort`, and the `nodePort` of a Service that they make. */
const OF_PORTS = /(host|node)_?ports?$/i;

/** Texts with YAML, and paths of values. */
const IN_TEXTS = /(host|node)_?ports?(?![\w-])(?!\W{0,4}(enabled\W+)?(false|0)\b)/i;

const portsIn = (value: Resolved): Text[] => (value instanceof Text ? (IN_TEXTS.test(`${value}`) ? [onNode()] : [])
  : Array.isArray(value) ? value.flatMap(portsIn)
    : value?.entries.flatMap(([{ literal = '' }, inner]) => (OF_PORTS.test(literal) ? portsOf(inner) : portsIn(inner))) ?? []);

/** Any port, if a value does not say which one. */
function portsOf(value: Resolved): Text[] {
  const isOff = value instanceof ResolvedMap ? value.get('enabled') !== undefined && isSet(value.get('enabled')) === 'no' : isSet(value) === 'no';
  const texts = isOff ? [] : textsIn(value).filter(({ literal }) => literal !== '0' && literal !== '');
  const known = texts.flatMap(({ literal = '' }) => (/^\d+$/.test(literal) ? [onNode(literal)] : []));
  return texts.length > 0 && (known.length === 0 || texts.some(({ literal }) => literal === undefined)) ? [onNode()] : known;
}
