import { isFileOfCredentials } from './credential-names';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';

/** Where a container has a volume. */
export interface Mount {
  /** Undefined if the template of the pods does not have it, as with the claims of a StatefulSet, or if it cannot be read. */
  readonly volume?: ResolvedMap;
  /** Undefined if it cannot be read. */
  readonly mount?: ResolvedMap;
}

/** The volumes that containers mount, or have as block devices. A name that only the deployment knows can be that of any. */
export function mountsOf(containers: readonly Resolved[], volumes: readonly Resolved[]): Mount[] {
  const readable = volumes.filter((volume) => volume instanceof ResolvedMap);
  return containers.flatMap((container) => ['volumeMounts', 'volumeDevices'].flatMap((list) => listOf(valueAt(container, list)))).flatMap((item): Mount[] => {
    const mount = item instanceof ResolvedMap ? item : undefined;
    const mounted = readable.filter((volume) => mayBeEqual(volume.get('name'), mount?.get('name')));
    return mounted.length > 0 ? mounted.map((volume) => ({ mount, volume })) : [{ mount }];
  });
}

/** Whether it is a block device, without files of its own. @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#raw-block-volume-support */
export const isDevice = ({ mount }: Mount): boolean => mount?.get('devicePath') !== undefined;

const mayBeEqual = (one: Resolved, other: Resolved) => !(one instanceof Text) || !(other instanceof Text) || equal(one, other) !== 'no';

/** Why volumes may have credentials that SDKs or tools use: one that is not empty is, or has a file, where these look for them. */
export function credentialVolumes(mounts: readonly Mount[]): string | undefined {
  const paths = mounts.filter((one) => !isDevice(one) && one.volume?.get('emptyDir') === undefined)
    .flatMap(({ mount, volume }) => [
      literalOf(mount?.get('mountPath')),
      ...[mount?.get('subPath'), volume?.at('hostPath', 'path')].map((path) => literalOf(path) ?? ''),
      ...(volume ? filesOf(volume).map(literalOf) : []),
    ]);
  if (paths.includes(undefined)) {
    return 'mounts a volume or a file at a path that is known only at deployment';
  }
  const path = paths.find((candidate) => candidate !== undefined && isFileOfCredentials(candidate));
  return path && `mounts a volume or a file at ${path}`;
}

/** The Secrets that a volume has, and which of their keys; all of them without items. */
export const secretsIn = (volume: ResolvedMap | undefined): ReadonlyArray<{ readonly name: Resolved; readonly items: Resolved }> => [
  volume?.get('secret'), ...listOf(volume?.at('projected', 'sources')).map((source) => valueAt(source, 'secret')),
].flatMap((secret) => (secret instanceof ResolvedMap ? [{ name: secret.get('secretName') ?? secret.get('name'), items: secret.get('items') }] : []));

/** The driver of volumes whose files come from the secrets of a store. @see https://secrets-store-csi-driver.sigs.k8s.io/concepts */
const OF_STORES = 'secrets-store.csi.k8s.io';

/** Whether the files of a volume come from Secrets, or from the secrets of a store. */
export const isOfSecrets = (volume: ResolvedMap | undefined): boolean => secretsIn(volume).length > 0 || literalOf(volume?.at('csi', 'driver')) === OF_STORES;

/** The kinds of volumes whose files can have paths of their own. @see https://kubernetes.io/docs/concepts/storage/volumes/#projected */
const WITH_PATHS = ['secret', 'configMap', 'downwardAPI'];

/** The paths that a volume gives to its files. */
const filesOf = (volume: ResolvedMap): Resolved[] => [volume, ...listOf(volume.at('projected', 'sources'))]
  .flatMap((source) => (source instanceof ResolvedMap ? WITH_PATHS.flatMap((kind) => listOf(source.at(kind, 'items'))) : [source]))
  .map((item) => (item instanceof ResolvedMap ? item.get('path') : undefined));
