import { METADATA_ADDRESS, PROXIES, proxyBefore } from './proxies';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { getsObjects, hostsInScript, hostsOf } from '../code/fetched-hosts';
import { commandsIn, runsWhatItGets } from '../code/shell-commands';
import { AGENT } from '../objects/network-policies';

/**
 * Variables with the address to which SDKs send the token of a service account, or of EKS Pod Identity, and clients of Vault the token for the API
 * server. What SDKs sign for another address is of no use at AWS.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 * @see https://developer.hashicorp.com/vault/docs/auth/kubernetes
 */
const OF_TOKENS = /^(AWS_(ENDPOINT_URL(_STS)?|CONTAINER_CREDENTIALS_FULL_URI)|VAULT_(AGENT_)?ADDR)$/;

/** Variables by which package managers know from where to install packages. */
const OF_PACKAGES = /^(bundle|cargo|conda|gem|go|gradle|maven|npm|pip|pnpm|poetry|uv|yarn)(_\w*)?(channel|index|links|mirror|proxy|registry|repo|source)/i;

/** Variables with the address of a service of AWS that has code. */
const OF_STORES = /^AWS_ENDPOINT_URL_(S3|SECRETS_MANAGER|SSM)$/;

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
    ...storesOf(value),
  ];
}

const hostsIn = (property: string, value: Resolved): string[] => (value instanceof Text && property === 'image' ? registryOf(`${value}`)
  : value instanceof Text && [OF_TOKENS, OF_PACKAGES].some((names) => names.test(property)) ? hostsOf(`${value}`) : property === 'value' ? [] : hostsOfCode(value));

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

/** What the commands of a container run of what such a service has, or get from it. */
function storesOf(container: ResolvedMap): string[] {
  const stores = listOf(container.get('env')).filter((variable) => OF_STORES.test(literalOf(valueAt(variable, 'name')) ?? ''));
  const words = stores.length === 0 ? [] : ['command', 'args'].flatMap((name) => listOf(container.get(name))).flatMap((word) => textOf(word) ?? []);
  const commands = commandsIn(words.join(' '));
  return commands.some((command) => getsObjects(command) || (/\baws\b/.test(command) && runsWhatItGets(command)))
    ? stores.flatMap((variable) => hostsOf(`${textOf(valueAt(variable, 'value')) ?? ''}`)) : [];
}
