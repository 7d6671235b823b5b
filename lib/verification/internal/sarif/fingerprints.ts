import { createHash } from 'node:crypto';
import { Alert } from './alert';
import { nameOfPlace } from '../../private/findings/gap';

/**
 * What identifies each alert from one analysis to the next: neither lines, nor the order of names in its message, nor the path below its resource, which has the
 * indexes of lists. Those that are alike are numbered.
 */
export function fingerprintsOf(alerts: readonly Alert[]): string[] {
  const counts = new Map<string, number>();
  return alerts.map(({ rule, message, place }) => {
    const words = message.split(/[\s.,:]+/).sort();
    const hash = createHash('sha256').update(JSON.stringify([rule.id, place && nameOfPlace(place), words])).digest('hex').slice(0, 32);
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    return `${hash}:${count}`;
  });
}
