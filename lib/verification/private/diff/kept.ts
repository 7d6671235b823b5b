import { Change } from './change';
import { Side } from './side';
import { resourceKey } from '../assembly/kept-resources';

/**
 * What a resource gave that leaves its template but stays in AWS, as with the deletion policy `Retain`, is not lost. It is not broader access, because it was there
 * before.
 */
export function ifKept(change: Change, before: Side, after: Side): Change {
  const { kind, what, place } = change;
  const key = place && resourceKey(place);
  return kind !== 'LOST' || !place || key === undefined || after.resources.has(key) || !before.resources.get(key) ? change
    : { ...change, kind: 'UNKNOWN', what: `${what}, but may stay in force: the DeletionPolicy of ${place.logicalId} keeps it`, broadens: false };
}
