import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { withoutEnd } from '../../values/text-parts';
import { withoutPort } from '../code/host-names';

/**
 * What follows the name and the namespace of a Service.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 * @see https://multicluster.sigs.k8s.io/concepts/multicluster-services-api/
 */
const [OF_CLUSTER, OF_CLUSTERS] = [/\.svc(\.cluster(set)?\.local)?\.?$/, /\.svc\.clusterset\.local\.?$/];

/** Whether a host, without a port, is a name in a cluster. */
export const isInCluster = (host: Text): boolean => withoutEnd(host, OF_CLUSTER).key !== host.key || (host.literal !== undefined && !host.literal.includes('.'));

/** Whether Services of any cluster answer at a host. */
export function isOfAnyCluster(host: Text): boolean {
  const name = withoutPort(host);
  return withoutEnd(name, OF_CLUSTERS).key !== name.key;
}

export const hasDomain = ({ parts }: Text): boolean => parts.some((part) => typeof part === 'string' && part.includes('.'));

/** Whether a host may be an address. */
export const mayBeAddress = ({ parts }: Text): boolean => parts.every((part) => typeof part !== 'string' || /^[\d.:]*$/.test(part));

export const serviceName = (name: Text, namespace: Text): Text => Text.join([name, namespace], '.');

/** The name and the namespace of the Service at a host. Before these, a host can have the name of a pod. The ports of nodes are on themselves. */
export function nameIn(host: Text, namespace: Text): Text {
  if (/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host.literal ?? '')) {
    return host;
  }
  const name = withoutPort(host);
  const short = withoutEnd(name, OF_CLUSTER);
  if (short.key !== name.key) {
    const { known, isComplete } = splitText(short, '.');
    return isComplete ? Text.join(known.slice(-2), '.') : short;
  }
  return hasDomain(name) || name.literal === undefined ? name : serviceName(name, namespace);
}

/** The same, and of a value that only the deployment knows what it is if that is the name of a Service. */
export const namesIn = (host: Text, namespace: Text): Text[] => {
  const name = nameIn(host, namespace);
  return name.literal === undefined && !hasDomain(name) ? [name, serviceName(name, namespace)] : [name];
};

/** The Services of which a pod may have a name at a host: `web-0.web`, or `web-0.web.default`. */
export function servicesOfPodIn(host: Text, namespace: Text): Text[] {
  const { known, isComplete } = splitText(withoutPort(host), '.');
  return !isComplete || known.length < 2 ? [] : [serviceName(known.at(-1)!, namespace), ...(known.length > 2 ? [Text.join(known.slice(-2), '.')] : [])];
}

/** The namespace in the name of a Service; undefined if it is no such name, and `any` if nothing is known of it. */
export function namespaceIn(name: Text): Text | 'any' | undefined {
  const { known: [, namespace, ...rest], isComplete } = splitText(name, '.');
  const last = name.parts.at(-1);
  return isComplete ? (rest.length === 0 ? namespace : undefined)
    : typeof last !== 'string' ? 'any' : /^\.[^.]+$/.test(last) ? Text.of(last.slice(1)) : undefined;
}
