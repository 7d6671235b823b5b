import { equal } from './pattern';
import { Text } from './text';
import { isGenerated } from './text-parts';

/** Whether two texts may be equal. Nobody can write a generated name into a template, so two texts with such a name are equal only if they are certainly so. */
export function mayBeEqual(one: Text, other: Text): boolean {
  const truth = equal(one, other);
  return truth === 'yes' || (truth === 'unknown' && !isGenerated(one) && !isGenerated(other));
}
