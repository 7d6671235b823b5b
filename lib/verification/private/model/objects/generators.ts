import { ReadObjects } from './applied-objects';
import { destinationOf } from './other-clusters';
import { Findings } from '../../findings/findings';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

const ANY_KIND = /./;

/**
 * The objects from which controllers apply others to the cluster, by API group: those of Argo CD, Flux, kro, Crossplane, KubeVela, Rancher, Carvel
 * and Sveltos.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/
 * @see https://fluxcd.io/flux/components/
 * @see https://kro.run/docs/concepts/rgd/schema
 * @see https://docs.crossplane.io/latest/concepts/compositions
 * @see https://kubevela.io/docs/getting-started/core-concept/
 * @see https://docs.k3s.io/add-ons/helm
 * @see https://carvel.dev/kapp-controller/docs/latest/app-spec/
 * @see https://projectsveltos.github.io/sveltos/main/addons/raw_yaml/
 */
const GENERATORS: { readonly [group: string]: RegExp } = {
  'argoproj.io': /^Application(Set)?$/,
  'helm.toolkit.fluxcd.io': ANY_KIND,
  'kustomize.toolkit.fluxcd.io': ANY_KIND,
  'kro.run': ANY_KIND,
  'apiextensions.crossplane.io': /^Composition$/,
  'config.projectsveltos.io': /^(Cluster)?Profile$/,
  'core.oam.dev': /^Application$/,
  'fleet.cattle.io': /^(Bundle|GitRepo|HelmOp)$/,
  'helm.cattle.io': /^HelmChart$/,
  'helm.crossplane.io': /^Release$/,
  'helm.m.crossplane.io': /^Release$/,
  'kappctrl.k14s.io': /^App$/,
  'kubernetes.crossplane.io': /^Object$/,
  'kubernetes.m.crossplane.io': /^Object$/,
};

/** Whether a controller is known to apply other objects from this one. */
export const isGenerator = ({ group, kind }: KubernetesObject): boolean => Object.hasOwn(GENERATORS, group) && GENERATORS[group].test(kind);

/** The groups of Kubernetes, whose kinds are known to apply no others. */
export const OF_KUBERNETES = /^(apps|autoscaling|batch|policy|)$|\.k8s\.io$/;

/** Whether a controller may apply other objects from this one: it is known to, or it has another object in it. */
export const mayGenerate = (object: KubernetesObject): boolean =>
  isGenerator(object) || (!OF_KUBERNETES.test(object.group) && listOf(object.at('spec')).some(holdsObject));

const OF_OBJECTS = ['apiVersion', 'kind'].map((name) => new RegExp(`(^|[^\\w.-])["']?${name}["']?\\s*:`));

/** Whether a text has an object in YAML or JSON, or in an expression that writes one. */
export const isObjectText = (text: Text): boolean => OF_OBJECTS.every((name) => name.test(`${text}`));

/** A reference to an object has the same names, but nothing else than texts. */
function holdsObject(value: Resolved): boolean {
  if (value instanceof Text) {
    return isObjectText(value);
  }
  if (value instanceof ResolvedMap) {
    const isObject = ['apiVersion', 'kind'].every((name) => textOf(value.get(name))) && value.entries.some(([, inner]) => inner instanceof ResolvedMap);
    return isObject || value.entries.some(([, inner]) => holdsObject(inner));
  }
  return listOf(value).some(holdsObject);
}

/** The clusters with objects from which controllers apply others, which are not read, like those of a Helm chart of aws-cdk. */
export const findGenerators = (objects: readonly KubernetesObject[], findings: Findings): ReadObjects['incomplete'] =>
  objects.filter(mayGenerate).map((object) => {
    const { group, kind, name, place } = object;
    const why = `the objects of the ${kind} ${name ?? 'without a name'} of ${group} are not read`;
    findings.add('unread-objects', `${why}: they can change service accounts and workloads`, place);
    return { cluster: destinationOf(object), why };
  });

/** Whether a controller applies what an object mentions, such as a chart. */
export const mayInstall = (object: KubernetesObject, name: string): boolean => isGenerator(object) && mentions(object.at('spec'), name);

const mentions = (value: Resolved, name: string): boolean => listOf(value).some((item) => (item instanceof ResolvedMap
  ? item.entries.some(([, inner]) => mentions(inner, name))
  : Array.isArray(item) ? mentions(item, name) : `${item}`.includes(name)));

/** The templates of objects in another one, which are applied to its cluster, unless another place is known. */
export function objectsIn(outer: KubernetesObject, value: Resolved, place: ObjectPlace = outer): KubernetesObject[] {
  const inner = value instanceof ResolvedMap ? value.entries.map(([, item]) => item) : Array.isArray(value) ? value : [];
  const object = KubernetesObject.from(place.cluster, value, outer.place, place === outer ? undefined : place.namespace, true);
  return [...(object ? [object] : []), ...inner.flatMap((item) => objectsIn(outer, item, place))];
}

/** The cluster of an object, and its namespace if it says none. */
type ObjectPlace = Pick<KubernetesObject, 'cluster' | 'namespace'>;
