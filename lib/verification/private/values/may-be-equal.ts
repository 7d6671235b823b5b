import { originsOf } from './origins';
import { equal } from './pattern';
import { Text } from './text';
import { generatedIn } from './text-parts';
import { Truth } from './truth';
import { Unknown } from './unknown';

/** Whether two texts may be equal. What is unknown is not taken to be a generated name, except where it is made of that name. */
export const mayBeEqual = (one: Text, other: Text): boolean => isPossible(equal(one, other), one, other);

/** The same, if it is known as far as patterns tell. */
export const isPossible = (truth: Truth, one: Text, other: Text): boolean =>
  truth === 'yes' || (truth === 'unknown' && mayHaveNamesOf(one, other) && mayHaveNamesOf(other, one));

/** Whether a text may have all generated names that are in another one. */
export const mayHaveNamesOf = (text: Text, other: Text): boolean => generatedIn(other).every((name) => mayHave(text, name));

/** Whether a text has what is unknown, or may have it: it is made of it, or has a literal that a generated name can be. */
export const mayHave = (text: Text, { id, generatedName }: Unknown): boolean =>
  originsOf(text).has(id) || text.parts.some((part) => typeof part === 'string' && generatedName?.mayBeIn(part));
