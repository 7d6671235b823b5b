import { ClusterAliases } from './cluster-lines';
import { roleName } from './role-lines';
import { nameWord, word } from './words';
import { ComparedWay } from '../diff/side';
import { gainWords, podsWords } from '../diff/way-gains';

/** What opens a cluster to everyone, to some pods, or to whoever has the credentials of a role. What access entries and credentials open has their lines. */
export function wayLines({ role, pods, way }: ComparedWay, clusters: ClusterAliases): string[] {
  if (way.opening === undefined) {
    return [];
  }
  const cluster = clusters.nameOf(way.cluster);
  const what = `might ${gainWords(way, nameWord)}`;
  return role ? [`${roleName(role)}: ${what} in ${cluster}, if it can ${word(way.opening)}`]
    : [`${cluster}: ${pods ? podsWords(pods, nameWord) : 'everyone'} ${what}, if they can ${word(way.opening)}`];
}
