import { copiesBecauseOf, Copy, isStoreOfCluster } from './copies';
import { ObjectOfCode } from './object-of-code';
import { addTo } from '../../values/add-to';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';
import { anyPart } from '../code/code-write';
import { KubernetesObject } from '../kubernetes-object';

type CopyInCluster = Copy & Pick<KubernetesObject, 'cluster'>;

/** What controllers copy in clusters, by the names of the copies, so that the work to find those of many workloads grows with their number. */
class CopiedObjects {
  private readonly byName = new Map<string, CopyInCluster[]>();
  /** Those of which the name of the copy is not known. */
  private readonly others: CopyInCluster[] = [];
  private readonly all: readonly CopyInCluster[];

  constructor(objects: readonly KubernetesObject[]) {
    const stores = objects.filter(isStoreOfCluster);
    this.all = objects.flatMap((object) => copiesBecauseOf(object, stores).map((copy) => ({ ...copy, cluster: object.cluster })));
    for (const copy of this.all) {
      const { literal } = copy.to.name ?? {};
      if (literal === undefined) {
        this.others.push(copy);
      } else {
        addTo(this.byName, literal, copy);
      }
    }
  }

  /** Those of which an object may be the copy. */
  to({ kind, name, namespace }: Required<ObjectOfCode>, cluster: ClusterId): CopyInCluster[] {
    const named = name.literal === undefined ? this.all : [...this.byName.get(name.literal) ?? [], ...this.others];
    return named.filter(({ to, ...copy }) => copy.kind === kind && copy.cluster.is(cluster) !== 'no'
      && (!to.name || equal(to.name, name) !== 'no') && (!to.namespace || equal(to.namespace, namespace) !== 'no'));
  }
}

const known = new Interned<CopiedObjects>();

/**
 * Some ConfigMaps and Secrets, and those of which they are copies, also over several steps: whoever changes one of these changes the copies.
 *
 * @param namespace that of those that name none.
 */
export function withSources(
  code: readonly ObjectOfCode[], { cluster, namespace }: Pick<KubernetesObject, 'cluster' | 'namespace'>, objects: readonly KubernetesObject[],
): ObjectOfCode[] {
  const copied = known.of([objects], () => new CopiedObjects(objects));
  const [found, left] = [new Map<string, ObjectOfCode>(), code.map((one) => ({ namespace, ...one }))];
  for (let one = left.pop(); one; one = left.pop()) {
    for (const { kind, from } of copied.to(one, cluster)) {
      const source = { kind, name: from.name ?? one.name, namespace: from.namespace ?? anyPart('namespace'), isOptional: true };
      const key = [kind, source.name.key, source.namespace.key].join();
      if (!found.has(key)) {
        found.set(key, source);
        left.push(source);
      }
    }
  }
  return [...code, ...found.values()];
}
