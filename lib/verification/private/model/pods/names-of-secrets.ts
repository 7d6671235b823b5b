import { namesOfParameters } from './names-of-parameters';
import { isOfSecrets, Mount, mountsOf, secretsIn } from './pod-volumes';
import { Reference, referencesFrom, referencesIn, referencesOfMount } from './references-to-secrets';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { textOf } from '../../values/text-parts';

const shownTexts = (values: readonly Resolved[]): string[] => values.map((value) => `${textOf(value) ?? ''}`).filter((text) => text !== '');

/** The key and the Secret that a variable is from. */
export const namesOfSource = (variable: Resolved): string[] => shownTexts(['key', 'name'].map((property) => valueAt(variable, 'valueFrom', 'secretKeyRef', property)));

/** The name of a variable, and what it is from. */
export const namesOfVariable = (variable: Resolved): string[] =>
  [...shownTexts([valueAt(variable, 'name')]), ...namesOfSource(variable), ...namesOfParameters(valueAt(variable, 'value'))];

/** The names of a volume with secrets, of the Secrets or the class that it is from, of their keys, and of the folders and files in which a container has them. */
export function namesOfMount({ mount, volume }: Mount): string[] {
  const items = secretsIn(volume).flatMap(({ items: some }) => listOf(some)).flatMap((item) => [valueAt(item, 'key'), valueAt(item, 'path')]);
  const names = [...secretsIn(volume).map(({ name }) => name), classOf(volume), volume?.get('name')];
  const paths = ['mountPath', 'subPath', 'subPathExpr'].map((property) => mount?.get(property));
  return isOfSecrets(volume) ? shownTexts([...names, ...items, ...paths]).flatMap((name) => name.split('/')) : [];
}

/** The class that says which secrets of a store a volume has. */
export const classOf = (volume: Mount['volume']): Resolved => volume?.at('csi', 'volumeAttributes', 'secretProviderClass');

/** Which secrets are meant. */
interface Kept {
  /** Whether variables with values of their own do not count. */
  readonly isOnlyStored?: true;
}

/** Something secret that a container has. */
export interface SecretByNames {
  /** What it is called. */
  readonly names: readonly string[];
  /** The Secrets that it is from. */
  readonly references: readonly Reference[];
  /** The volume that has it. */
  readonly volume?: Resolved;
}

/** All of them, by their names. */
export const secretsByNames = (container: Resolved, volumes: readonly Resolved[], { isOnlyStored }: Kept = {}): SecretByNames[] => [
  ...listOf(valueAt(container, 'env')).filter((variable) => !isOnlyStored || valueAt(variable, 'valueFrom', 'secretKeyRef') !== undefined)
    .map((variable) => ({ names: namesOfVariable(variable), references: referencesIn(variable) })),
  ...listOf(valueAt(container, 'envFrom')).map((source) => ({ names: shownTexts([valueAt(source, 'secretRef', 'name')]), references: referencesFrom(source) })),
  ...mountsOf([container], volumes).map((mount) => ({ names: namesOfMount(mount), references: referencesOfMount(mount), volume: mount.volume })),
];

/** All of these names. */
export const namesOfSecrets = (...which: Parameters<typeof secretsByNames>): string[] => secretsByNames(...which).flatMap(({ names }) => names);
