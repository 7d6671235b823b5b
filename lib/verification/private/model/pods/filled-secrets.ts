import { isOfKubernetes } from './pod-templates';
import { Reference } from './references-to-secrets';
import { namesOfSecret, namespaceOfSecrets } from './secret-names';
import { tellingParts } from './telling-parts';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { givenText, KubernetesObject } from '../kubernetes-object';

/** A Secret that a controller fills, and what tells what it has: the names of the values in the store that they are from. */
export interface FilledSecret {
  readonly reference: Reference;
  readonly namespace: Text;
  readonly names: readonly string[];
}

/** Properties that say where a value is: `key`, `path`, `itemPath`, `objectName`. */
const SOURCE = /^(key|item|objectName|property|regexp)$|path$/i;

/** What only says how to find what is meant. */
const EXPRESSION = /^\^|(?<![.*$])[.*$]+$/g;

/**
 * The Secrets that a controller fills because of an object, as far as the object says with what.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 * @see https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret
 * @see https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/api-reference#vaultstaticsecretspec
 */
export function filledSecrets(object: KubernetesObject): FilledSecret[] {
  if (OF_CROSSPLANE.test(object.group) && object.kind === 'AccessKey') {
    return keyOfCrossplane(object);
  }
  if (!object.kind.includes('Secret') || isOfKubernetes(object)) {
    return [];
  }
  const ofClass = listOf(object.at('spec', 'secretObjects'));
  const own = ofClass.length > 0 ? [] : filledBy(object.at('spec'), undefined).flatMap((filled) => namesOfSecret(object).map((name) => ({ ...filled, name })));
  const synced = ofClass.flatMap((one) => {
    const name = textOf(valueAt(one, 'secretName'));
    return name ? filledBy(valueAt(one, 'data'), undefined).map((filled) => ({ ...filled, name })) : [];
  });
  return [...own, ...synced].map(({ name, key, names }) =>
    ({ reference: { name, ...key !== undefined && { keys: [key] } }, namespace: namespaceOfSecrets(object), names }));
}

/** Crossplane makes the key of a user, and writes it to the Secret. @see https://marketplace.upbound.io/providers/upbound/provider-aws-iam */
const OF_CROSSPLANE = /^iam\.aws\.(m\.)?(upbound|crossplane)\.io$/;

function keyOfCrossplane(object: KubernetesObject): FilledSecret[] {
  const written = object.at('spec', 'writeConnectionSecretToRef');
  const name = textOf(valueAt(written, 'name'));
  return name ? [{ reference: { name }, namespace: givenText(valueAt(written, 'namespace')) ?? namespaceOfSecrets(object), names: ['AWS_SECRET_ACCESS_KEY'] }] : [];
}

interface Filled { readonly key?: string; readonly names: readonly string[] }

/** What is below a property, by the key of the Secret for which it is. */
function filledBy(value: Resolved, key: string | undefined): Filled[] {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap((item) => filledBy(item, key)) : [];
  }
  const own = literalOf(value.get('secretKey')) ?? (value.get('objectName') ? literalOf(value.get('key')) : undefined) ?? key;
  const names = value.entries.flatMap(([{ literal = '' }, inner]) =>
    (SOURCE.test(literal) ? tellingParts((literalOf(inner) ?? '').replace(EXPRESSION, '')) : [])).filter((name) => name !== '');
  const below = value.entries.flatMap(([, inner]) => filledBy(inner, own));
  return [...(names.length > 0 ? [{ key: own, names }] : []), ...below];
}
