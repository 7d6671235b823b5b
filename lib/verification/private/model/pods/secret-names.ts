import { entriesOf } from './data-of-objects';
import { listOf, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textsUnder } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { keysShown } from '../objects/shown-keys';

/** The names that the Secret of an object may have. */
export const namesOfSecret = (object: KubernetesObject): Text[] =>
  [...(object.name ? [object.name] : []), ...(object.kind === 'Secret' ? [] : textsUnder(object.at('spec'), /name$/i))];

/** The keys of a Secret, or those that a controller writes to one, and what they come from, as far as they are known. */
export const namesOfKeys = (object: KubernetesObject): string[] => (object.kind === 'Secret' ? entriesOf(object).map(({ key }) => key)
  : [...listOf(object.at('spec', 'data')).flatMap((entry) => literalOf(valueAt(entry, 'remoteRef', 'property')) ?? []), ...keysShown(object.at('spec'))]);
