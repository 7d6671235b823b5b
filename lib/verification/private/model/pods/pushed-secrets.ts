import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';
import { listOf, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf, textsUnder } from '../../values/text-parts';
import { anyPart } from '../code/code-write';
import { KubernetesObject } from '../kubernetes-object';
import { Account } from '../objects/handed-objects';
import { Binding } from '../rbac/bindings';
import { mayChange } from '../rbac/changed-objects';

/** An object because of which External Secrets writes Secrets of a cluster to AWS. */
interface Push {
  readonly object: KubernetesObject;
  /** Undefined if labels tell which ones it writes. */
  readonly name?: Text;
  /** The service accounts with whose roles it does so, besides that of the controller. */
  readonly accounts: readonly Account[];
}

const GROUP = 'external-secrets.io';

/** @see https://external-secrets.io/latest/api/pushsecret/ */
export const pushesIn = (objects: readonly KubernetesObject[]): readonly Push[] => known.of([objects], () => {
  const stores = objects.filter(({ group, kind }) => group === GROUP && kind.endsWith('SecretStore'));
  return objects.filter(({ group, kind }) => group === GROUP && kind.endsWith('PushSecret')).flatMap((object): Push[] => {
    const spec = object.at('spec', 'pushSecretSpec') ?? object.at('spec');
    const references = listOf(valueAt(spec, 'secretStoreRefs')).map((one) => textOf(valueAt(one, 'name'))); // labels may select any
    const own = stores.filter((store) => store.cluster.is(object.cluster) !== 'no'
      && references.some((name) => !name || (store.name && equal(name, store.name) !== 'no')));
    const ofAws = own.filter((store) => store.at('spec', 'provider', 'aws') !== undefined);
    const isOfGenerator = valueAt(spec, 'selector', 'secret') === undefined;
    return isOfGenerator || (own.length > 0 && ofAws.length === 0) ? []
      : [{ object, name: textOf(valueAt(spec, 'selector', 'secret', 'name')), accounts: ofAws.flatMap(accountsOf) }];
  });
});

const known = new Interned<readonly Push[]>();

/** @see https://external-secrets.io/latest/provider/aws-access/#eks-service-account-credentials */
function accountsOf(store: KubernetesObject): Account[] {
  const reference = store.at('spec', 'provider', 'aws', 'auth', 'jwt', 'serviceAccountRef');
  const namespace = textOf(valueAt(reference, 'namespace')) ?? store.namespace;
  return textsUnder(reference, /^name$/).map((serviceAccountName) => ({ namespace, serviceAccountName }));
}

const ANY_NAME = anyPart('name of a Secret');

/** Whether a binding lets somebody change a Secret that is written to AWS, or create it where it may not exist. */
export function mayChangePushed({ rules, namespace }: Binding, { object, name }: Push, objects: readonly KubernetesObject[]): boolean {
  const isOfCluster = object.kind.startsWith('Cluster');
  const isThere = isOfCluster || !namespace || equal(object.namespace, namespace) !== 'no';
  const exists = () => name !== undefined && !isOfCluster && objects.some((one) => one.kind === 'Secret' && one.group === ''
    && one.cluster.is(object.cluster) === 'yes' && equal(one.namespace, object.namespace) === 'yes' && one.name !== undefined && equal(one.name, name) === 'yes');
  return isThere && mayChange(rules, 'secrets', name ?? ANY_NAME, exists);
}
