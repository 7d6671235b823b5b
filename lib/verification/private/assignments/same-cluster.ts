import { Cluster } from '../model/model';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { Truth } from '../values/truth';

/** Tells clusters of the templates apart, even if only the deployment knows their names. */
export class SameCluster {
  private readonly byName: ReadonlyMap<string, Cluster>;

  constructor(clusters: readonly Cluster[]) {
    this.byName = new Map(clusters.map((cluster) => [cluster.name.key, cluster]));
  }

  /** Whether two names are of one cluster. Two resources make two clusters. A name that the templates only mention may be the one that CloudFormation generates for one of them. */
  is(one: Text, other: Text): Truth {
    const truth = equal(one, other);
    const [first, second] = [this.byName.get(one.key), this.byName.get(other.key)];
    if (truth !== 'unknown' || !first || !second) {
      return truth;
    }
    return first.place && second.place ? 'no' : 'unknown';
  }
}
