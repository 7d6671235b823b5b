import { METADATA_ADDRESS, PROXIES, proxyBefore } from './proxies';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { commandsIn, isDownload, OF_CODE, OF_DATA, runsWhatItGets } from '../code/shell-commands';
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

function hostsInScript(script: string): string[] {
  return !/[/@]/.test(script) ? [] : commandsIn(script).flatMap((command) => {
    const isWritten = isDownload(command);
    const isRun = runsWhatItGets(command);
    const found = addressesIn(command).filter(({ path, isUrl }) => isRun || (isWritten && !OF_DATA.test(path)) || (isUrl && OF_CODE.test(path)));
    return found.map(({ host }) => host);
  });
}

/** The hosts of the URLs in a text. */
export const hostsOf = (text: string): string[] => addressesIn(text).map(({ host }) => host);

interface Address {
  readonly host: string;
  readonly path: string;
  readonly isUrl: boolean;
}

/** The URLs in a text, what can be one without a scheme, and what Git takes for one of SSH: `git@host:path`. @see https://git-scm.com/docs/git-clone#_git_urls */
const addressesIn = (text: string): Address[] => [
  ...[...text.matchAll(/(:\/\/(?:[^\s/@"'`]+@)?|(?<![\w./:-]))((?:[\w-]|\.|\$\{[^{}\s]*\})+(?::\d+)?)((?:\/[^\s"'`|)<>]*)?)/g)]
    .map(([, start, host, path]) => ({ host, path, isUrl: start !== '' })).filter(({ host, path, isUrl }) => isUrl || (path !== '' && host.includes('.'))),
  ...[...text.matchAll(/(?<=[\w-]@)((?:[\w.-]|\$\{[^{}\s]*\})+):(?!\d)([^\s"'`|)<>]+)/g)].map(([, host, path]) => ({ host, path, isUrl: true })),
];
