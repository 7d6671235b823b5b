import { Readable, readsOf } from './readable-resources';
import { StoredValues } from './stored-values';
import { unknownsOf } from '../../values/origins';
import { Text } from '../../values/text';
import { ANY_RESOURCE } from '../../values/wildcards';
import { CodeWrite } from '../code/code-write';
import { storeElsewhere } from '../code/stored-elsewhere';
import { StackResource } from '../stack-resource';

/** The secrets and parameters from which a text of a resource comes, in the templates or elsewhere. */
export const storesOf = (text: Text, holder: StackResource, stored: StoredValues): Readable[] => [...unknownsOf(text)].flatMap((one): Readable[] => {
  const own = stored.exactlyNamed(one).map(({ resource }) => resource);
  return own.length > 0 ? own : one.storedAs ? [storeElsewhere(one.storedAs, holder)] : [];
});

/** The requests that read some of them. */
export const readsOfStores = (stores: readonly Readable[]): CodeWrite[] =>
  stores.flatMap((store) => readsOf(store) ?? []).map(({ arn = ANY_RESOURCE, ...read }) => ({ ...read, arn }));
