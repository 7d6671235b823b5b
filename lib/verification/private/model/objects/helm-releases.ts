import { OF_CHARTS } from './chart-values';
import { destinationOf } from './other-clusters';
import { namespaceOfPods } from './releases';
import { ClusterId } from '../../values/cluster-id';
import { Text } from '../../values/text';
import { derived } from '../../values/text-parts';
import { givenText, KubernetesObject } from '../kubernetes-object';

/** Where Helm keeps the revisions of a chart that it installs, with all of their objects. */
export interface HelmRelease {
  readonly object: KubernetesObject;
  readonly cluster: ClusterId;
  readonly namespace: Text;
}

/**
 * Objects for which a controller installs a chart with Helm, by API group, and what says where it keeps the revisions. Argo CD applies the objects of charts without
 * keeping any.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#storage-namespace
 */
const RELEASES: { readonly [group: string]: RegExp } = {
  'fleet.cattle.io': /^(Bundle|HelmOp)$/,
  'helm.cattle.io': /^HelmChart$/,
  'helm.crossplane.io': /^Release$/,
  'helm.m.crossplane.io': /^Release$/,
  'helm.toolkit.fluxcd.io': /^HelmRelease$/,
  [OF_CHARTS]: /^HelmChart$/,
};

/** The charts of the templates that Helm installs. */
export const helmReleases = (charts: readonly KubernetesObject[], objects: readonly KubernetesObject[]): HelmRelease[] => [...charts, ...objects]
  .filter(({ group, kind }) => Object.hasOwn(RELEASES, group) && RELEASES[group].test(kind))
  .map((object) => ({ object, cluster: destinationOf(object), namespace: namespaceOfRevisions(object) }));

function namespaceOfRevisions(object: KubernetesObject): Text {
  const ofFlux = object.group === 'helm.toolkit.fluxcd.io' ? givenText(object.at('spec', 'storageNamespace')) ?? object.namespace : undefined;
  return ofFlux ?? namespaceOfPods(object);
}

/**
 * The name of a Secret with a revision.
 *
 * @see https://helm.sh/docs/topics/advanced/#storage-backends
 */
export const REVISION = Text.join([Text.of('sh.helm.release.v1.'), derived(Text.of('Helm'), 'release and revision')]);
