import { equal } from '../../values/pattern';
import { Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { scriptsIn } from '../code/commands';
import { KeyCopy } from '../identities';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { isNameOfSecretPart } from '../pods/access-key-names';
import { containersOf } from '../pods/containers';
import { credentialsInScript } from '../pods/credential-commands';
import { filledSecrets } from '../pods/filled-secrets';
import { podTemplates, serviceAccountOf } from '../pods/pod-templates';
import { namesOfKeys } from '../pods/secret-names';
import { injectedByVault } from '../pods/vault';

/** What signs in to a store for a controller. @see https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/api-reference#vaultauth */
const STORES = ['ClusterSecretStore', 'SecretStore', 'VaultAuth'];

/** Properties with the name of one. */
const OF_STORE = /^(secretStoreRef|storeRef|vaultAuthRef)$/;

/** Properties of these with the account as which it signs in. */
const OF_ACCOUNT = /^serviceAccount(Ref)?$/;

/**
 * Keys that pods get from a store outside AWS, such as Vault, in which they sign in with the token of their service account. That the account gets some, a workload of
 * it shows, or a controller that signs in as the account. Each pod of the account has such a token.
 *
 * @see https://developer.hashicorp.com/vault/docs/auth/kubernetes
 */
export function keysInOutsideStores(objects: readonly KubernetesObject[]): KeyCopy[] {
  const stores = objects.filter(({ kind }) => STORES.includes(kind));
  return objects.flatMap((object) => [...accountsOfPods(object), ...accountsOfStores(object, stores)].map((account) => keyFor(account, object)));
}

function keyFor(account: Account, object: KubernetesObject): KeyCopy {
  const { cluster, kind, namespace, name, place } = object;
  return { where: `a store outside AWS, as ${kind} ${namespace}/${name ?? 'without a name'} tells`, place, object, heldBy: { cluster, ...account } };
}

interface Account { readonly namespace: Text; readonly serviceAccountName: Text }

const accountsOfPods = (object: KubernetesObject): Account[] => podTemplates(object).flatMap(({ at, namespace = object.namespace }) => {
  const containers = containersOf(at('spec'));
  const isTold = injectedByVault(at, containers) !== undefined
    || containers.flatMap(scriptsIn).some((script) => script.includes('vault') && /^vault\b/.test(credentialsInScript(script) ?? ''));
  return isTold ? [{ namespace, serviceAccountName: serviceAccountOf(at) }] : [];
});

/** Those as which a controller signs in to the store from which it fills a Secret with a key. */
function accountsOfStores(object: KubernetesObject, stores: readonly KubernetesObject[]): Account[] {
  const names = storesOf(object.at('spec'));
  const isKey = names.length > 0 && [...namesOfKeys(object), ...filledSecrets(object).flatMap((one) => one.names)].some(isNameOfSecretPart);
  return !isKey ? [] : stores.filter(({ name, cluster }) => cluster.is(object.cluster) !== 'no'
    && name !== undefined && names.some((one) => equal(one, name) !== 'no')).flatMap(accountsOf);
}

/** The names of the stores that an object names. */
const storesOf = (value: Resolved): Text[] => (value instanceof ResolvedMap ? value.entries.flatMap(([{ literal = '' }, inner]) =>
  (OF_STORE.test(literal) ? textOf(inner) ?? textOf(valueAt(inner, 'name')) ?? [] : storesOf(inner))) : Array.isArray(value) ? value.flatMap(storesOf) : []);

/** The accounts as which a controller signs in to a store. That for AWS has what its role allows. */
const accountsOf = (store: KubernetesObject): Account[] => referencesIn(store.at('spec')).flatMap((reference) => {
  const [name, namespace = store.namespace] = reference instanceof Text ? [reference] : ['name', 'namespace'].map((property) => givenText(valueAt(reference, property)));
  return name ? [{ namespace, serviceAccountName: name }] : [];
});

const referencesIn = (value: Resolved): Resolved[] => (value instanceof ResolvedMap ? value.entries.flatMap(([{ literal = '' }, inner]) =>
  (literal === 'aws' ? [] : OF_ACCOUNT.test(literal) ? [inner] : referencesIn(inner))) : Array.isArray(value) ? value.flatMap(referencesIn) : []);
