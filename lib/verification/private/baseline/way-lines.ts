import { ClusterAliases } from './cluster-lines';
import { roleName } from './role-lines';
import { nameWord, word } from './words';
import { ComparedWay } from '../diff/side';
import { gainWords } from '../diff/way-gains';

/** What opens a cluster to everyone, or to whoever has the credentials of a role. What access entries and credentials open has their lines. */
export function wayLines({ role, way }: ComparedWay, clusters: ClusterAliases): string[] {
  if (way.opening === undefined) {
    return [];
  }
  const cluster = clusters.nameOf(way.cluster);
  const what = `might ${gainWords(way, nameWord)}`;
  return [role ? `${roleName(role)}: ${what} in ${cluster}, if it can ${word(way.opening)}` : `${cluster}: everyone ${what}, if they can ${word(way.opening)}`];
}
