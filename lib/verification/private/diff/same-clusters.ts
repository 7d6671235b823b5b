import { Cluster } from '../model/model';

/**
 * The keys of clusters before, by the keys of the same clusters after. What is left of one name on both sides is one cluster, too: a stack that gets an account or a
 * Region does not have another cluster, but a new stage does.
 */
export function sameClusters(before: readonly Cluster[], after: readonly Cluster[]): ReadonlyMap<string, string> {
  const [old, now] = [onlyIn(before, after), onlyIn(after, before)];
  return new Map([...now].flatMap(([name, keys]) => {
    const [key, ...others] = keys;
    const [oldKey, ...oldOthers] = old.get(name) ?? [];
    return oldKey !== undefined && others.length + oldOthers.length === 0 ? [[key, oldKey]] : [];
  }));
}

/** The keys of the clusters that are on one side only, by the keys of their names. */
function onlyIn(clusters: readonly Cluster[], others: readonly Cluster[]): Map<string, Set<string>> {
  const known = new Set(others.map(({ id }) => id.key));
  const found = new Map<string, Set<string>>();
  for (const { id: { key, name } } of clusters.filter(({ id }) => !known.has(id.key))) {
    found.set(name.key, (found.get(name.key) ?? new Set()).add(key));
  }
  return found;
}
