import { Change } from './change';
import { Counterparts } from './counterparts';
import { sameClusters } from './same-clusters';
import { ComparedWay, Side } from './side';
import { gainWords, includesWay, podsWords } from './way-gains';
import { ClusterNames } from '../assignments/cluster-names';
import { WayIntoCluster } from '../decisions/principals/way-into-cluster';
import { holderName } from '../model/holder-name';
import { Text } from '../values/text';

/**
 * Finds ways into clusters that whoever has the credentials of a role has in the new assembly only, such as the image of a workload that the role may push since its
 * repository is mutable. Ways by access entries and credentials are compared as these.
 */
export function compareWays(before: Side, after: Side): Array<[string, Change]> {
  const clusters = sameClusters(before.model.clusters, after.model.clusters);
  const names = new ClusterNames(after.model.clusters);
  const old = new KnownWays(before);
  const isKnown = (compared: ComparedWay) => {
    const { way } = compared;
    return old.of(compared, clusters.get(way.cluster.key) ?? way.cluster.key).some((one) => includesWay(one, way));
  };
  return after.ways
    .filter((compared) => compared.way.opening !== undefined && !isKnown(compared))
    .map(({ role, pods, way }): [string, Change] => [role ? `whoever has credentials of ${holderName(role)}` : pods ? podsWords(pods, textOf) : 'everyone', {
      kind: 'UNKNOWN',
      what: `it is not known whether they can ${way.opening}, and so ${gainWords(way, textOf)} in cluster ${names.shown(way.cluster)}`,
      broadens: true,
    }]);
}

const textOf = (text: Text) => text.toString();

/** The ways of a side. */
class KnownWays {
  private readonly ways = new Map<string, WayIntoCluster[]>();
  private readonly roles: ReadonlySet<string>;
  private readonly counterparts: Counterparts;

  constructor({ model: { roles }, ways }: Side) {
    this.roles = new Set(roles.map(({ arn }) => arn.key));
    this.counterparts = new Counterparts(roles);
    for (const { role, pods, way } of ways) {
      const key = wayKey({ role, pods }, way.cluster.key);
      this.ways.set(key, [...this.ways.get(key) ?? [], way]);
    }
  }

  /** Those of a role, of the one with its former name, of some pods, or of everyone. */
  of({ role, pods }: ComparedWay, clusterKey: string): WayIntoCluster[] {
    const former = role && !this.roles.has(role.arn.key) ? this.counterparts.of(role) : undefined;
    const holders = [{}, ...(role ? [{ role }] : []), ...(former ? [{ role: former }] : []), ...(pods ? [{ pods }] : [])];
    return holders.flatMap((holder) => this.ways.get(wayKey(holder, clusterKey)) ?? []);
  }
}

const wayKey = ({ role, pods }: Pick<ComparedWay, 'role' | 'pods'>, clusterKey: string) =>
  JSON.stringify([role?.arn.key, pods && [pods.namespace?.key, pods.serviceAccountName?.key], clusterKey]);
