import { AccessPlace } from '../../access-reason';
import { Cluster } from '../model/model';
import { ClusterId } from '../values/cluster-id';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** What names the clusters of the templates. Stages of an app, and stacks in several Regions, often have clusters with one name. */
export class ClusterNames {
  /** Each once: two versions of a template can create the same. */
  private readonly clusters: readonly Cluster[];
  private readonly counts = new Map<string, number>();

  constructor(clusters: readonly Cluster[]) {
    this.clusters = [...new Map(clusters.map((cluster) => [cluster.id.key, cluster])).values()];
    for (const name of this.clusters.flatMap((cluster) => [...new Set(namesOf(cluster))])) {
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    }
  }

  /** A name for each cluster, which no other cluster has. */
  get all(): string[] {
    return this.clusters.map((cluster) => this.nameOf(cluster));
  }

  /** The only cluster; undefined if there are several, or none. */
  get only(): Cluster | undefined {
    return this.clusters.length === 1 ? this.clusters[0] : undefined;
  }

  /** The clusters that a question may mean: by name, or else by logical ID, ARN, or place, or else by the path of a construct around it. */
  find(asked: Text): Cluster[] {
    const text = asked.toString();
    const searches: Array<(cluster: Cluster) => boolean> = [
      ({ id }) => equal(id.name, asked) === 'yes',
      (cluster) => namesOf(cluster).includes(text),
      ({ place }) => place?.constructPath?.startsWith(`${text}/`) ?? false,
    ];
    return searches.map((isMeant) => this.clusters.filter(isMeant)).find(({ length }) => length > 0) ?? [];
  }

  /** A name of a cluster that no other one has: that in AWS, or else the path of its construct, or else its template and logical ID. */
  nameOf(cluster: Cluster): string {
    const names = namesOf(cluster);
    return names.find((name) => this.counts.get(name) === 1) ?? names[0];
  }

  /** The cluster of a row, for people: its name as templates show it, or if another one has it, too, one that no other one has. */
  shown(id: ClusterId): string {
    const isAlone = this.clusters.every((other) => other.id.key === id.key || `${other.id}` !== `${id}`);
    const cluster = isAlone ? undefined : this.clusters.find((one) => one.id.is(id) === 'yes');
    return cluster ? this.nameOf(cluster) : `${id}`;
  }
}

/** What a question can name a cluster with, the best first. Only an ARN shows more of a cluster that the templates do not create. */
function namesOf({ id, arn, place, namedAt }: Cluster): string[] {
  const short = [id.name.literal ?? place?.logicalId ?? `${id}`];
  return place ? [...short, ...namesOfPlace(place), `${arn}`, place.logicalId, `${id}`] : [...short, `${arn}`, ...namesOfPlace(namedAt)];
}

/** Constructs of aws-cdk have the resource that they create below them, as `Resource` or `Default`. */
const namesOfPlace = ({ template, logicalId, constructPath }: AccessPlace): string[] =>
  [...(constructPath === undefined ? [] : [constructPath.replace(/(\/(Resource|Default))+$/, ''), constructPath]), `${template}/${logicalId}`];
