import { Mount, mountsOf, secretsIn } from './pod-volumes';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';

/** What containers have from a Secret. */
export interface Reference {
  readonly name: Text;
  /** @default - all keys */
  readonly keys?: readonly string[];
}

/** All Secrets that a container has. */
export const referencesOf = (container: Resolved, volumes: readonly Resolved[]): Reference[] => [
  ...listOf(valueAt(container, 'env')).flatMap(referencesIn), ...listOf(valueAt(container, 'envFrom')).flatMap(referencesFrom),
  ...mountsOf([container], volumes).flatMap(referencesOfMount),
];

export const referencesIn = (variable: Resolved): Reference[] => {
  const reference = valueAt(variable, 'valueFrom', 'secretKeyRef');
  return referenceTo(valueAt(reference, 'name'), [valueAt(reference, 'key')]);
};

export const referencesFrom = (source: Resolved): Reference[] => referenceTo(valueAt(source, 'secretRef', 'name'));

export const referencesOfMount = ({ volume }: Mount): Reference[] => secretsIn(volume).flatMap(({ name, items }) =>
  referenceTo(name, items === undefined ? undefined : listOf(items).map((item) => valueAt(item, 'key'))));

function referenceTo(name: Resolved, values?: readonly Resolved[]): Reference[] {
  const [named, keys] = [textOf(name), values?.map(literalOf)];
  return named ? [{ name: named, ...keys?.every((key) => key !== undefined) && { keys } }] : [];
}
