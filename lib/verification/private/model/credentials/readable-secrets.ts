import { heldCopies } from './keys-in-objects';
import { Interned } from '../../values/interned';
import { SomeSecrets } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { namesOfSecret } from '../pods/secret-names';

/** The Secrets that have what is in an object: a controller may copy it to any. */
export const secretsWith = (object: KubernetesObject, objects: readonly KubernetesObject[]): SomeSecrets => known.of([object, objects], () => {
  const isOfNamespace = heldCopies(object, objects).every(({ heldBy }) => heldBy !== undefined && heldBy !== 'everyone' && heldBy.namespace !== undefined);
  const names = namesOfSecret(object);
  return isOfNamespace ? { namespace: object.namespace, ...names.length > 0 && { names } } : {};
});

const known = new Interned<SomeSecrets>();
