import { fillingObjects } from './filling-objects';
import { hasKubeconfig } from './kubeconfigs';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, literalOf, textOf, textsIn } from '../../values/text-parts';
import { ANY_RESOURCE } from '../../values/wildcards';
import { anyPart, CodeWrite } from '../code/code-write';
import { scriptsIn } from '../code/commands';
import { decidesWhatRuns, decidingVariables } from '../code/deciding-variables';
import { wordsIn } from '../code/image-names';
import { CREATE_SECRET, readsOfStoredValue, writesOfStoredValue } from '../code/stored-writes';
import { KubernetesObject } from '../kubernetes-object';

/**
 * What changes the values that an object takes from a Secret or a ConfigMap, if a controller fills that from AWS Secrets Manager or the Parameter Store. Objects
 * name what they take values from in properties such as `valuesFrom` and `substituteFrom`, and what is filled in any property.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#values-references
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export function writesOfValues(object: KubernetesObject, objects: readonly KubernetesObject[]): CodeWrite[] {
  return fillingObjects(object, namesOfValues(object), objects).flatMap(storedIn).flatMap(writesOfStoredValue);
}

/** The names of the Secrets and ConfigMaps from which an object takes values. */
export const namesOfValues = (object: KubernetesObject): Text[] => namesIn(object.at('spec'));

/**
 * What changes variables of the containers of an object that decide what these run, such as `NODE_OPTIONS`: each of them, or all if all keys of a secret are variables.
 *
 * @see https://external-secrets.io/latest/guides/all-keys-one-secret/
 */
export function writesOfEnvironment(object: KubernetesObject, containers: readonly Resolved[], objects: readonly KubernetesObject[]): CodeWrite[] {
  const isOwn = ({ cluster, kind, namespace }: KubernetesObject) =>
    cluster.is(object.cluster) !== 'no' && (kind !== 'ExternalSecret' || equal(namespace, object.namespace) !== 'no');
  const filledBy = (source: Resolved) => fillingObjects(object, namesIn(source, true), objects).filter(isOwn);
  const storedFor = (source: Resolved, isTaken: (key: string | undefined) => boolean) =>
    filledBy(source).flatMap((other) => storedUnder(other, isTaken));
  const all = containers.flatMap((container) => listOf(valueAt(container, 'envFrom')).flatMap((source) => {
    const scripts = scriptsIn(container);
    return storedFor(source, (key) => decidesWhatRuns(key && `${literalOf(valueAt(source, 'prefix')) ?? ''}${key}`, scripts));
  }));
  const single = containers.flatMap(decidingVariables).map((variable) => valueAt(variable, 'valueFrom'));
  const named = single.flatMap((source) => ['configMapKeyRef', 'secretKeyRef'].map((kind) => valueAt(source, kind)));
  const each = named.flatMap((source) => {
    const taken = literalOf(valueAt(source, 'key'));
    return storedFor(source, (key) => key === undefined || taken === undefined || key === taken);
  });
  const sources = [...containers.flatMap((container) => listOf(valueAt(container, 'envFrom'))), ...named];
  return [...[...all, ...each].flatMap(writesOfStoredValue), ...(sources.flatMap(filledBy).some(searches) ? [NEW_SECRET] : [])];
}

/** What an object fills some keys from, with other keys if it does not say from what, or which keys there are. */
function storedUnder(object: KubernetesObject, isTaken: (key: string | undefined) => boolean): Text[] {
  const keysOf = (value: Resolved, name: string) => listOf(value).filter((entry) => isTaken(literalOf(valueAt(entry, name))));
  const spec = specOf(object);
  const template = valueAt(spec, 'target', 'template', 'data');
  const isAny = valueAt(spec, 'dataFrom') !== undefined
    || (template instanceof ResolvedMap && template.entries.some(([{ literal }]) => isTaken(literal)))
    || listOf(valueAt(spec, 'secretObjects')).some((one) => keysOf(valueAt(one, 'data'), 'key').length > 0);
  return isAny ? storedIn(object) : keysOf(valueAt(spec, 'data'), 'secretKey').flatMap((entry) => textsIn(valueAt(entry, 'remoteRef')).flatMap(wordsIn));
}

/**
 * What reads the credentials with which a controller signs in to a cluster, if they come from there, too: those of Argo CD, those of a `kubeConfig` of Flux, and other
 * kubeconfigs.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#kubeconfig-remote-clusters
 */
export function readsOfClusterCredentials(object: KubernetesObject, objects: readonly KubernetesObject[]): CodeWrite[] {
  const name = textOf(object.at('spec', 'kubeConfig', 'secretRef', 'name'));
  return readsOfFilled(object, object.kind.includes('Secret') && hasKubeconfig(object), name ? [name] : [], objects);
}

/** What reads the values that a controller fills in from an object itself, or into what has one of some names. */
export const readsOfFilled = (
  object: KubernetesObject, isFilling: boolean, names: readonly Text[], objects: readonly KubernetesObject[],
): CodeWrite[] => [...(isFilling ? [object] : []), ...fillingObjects(object, names, objects)].flatMap(storedIn).flatMap(readsOfStoredValue);

/** What reads the values that a controller fills some keys from. @param keys default: all */
export const readsOfKeys = (object: KubernetesObject, keys?: readonly string[]): CodeWrite[] =>
  (keys ? storedUnder(object, (key) => key === undefined || keys.includes(key)) : storedIn(object)).flatMap(readsOfStoredValue);

const OF_REPOSITORIES = ['repository', 'repo-creds', 'repository-write', 'repo-write-creds'];

/** Whether the labels of a Secret, or of what is below a path, say that it has what Argo CD uses for repositories. */
export const isOfRepositories = (object: KubernetesObject, ...path: string[]): boolean =>
  OF_REPOSITORIES.some((type) => isText(object.at(...path, 'metadata', 'labels', 'argocd.argoproj.io/secret-type'), type) !== 'no');

/**
 * What reads the credentials with which a controller gets a repository, if they come from there, too: with a deploy key or a token, others may push to it.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories
 */
export function readsOfRepositoryCredentials(object: KubernetesObject, objects: readonly KubernetesObject[]): CodeWrite[] {
  const name = textOf(object.at('spec', 'secretRef', 'name'));
  return readsOfFilled(object, isOfRepositories(object, 'spec', 'target', 'template'), name ? [name] : [], objects);
}

/** Properties with the Secrets and ConfigMaps that values come from. */
const OF_SOURCES = /From$|^valuesSecrets$/;

/** The names of Secrets and ConfigMaps that values come from. */
const namesIn = (value: Resolved, isSource = false): Text[] => listOf(value).flatMap((item) => (item instanceof ResolvedMap
  ? [...(isSource ? [textOf(item.get('name'))] : []), ...item.entries.flatMap(([{ literal = '' }, inner]) => namesIn(inner, isSource || OF_SOURCES.test(literal)))]
  : Array.isArray(item) ? namesIn(item, isSource) : [])).filter((name) => name !== undefined);

/** What the texts of an object may be the name of; anything if it searches. */
const storedIn = (object: KubernetesObject): Text[] => [...textsIn(object.at('spec')).flatMap(wordsIn), ...(searches(object) ? [anyPart('name')] : [])];

/** What says from where a controller fills which keys. @see https://external-secrets.io/latest/api/clusterexternalsecret/ */
const specOf = (object: KubernetesObject): Resolved => object.at('spec', 'externalSecretSpec') ?? object.at('spec');

/** Whether it searches for secrets. The name of each that it finds becomes a key. @see https://external-secrets.io/latest/guides/getallsecrets/ */
const searches = (object: KubernetesObject): boolean =>
  listOf(valueAt(specOf(object), 'dataFrom')).some((source) => !(source instanceof ResolvedMap) || source.get('find') !== undefined);

const NEW_SECRET: CodeWrite = { action: CREATE_SECRET, arn: ANY_RESOURCE };
