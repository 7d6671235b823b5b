import { Change } from './change';
import { Side } from './side';

/**
 * Resources that have another encryption key than before, or none. A key can deny what the policies of roles and of the resource allow. With a new key where there
 * was none, access is not broader.
 */
export function compareEncryption(before: Side, after: Side): Array<[string, Change]> {
  const old = new Map(before.model.resources.map(({ arn, encryptionKey }) => [arn.key, encryptionKey?.arn]));
  return after.model.resources
    .filter(({ arn, encryptionKey }) => old.has(arn.key) && old.get(arn.key)?.key !== encryptionKey?.arn.key)
    .map(({ type, arn, encryptionKey, place }): [string, Change] => [`${type} ${place.logicalId}`, {
      kind: 'UNKNOWN',
      what: `is encrypted with ${encryptionKey?.arn ?? 'no key of the account'} instead of ${old.get(arn.key) ?? 'no key of the account'}, `
        + 'and the policies of keys can deny access to it',
      place,
      broadens: old.get(arn.key) !== undefined,
    }]);
}
