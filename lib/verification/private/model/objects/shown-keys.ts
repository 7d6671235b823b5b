import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';

/**
 * The keys that a controller may write because of an object: names of properties, texts of a list, and what properties such as `secretKey` have.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets
 * @see https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/secret-transformation
 * @see https://docs.doppler.com/docs/kubernetes-operator
 */
export function keysShown(value: Resolved, isKey = false): string[] {
  if (value instanceof ResolvedMap) {
    return value.entries.flatMap(([{ literal = '' }, inner]) => [literal, ...keysShown(inner, /key$/i.test(literal))]);
  }
  return value instanceof Text ? (isKey && value.literal !== undefined ? [value.literal] : [])
    : listOf(value).flatMap((item) => keysShown(item, true));
}
