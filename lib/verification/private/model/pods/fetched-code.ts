import { METADATA_ADDRESS, PROXIES, proxyBefore } from './proxies';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { hostsInScript, hostsOf } from '../code/fetched-hosts';
import { AGENT } from '../objects/network-policies';

/**
 * Variables with the address to which SDKs send the token of a service account, or of EKS Pod Identity. What they sign for another address is of no use at AWS.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
const OF_TOKENS = /^AWS_(ENDPOINT_URL(_STS)?|CONTAINER_CREDENTIALS_FULL_URI)$/;

/** The hosts from which a value takes images and code, or to which it sends tokens. Other requests get data. */
export function hostsOfCode(value: Resolved): string[] {
  if (value instanceof Text) {
    return hostsInScript(`${value}`);
  }
  if (Array.isArray(value)) {
    const words = value.filter((item) => item instanceof Text);
    return [...value.flatMap(hostsOfCode), ...(words.length > 1 ? hostsInScript(words.join(' ')) : [])];
  }
  return value === undefined ? [] : [
    ...value.entries.flatMap(([{ literal = '' }, inner]) => hostsIn(literal, inner)),
    ...hostsIn(literalOf(value.get('name')) ?? '', value.get('value')),
    ...proxiesOf(value),
  ];
}

const hostsIn = (property: string, value: Resolved): string[] => (value instanceof Text && property === 'image' ? registryOf(`${value}`)
  : value instanceof Text && OF_TOKENS.test(property) ? hostsOf(`${value}`) : property === 'value' ? [] : hostsOfCode(value));

/** The host of an image that can change. Without a port and a domain, it is the name of a repository. */
function registryOf(image: string): string[] {
  const [host, ...path] = image.split('/');
  return path.length > 0 && /[.:]/.test(host) && !image.includes('@sha256:') ? [host] : [];
}

/** SDKs send the token of EKS Pod Identity, and ask for the credentials of the node, without encryption. */
function proxiesOf(container: ResolvedMap): string[] {
  const isBefore = [AGENT.ipv4, METADATA_ADDRESS].some((address) => proxyBefore(address, [container], []));
  return isBefore ? listOf(container.get('env')).filter((variable) => PROXIES.includes(literalOf(valueAt(variable, 'name')) ?? ''))
    .flatMap((variable) => hostsOf(`${textOf(valueAt(variable, 'value')) ?? ''}`)) : [];
}
