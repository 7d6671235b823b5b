import { entriesOf } from './data-of-objects';
import { derived } from '../../values/derived';
import { listOf, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textsUnder } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { keysShown } from '../objects/shown-keys';

/** The namespace of the Secrets that an object names. One of the whole cluster does not say it. */
export const namespaceOfSecrets = (object: KubernetesObject): Text => (object.kind.startsWith('Cluster') && object.at('metadata', 'namespace') === undefined
  ? derived('namespace of a controller', [object.name]) : object.namespace);

/** The names that the Secret of an object may have. */
export const namesOfSecret = (object: KubernetesObject): Text[] =>
  [...(object.name ? [object.name] : []), ...(object.kind === 'Secret' ? [] : textsUnder(object.at('spec'), /name$/i))];

/** The keys of a Secret, or those that a controller writes to one, and what they come from, as far as they are known. */
export const namesOfKeys = (object: KubernetesObject): string[] => (object.kind === 'Secret' ? entriesOf(object).map(({ key }) => key)
  : [...listOf(object.at('spec', 'data')).flatMap((entry) => literalOf(valueAt(entry, 'remoteRef', 'property')) ?? []), ...keysShown(object.at('spec'))]);
