import { KeyCopy, KeyHolders } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { Holder, Telling, toldSecrets } from '../pods/named-secrets';

/**
 * What is in Secrets that something only names, such as a variable of a workload: who reads the Secret by a binding has it, and so have the pods that have the same key.
 * The templates need not have the Secret.
 */
export const copiesInNamedSecrets = (telling: Telling, objects: readonly KubernetesObject[]): KeyCopy[] =>
  toldSecrets(telling, objects).flatMap(({ secret, by, holders }): KeyCopy[] => {
    const { cluster, namespace, name } = secret;
    const where = `Secret ${namespace}/${name}, as ${by.kind} ${by.namespace}/${by.name ?? 'without a name'} tells`;
    const copy = { where, place: by.place };
    const ofReaders = { ...copy, object: secret, heldBy: { cluster, namespace, secret: name } };
    return [ofReaders, ...holders.map((holder) => ({ ...copy, heldBy: heldBy(holder) }))];
  });

const heldBy = ({ object: { cluster, kind, name }, namespace, serviceAccountName }: Holder): KeyHolders =>
  ({ cluster, namespace, serviceAccountName, workload: { kind, name } });
