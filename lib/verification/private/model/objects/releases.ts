import { objectOfValues, OF_CHARTS } from './chart-values';
import { isGenerator } from './generators';
import { destinationOf } from './other-clusters';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived } from '../../values/text-parts';
import { givenText, KubernetesObject } from '../kubernetes-object';

/** Where an object that installs charts or changes objects has values and patches, and the namespace of the pods; undefined if they can be in any. */
interface Release {
  readonly group: string;
  readonly kind: RegExp;
  readonly values: ReadonlyArray<readonly string[]>;
  readonly namespace?: readonly string[];
}

const OF_APPLICATIONS = ['source', 'sources'].flatMap((source) => ['helm', 'kustomize'].map((tool) => ['spec', source, tool]));

/**
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#values
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#patches
 * @see https://kubevela.io/docs/getting-started/core-concept/
 * @see https://fleet.rancher.io/ref-fleet-yaml
 * @see https://docs.k3s.io/add-ons/helm
 * @see https://marketplace.upbound.io/providers/crossplane-contrib/provider-helm
 */
const RELEASES: readonly Release[] = [
  { group: 'argoproj.io', kind: /^Application$/, values: OF_APPLICATIONS, namespace: ['spec', 'destination', 'namespace'] },
  {
    group: 'argoproj.io',
    kind: /^ApplicationSet$/,
    values: OF_APPLICATIONS.map((path) => ['spec', 'template', ...path]),
    namespace: ['spec', 'template', 'spec', 'destination', 'namespace'],
  },
  { group: 'helm.toolkit.fluxcd.io', kind: /^HelmRelease$/, values: [['spec', 'values'], ['spec', 'postRenderers']], namespace: ['spec', 'targetNamespace'] },
  { group: 'kustomize.toolkit.fluxcd.io', kind: /^Kustomization$/, values: [['spec', 'patches'], ['spec', 'patchesStrategicMerge']] },
  { group: 'core.oam.dev', kind: /^Application$/, values: [['spec', 'components'], ['spec', 'policies']], namespace: ['metadata', 'namespace'] },
  { group: 'fleet.cattle.io', kind: /^(Bundle|HelmOp)$/, values: [['spec', 'helm'], ['spec', 'resources']], namespace: ['spec', 'defaultNamespace'] },
  { group: 'helm.cattle.io', kind: /^HelmChart(Config)?$/, values: [['spec', 'valuesContent'], ['spec', 'set']], namespace: ['spec', 'targetNamespace'] },
  ...['helm.crossplane.io', 'helm.m.crossplane.io'].map((group): Release => ({
    group, kind: /^Release$/, values: [['spec', 'forProvider', 'values'], ['spec', 'forProvider', 'set']], namespace: ['spec', 'forProvider', 'namespace'],
  })),
];

/** The values in the objects from which controllers install charts. The charts themselves are not read, and whether an object is applied is not known. */
export const readReleases = (objects: readonly KubernetesObject[]): KubernetesObject[] => objects.flatMap((object) =>
  RELEASES.filter(({ group, kind }) => object.group === group && kind.test(object.kind)).flatMap((release) => ofRelease(object, release)));

function ofRelease(object: KubernetesObject, { values, namespace }: Release): KubernetesObject[] {
  const given = values.flatMap((path) => valuesAt(object.at(path[0]), path.slice(1)));
  return given.length > 0 ? settingsOf(object, given, namespace && (givenText(object.at(...namespace)) ?? object.namespace)) : [];
}

/** Where the pods of an object are that installs a chart. */
export function namespaceOfPods(object: KubernetesObject): Text {
  const release = RELEASES.find(({ group, kind }) => object.group === group && kind.test(object.kind));
  return (release?.namespace && givenText(object.at(...release.namespace))) ?? object.namespace;
}

/** The namespace of what a controller makes of an object; undefined if it can be in any. */
export function namespaceOfRelease(object: KubernetesObject): Text | undefined {
  const release = RELEASES.find(({ group, kind }) => object.group === group && kind.test(object.kind));
  const isInOne = release ? release.namespace !== undefined : object.group === OF_CHARTS || (!isGenerator(object) && object.at('metadata', 'namespace') !== undefined);
  return isInOne ? namespaceOfPods(object) : undefined;
}

function settingsOf(release: KubernetesObject, values: Resolved, namespace?: Text): KubernetesObject[] {
  const { kind, name, place } = release;
  const named = name ?? Text.of(kind);
  const object = objectOfValues({ cluster: destinationOf(release), kind, name: named, namespace: namespace ?? derived(named, 'namespace of the pods'), values, place });
  return object && values !== undefined ? [object] : [];
}

/** Through lists, such as several sources. */
function valuesAt(value: Resolved, [name, ...rest]: readonly string[]): Resolved[] {
  if (name === undefined) {
    return listOf(value);
  }
  return listOf(value).flatMap((item) => (item instanceof ResolvedMap ? valuesAt(item.get(name), rest) : []));
}
