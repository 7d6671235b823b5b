import { READS_OF_PROPERTIES } from './properties-reads';
import { escapedForRegExp } from '../../values/escaped';
import { mayHave } from '../../values/may-be-equal';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { endsAsComplete, partialArn } from '../../values/secret-arn';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isReference, textOf, textsIn } from '../../values/text-parts';
import { anyPart } from '../code/code-write';
import { putsBelow } from '../code/code-writes';
import { KeyCopy, KeyHolders, UserKey } from '../identities';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { OF_KUBERNETES } from '../objects/generators';
import { isOfKubernetes, isWorkload, podTemplates } from '../pods/pod-templates';
import { USERS } from '../roles/holder-kinds';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The resources with Kubernetes objects, of which it is asked who gets them. */
export const OF_OBJECTS = ['Custom::KubernetesObjects', 'Custom::AWSCDK-EKS-KubernetesResource'];

const DEFAULT = Text.of('default');

/** The copies of the key of a user that are in a Kubernetes object, and in others of the cluster to which a controller copies it. */
export const copiesInObject = (object: KubernetesObject, objects: readonly KubernetesObject[]): KeyCopy[] => [
  { ...copyIn(object, holdersOf(object)), reads: READS_OF_PROPERTIES },
  ...(object.kind === 'Secret' && isOfKubernetes(object) ? copiesOf(object, namesIn([object.name]), objects) : []),
];

const namesIn = (values: readonly Resolved[]): Text[] => values.flatMap((value) => givenText(value) ?? []);

/** The copies that controllers make of Secrets with some names in the namespace of an object. */
const copiesOf = ({ namespace }: KubernetesObject, names: readonly Text[], objects: readonly KubernetesObject[]): KeyCopy[] => objects
  .filter((other) => isCopier(other) && (mayName({ names, arns: [] }, other) || namesAllIn(namespace, other.at('spec'))))
  .map((copier) => copyIn(copier, { cluster: copier.cluster }));

/** Whether a value names a namespace, without the name of an object in it. */
const namesAllIn = (namespace: Text, value: Resolved): boolean => listOf(value).some((item) => (Array.isArray(item) ? namesAllIn(namespace, item)
  : item instanceof ResolvedMap && item.entries.some(([, inner]) => (inner instanceof Text
    ? item.get('name') === undefined && mayHaveName(namespace, inner) : namesAllIn(namespace, inner)))));

/** The backups of Velero, which have all Secrets of a cluster. @see https://velero.io/docs/main/api-types/backupstoragelocation/ */
export const copiesInBackups = (copies: readonly KeyCopy[], objects: readonly KubernetesObject[]): KeyCopy[] => objects
  .filter(({ group, kind, cluster }) => group === 'velero.io' && kind === 'BackupStorageLocation'
    && copies.some(({ heldBy, object }) => [object?.cluster, heldBy === 'everyone' ? undefined : heldBy?.cluster].some((one) => one && one.is(cluster) !== 'no')))
  .flatMap((object) => {
    const bucket = textOf(object.at('spec', 'objectStorage', 'bucket')) ?? anyPart('bucket');
    return putsBelow(bucket).map(({ arn }) => ({ where: `the backups in the bucket ${bucket}`, place: object.place, reads: [{ action: 's3:GetObject', arn }] }));
  });

function copyIn(object: KubernetesObject, heldBy: KeyHolders): KeyCopy {
  const { kind, name, namespace, place } = object;
  return { where: `${kind} ${namespace}/${name ?? 'without a name'}`, place, heldBy, object };
}

/**
 * Annotations, and API groups, with which controllers copy Secrets to other namespaces.
 *
 * @see https://github.com/emberstack/kubernetes-reflector
 * @see https://github.com/mittwald/kubernetes-replicator
 * @see https://github.com/kubernetes-retired/hierarchical-namespaces
 */
const COPYING = /(^|\.)(emberstack\.com|mittwald\.de|appscode\.com|hnc\.x-k8s\.io)$/;

const OF_SECRETS = /\bSecrets?$/;

/**
 * Whether a controller may copy Secrets because of an object: one of a group that is not of Kubernetes, and about Secrets, as its kind or a text in it says.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/generate/
 * @see https://external-secrets.io/latest/provider/kubernetes/
 * @see https://github.com/carvel-dev/secretgen-controller/blob/develop/docs/secret-export.md
 * @see https://aws-controllers-k8s.github.io/community/reference/secretsmanager/v1alpha1/secret/
 */
function isCopier(object: KubernetesObject): boolean {
  return COPYING.test(object.group) || isAnnotated(object.at('metadata'))
    || (!isOfKubernetes(object) && (object.kind.includes('Secret') || textsIn(object.at('spec')).some((text) => OF_SECRETS.test(`${text}`))));
}

/** Whether annotations say that a controller copies what has them. */
function isAnnotated(metadata: Resolved): boolean {
  const annotations = valueAt(metadata, 'annotations');
  return annotations instanceof ResolvedMap && annotations.entries.some(([{ start }]) => COPYING.test(start.split('/')[0]));
}

/** Kinds whose controllers write Secrets only to the namespace of their objects. @see https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret */
const OF_NAMESPACES = ['ExternalSecret', 'SecretProviderClass'];

/** Groups whose objects use, and write, only Secrets of their namespace. @see https://fluxcd.io/flux/components/kustomize/kustomizations/#kubeconfig-remote-clusters */
const IN_NAMESPACES = /^cert-manager\.io$|\.toolkit\.fluxcd\.io$/;

/** Whether the Secret that a controller writes because of an object says that it is copied further. @see https://external-secrets.io/latest/guides/templating/ */
const writesAnnotated = (object: KubernetesObject): boolean => isAnnotated(object.at('spec', 'target', 'template', 'metadata'));

/** The copies of what is in an object, or of what a controller writes because of it to a Secret that pods can mount. */
export function heldCopies(object: KubernetesObject, objects: readonly KubernetesObject[]): KeyCopy[] {
  const { cluster, group, kind, namespace } = object;
  const isOfNamespace = OF_KUBERNETES.test(group) || IN_NAMESPACES.test(group) || OF_NAMESPACES.includes(kind);
  return kind === 'Secret' && isOfKubernetes(object) ? copiesInObject(object, objects)
    : [copyIn(object, { cluster, ...isOfNamespace && !writesAnnotated(object) && { namespace } }), ...(kind.includes('Secret') ? copiesOfWritten(object, objects) : [])];
}

/** The copies that controllers make of a secret or a parameter which their objects name: pods can mount the Secret that they write, or copies of it. */
export const copiesByController = (holder: Named, objects: readonly KubernetesObject[]): KeyCopy[] =>
  copiesBecauseOf((object) => mayName(holder, object), objects);

/** The same, by what tells whether an object names it. */
export const copiesBecauseOf = (isNamedBy: (object: KubernetesObject) => boolean, objects: readonly KubernetesObject[]): KeyCopy[] => objects
  .filter((object) => !isOfKubernetes(object) && isNamedBy(object)).flatMap((object) => [
    copyIn(object, {
      cluster: object.cluster, ...OF_NAMESPACES.includes(object.kind) && !writesAnnotated(object) && { namespace: object.namespace },
    }),
    ...copiesOfWritten(object, objects),
  ]);

/** The copies that others make of the Secrets that a controller writes because of an object. */
const copiesOfWritten = (object: KubernetesObject, objects: readonly KubernetesObject[]): KeyCopy[] =>
  copiesOf(object, writtenBy(object), objects.filter((other) => other !== object));

/** The names of the Secrets that a controller writes because of an object. */
const writtenBy = (object: KubernetesObject): Text[] => namesIn([
  object.at('spec', 'target', 'name') ?? object.name,
  ...listOf(object.at('spec', 'secretObjects')).map((secret) => (secret instanceof ResolvedMap ? secret.get('secretName') : undefined)),
]);

/** The names and the ARNs of a secret or a parameter, in the ways in which objects write them. */
export interface Named { readonly names: readonly Text[]; readonly arns: readonly Text[] }

/** Those of one of the templates. */
export const namesOf = (holder: StackResource): Named => ({
  names: [holder.ref, textOf(holder.property('Name'))].filter((name) => name !== undefined),
  arns: [holder.arn, holder.arn && partialArn(holder.arn)].filter((arn) => arn !== undefined),
});

/** By its name, alone or within a text, by its ARN or a part of that, as in aws-cdk, or by a search. */
const mayName = ({ names, arns }: Named, object: KubernetesObject): boolean => searches(object)
  || textsIn(object.at()).some((text) => arns.some((arn) => mayBeArn(arn, text)) || names.some((name) => mayHaveName(name, text)));

/** Whether an object names what its controller gets by a search. @see https://external-secrets.io/latest/guides/getallsecrets/ */
export const searches = (object: KubernetesObject): boolean => listOf(object.at('spec', 'dataFrom')).some(isSearch);

/** Whether a text has a name, or may be one that only the deployment knows. */
const mayHaveName = (name: Text, text: Text): boolean => (name.literal === undefined
  ? name.unknowns.some((unknown) => mayHave(text, unknown)) || (!isReference(name) && wordsIn(text).some((word) => equal(name, word) !== 'no'))
  : withinText(name.literal).test(text.toString()) || (text.literal === undefined && !isReference(text) && equal(name, text) !== 'no'));

/** What may be a name in a text, also without what AWS Secrets Manager adds to it in ARNs. What resources of the templates return is none. */
const wordsIn = (text: Text): Text[] => wordsOf(text, /[^\w/+=.@-]+/).filter((word) => word.parts.length > 0 && !isReference(word))
  .flatMap((word) => [word, ...(endsAsComplete(word) && word.literal ? [Text.of(word.literal.slice(0, -LENGTH_OF_SUFFIX))] : [])]);

const LENGTH_OF_SUFFIX = '-abcdef'.length;

const mayBeArn = (arn: Text, text: Text): boolean => text.startsWith('arn:') && equal(arn, text) !== 'no';

/** The name, which is not a part of another one, but may have the characters after it that AWS Secrets Manager adds to the names in ARNs. */
const withinText = (name: string): RegExp =>
  new RegExp(`(^|[^\\w+=.@-])${escapedForRegExp(name)}(-\\w{6})?($|[^\\w+=.@-])`);

const isSearch = (source: Resolved): boolean => !(source instanceof ResolvedMap) || source.get('find') !== undefined;

/** Objects from which Crossplane creates access keys of users, which it writes to a Secret. */
const CREATING = /^iam\.aws\.(m\.)?(upbound|crossplane)\.io$/;

/**
 * The access keys that Crossplane creates for users of the templates. The secret part is the password of the connection details.
 *
 * @see https://docs.crossplane.io/latest/managed-resources/managed-resources/#writeconnectionsecrettoref
 */
export const keysOfControllers = (objects: readonly KubernetesObject[], resources: StackResources): UserKey[] => objects
  .filter(({ group, kind }) => CREATING.test(group) && kind === 'AccessKey').flatMap((object) => {
    const user = textOf(object.at('spec', 'forProvider', 'user')) ?? textOf(object.at('spec', 'forProvider', 'username'));
    const namespace = textOf(object.at('spec', 'writeConnectionSecretToRef', 'namespace')) ?? object.namespace;
    return resources.ofType(USERS.type).filter(({ ref }) => user && equal(ref.toLowerCase(), user.toLowerCase()) !== 'no').map((resource) => ({
      name: `access key ${object.name ?? 'without a name'}`,
      holderArn: resource.attribute('Arn'),
      copies: [copyIn(object, { cluster: object.cluster, namespace })],
    }));
  });

/**
 * What is in a template of pods, these pods have. What is in another object of Kubernetes, such as a Secret, pods of its namespace can mount. What is in an object
 * of another kind, its controller can copy to any namespace.
 */
function holdersOf(object: KubernetesObject): KeyHolders {
  const { cluster, kind, name, namespace } = object;
  if (!isOfKubernetes(object)) {
    return { cluster };
  }
  const [pods] = isWorkload(object) ? podTemplates(object) : [];
  const account = pods && (givenText(pods.at('spec', 'serviceAccountName')) ?? givenText(pods.at('spec', 'serviceAccount')) ?? DEFAULT);
  return { cluster, namespace, ...(account && { serviceAccountName: account, workload: { kind, name } }) };
}
