import { listOf, Resolved, valueAt } from '../../values/resolved';
import { literalOf } from '../../values/text-parts';

/** Nodes answer requests for credentials without encryption, so that a proxy for HTTPS does not get them. */
export const PROXIES = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
const EXCEPTIONS = ['NO_PROXY', 'no_proxy'];

/** @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html */
export const METADATA_ADDRESS = '169.254.169.254';

/**
 * Why SDKs may send requests for the credentials of an address to a proxy, which cannot reach it; undefined if they do not.
 *
 * @param names of all variables, also of those that `envFrom` sets. Their values are not read.
 */
export function proxyBefore(address: string, containers: readonly Resolved[], names: ReadonlyArray<string | undefined>): string | undefined {
  const ofContainers = containers.find((container) =>
    valuesOf(container, PROXIES).length > 0 && !valuesOf(container, EXCEPTIONS).some((value) => excepts(value, address)));
  const isFromObject = PROXIES.some((name) => names.includes(name)) && !EXCEPTIONS.some((name) => names.includes(name));
  return ofContainers || isFromObject ? `sets a proxy without ${address} in NO_PROXY` : undefined;
}

const valuesOf = (container: Resolved, variables: readonly string[]): string[] => listOf(valueAt(container, 'env'))
  .filter((variable) => variables.includes(literalOf(valueAt(variable, 'name')) ?? ''))
  .map((variable) => literalOf(valueAt(variable, 'value')) ?? '');

/** Many SDKs also take a range of addresses, such as that of all link-local ones. */
const excepts = (value: string, address: string): boolean =>
  value.split(/[\s,]+/).some((entry) => ['*', address, `${address}/32`, '169.254.0.0/16'].includes(entry));
