import { originsOf } from './origins';
import { equal } from './pattern';
import { Text } from './text';
import { isGenerated } from './text-parts';

/** Whether two texts may be equal. Nobody can write a generated name into a template, so a text can have such a name only if it is made of it. */
export function mayBeEqual(one: Text, other: Text): boolean {
  const truth = equal(one, other);
  return truth === 'yes' || (truth === 'unknown' && mayHaveNamesOf(one, other) && mayHaveNamesOf(other, one));
}

const mayHaveNamesOf = (text: Text, other: Text): boolean =>
  !isGenerated(other) || other.unknowns.filter(({ differsWithin }) => differsWithin !== undefined).every(({ id }) => originsOf(text).has(id));
