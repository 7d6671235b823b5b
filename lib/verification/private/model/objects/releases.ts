import { objectOfValues } from './chart-values';
import { KubernetesObject } from './kubernetes-object';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { textOf } from '../../values/text-parts';

/** Where an object that installs charts has their values, and the namespace of their pods. */
interface Release {
  readonly group: string;
  readonly kind: RegExp;
  readonly values: ReadonlyArray<readonly string[]>;
  readonly namespace: readonly string[];
}

const APPLICATION = ['source', 'sources'].map((source) => ['spec', source, 'helm']);

/**
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#values
 * @see https://docs.k3s.io/add-ons/helm
 * @see https://marketplace.upbound.io/providers/crossplane-contrib/provider-helm
 */
const RELEASES: readonly Release[] = [
  { group: 'argoproj.io', kind: /^Application$/, values: APPLICATION, namespace: ['spec', 'destination', 'namespace'] },
  {
    group: 'argoproj.io', kind: /^ApplicationSet$/, values: APPLICATION.map((path) => ['spec', 'template', ...path]),
    namespace: ['spec', 'template', 'spec', 'destination', 'namespace'],
  },
  { group: 'helm.toolkit.fluxcd.io', kind: /^HelmRelease$/, values: [['spec', 'values'], ['spec', 'postRenderers']], namespace: ['spec', 'targetNamespace'] },
  { group: 'helm.cattle.io', kind: /^HelmChart$/, values: [['spec', 'valuesContent'], ['spec', 'set']], namespace: ['spec', 'targetNamespace'] },
  ...['helm.crossplane.io', 'helm.m.crossplane.io'].map((group): Release => ({
    group, kind: /^Release$/, values: [['spec', 'forProvider', 'values'], ['spec', 'forProvider', 'set']], namespace: ['spec', 'forProvider', 'namespace'],
  })),
];

/** The values in the objects from which controllers install charts. The charts themselves are not read. */
export const readReleases = (objects: readonly KubernetesObject[]): KubernetesObject[] => objects.flatMap((object) =>
  RELEASES.filter(({ group, kind }) => object.group === group && kind.test(object.kind)).flatMap(({ values, namespace }) => {
    const { cluster, kind, name, place } = object;
    const given = values.flatMap((path) => valuesAt(object.at(path[0]), path.slice(1)));
    return name && given.length > 0
      ? objectOfValues({ cluster, kind, name, namespace: textOf(object.at(...namespace)) ?? object.namespace, values: given, place }) ?? [] : [];
  }));

/** Through lists, such as several sources. */
function valuesAt(value: Resolved, [name, ...rest]: readonly string[]): Resolved[] {
  if (name === undefined) {
    return listOf(value);
  }
  return listOf(value).flatMap((item) => (item instanceof ResolvedMap ? valuesAt(item.get(name), rest) : []));
}
