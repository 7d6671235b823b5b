import { hasAccessKey, isNameOfSecretPart } from './access-key-names';
import { isOfKubernetes } from './pod-templates';
import { namesOfSecret } from './secret-names';
import { SourceOfKeys } from './source-of-keys';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { isText, literalOf, textOf, textsUnder } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { keysShown } from '../objects/shown-keys';

/** How the Secrets Store CSI driver calls its files. @see https://github.com/aws/secrets-store-csi-driver-provider-aws#secretproviderclass-options */
const ALIAS = /objectAlias:\s*["']?([^\s"']+)/g;

const SYNCING: { readonly [kind: string]: (object: KubernetesObject) => SourceOfKeys[] } = {
  ExternalSecret: (object) => sourceOf(object, 'Secret', object.at('spec', 'target', 'name') ?? object.name, [
    ...literalsOf(object.at('spec', 'data'), 'secretKey'), ...namesIn(object.at('spec', 'target', 'template', 'data')),
  ], { hasAll: namesAllKeys(object), holding: holdingKeys(object) }),
  SecretProviderClass: (object) => [
    ...sourceOf(object, object.kind, object.name, textsUnder(object.at('spec'), /^objects$/).flatMap((text) => [...`${text}`.matchAll(ALIAS)].map(([, name]) => name))),
    ...listOf(object.at('spec', 'secretObjects')).flatMap((one) => sourceOf(object, 'Secret', valueAt(one, 'secretName'), literalsOf(valueAt(one, 'data'), 'key'))),
  ],
};

/**
 * The keys that controllers write, to Secrets and to volumes, as far as their objects name them.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 * @see https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret
 */
export const syncedSecrets = (objects: readonly KubernetesObject[]): SourceOfKeys[] =>
  objects.flatMap((object) => (isSyncing(object) ? SYNCING[object.kind](object) : []));

/** Those of Secrets that other controllers write, of which their objects show some keys only. */
export const shownSecrets = (objects: readonly KubernetesObject[]): SourceOfKeys[] =>
  objects.filter((object) => object.kind.includes('Secret') && !isOfKubernetes(object) && !isSyncing(object)).flatMap((object) => {
    const keys = keysShown(object.at('spec'));
    return namesOfSecret(object).flatMap((name) => sourceOf(object, 'Secret', name, keys));
  });

/** Whether a controller only writes Secrets or files because of an object. */
export const isSyncing = ({ kind }: KubernetesObject): boolean => Object.hasOwn(SYNCING, kind);

interface MoreOfSource extends Pick<SourceOfKeys, 'holding'> {
  /** Whether it has no other keys. */
  readonly hasAll?: boolean;
}

function sourceOf(
  object: KubernetesObject, kind: string, value: Resolved, keys: readonly string[], { holding, hasAll = false }: MoreOfSource = {},
): SourceOfKeys[] {
  const [name, { namespace, cluster, mayBeMissing }] = [textOf(value), object];
  return name ? [{ kind, identity: { name, namespace, cluster, mayBeMissing }, keys, holding, content: object.at('spec'), ...!hasAll && { mayHaveMore: true } }] : [];
}

/** The keys of a Secret whose values come from an access key, as the name of the value tells from which External Secrets writes them, or the text around it. */
const holdingKeys = (object: KubernetesObject): string[] => [
  ...listOf(object.at('spec', 'data')).filter((entry) => isNameOfSecretPart(literalOf(valueAt(entry, 'remoteRef', 'property')) ?? ''))
    .flatMap((entry) => literalOf(valueAt(entry, 'secretKey')) ?? []),
  ...listOf(object.at('spec', 'target', 'template', 'data')).flatMap((data) => (data instanceof ResolvedMap ? data.entries : []))
    .filter(([, text]) => hasAccessKey(`${textOf(text) ?? ''}`)).map(([key]) => `${key}`),
];

/**
 * Whether a Secret that External Secrets writes has only the keys that the object names: those of a Secret of its own, and not those of a whole secret or of a template
 * elsewhere.
 *
 * @see https://external-secrets.io/latest/guides/ownership-deletion-policy/
 */
function namesAllKeys(object: KubernetesObject): boolean {
  const [data, policy, template] = [object.at('spec', 'data'), object.at('spec', 'target', 'creationPolicy'), object.at('spec', 'target', 'template')];
  const ofTemplate = valueAt(template, 'data');
  return object.at('spec', 'dataFrom') === undefined && (policy === undefined || isText(policy, 'Owner') === 'yes')
    && Array.isArray(data) && literalsOf(data, 'secretKey').length === data.length
    && valueAt(template, 'templateFrom') === undefined
    && (ofTemplate === undefined || (ofTemplate instanceof ResolvedMap && namesIn(ofTemplate).length === ofTemplate.entries.length));
}

const literalsOf = (items: Resolved, property: string): string[] => listOf(items).flatMap((item) => literalOf(valueAt(item, property)) ?? []);

const namesIn = (value: Resolved): string[] => (value instanceof ResolvedMap ? value.entries.flatMap(([{ literal }]) => literal ?? []) : []);
