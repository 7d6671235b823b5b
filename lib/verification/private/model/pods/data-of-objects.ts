import { ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { decodedText } from '../code/decoded-text';
import { KubernetesObject } from '../kubernetes-object';

/** What a ConfigMap or a Secret has under a key. */
export interface DataEntry {
  readonly key: string;
  /** As the template has it. */
  readonly value: Text;
  /** As pods have it. */
  readonly text: Text;
}

/** The values of a ConfigMap or a Secret. Those in `data` of a Secret are in Base64. */
export const entriesOf = (object: KubernetesObject): DataEntry[] => ['data', 'stringData'].flatMap((section) => {
  const value = object.at(section);
  const isEncoded = object.kind === 'Secret' && section === 'data';
  return !(value instanceof ResolvedMap) ? [] : value.entries.flatMap(([key, inner]) => (inner instanceof Text
    ? [{ key: `${key}`, value: inner, text: isEncoded && inner.literal !== undefined ? Text.of(decodedText(inner.literal)) : inner }] : []));
});
