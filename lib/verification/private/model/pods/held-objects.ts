import { Mount } from './pod-volumes';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';

/** An object from which containers have variables or files. */
export interface HeldObject {
  readonly kind: string;
  readonly name?: Text;
  /** Those that are named; none if they have all of them. */
  readonly keys: readonly string[];
}

/** How containers and volumes refer to objects. */
const KINDS = [
  { kind: 'ConfigMap', names: ['configMapKeyRef', 'configMapRef', 'configMap'] },
  { kind: 'Secret', names: ['secretKeyRef', 'secretRef', 'secret'] },
];

/** The ConfigMaps and Secrets of containers, and what the Secrets Store CSI driver makes their files of. */
export function objectsHeld(containers: readonly Resolved[], mounts: readonly Mount[]): HeldObject[] {
  const having = [
    ...containers.flatMap((container) => listOf(valueAt(container, 'env'))).map((variable) => valueAt(variable, 'valueFrom')),
    ...containers.flatMap((container) => listOf(valueAt(container, 'envFrom'))),
    ...mounts.flatMap(({ volume }) => [volume, ...listOf(volume?.at('projected', 'sources'))]),
  ];
  const synced = mounts.flatMap(({ volume }) => textOf(volume?.at('csi', 'volumeAttributes', 'secretProviderClass')) ?? []);
  return [
    ...having.flatMap((one) => KINDS.flatMap(({ kind, names }) => names.flatMap((name) => heldBy(kind, valueAt(one, name))))),
    ...synced.map((name): HeldObject => ({ kind: 'SecretProviderClass', name, keys: [] })),
  ];
}

const heldBy = (kind: string, reference: Resolved): HeldObject[] => (reference === undefined ? [] : [{
  kind,
  name: textOf(valueAt(reference, 'name') ?? valueAt(reference, 'secretName')),
  keys: [reference, ...listOf(valueAt(reference, 'items'))].flatMap((item) => literalOf(valueAt(item, 'key')) ?? []),
}]);
