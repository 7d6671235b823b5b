import { uniqueText, word } from './words';
import { stackOf } from '../findings/gap';
import { Cluster } from '../model/model';
import { ClusterId } from '../values/cluster-id';

/** Names clusters by the resource that creates them, so that the names of others do not change when there is one more. */
export class ClusterAliases {
  private readonly aliases: ReadonlyMap<string, string>;

  constructor(private readonly clusters: readonly Cluster[]) {
    const created = clusters.flatMap(({ id, place }): Array<[string, string]> => (place ? [[id.key, `${stackOf(place)}/${place.logicalId}`]] : []));
    this.aliases = new Map(created.filter(([key, alias]) => created.every(([otherKey, other]) => other !== alias || otherKey === key)));
  }

  /** Of one that no template creates, it is the name, the account and the Region. */
  nameOf(id: ClusterId): string {
    return `cluster ${word(this.aliases.get(id.key) ?? idText(id))}`;
  }

  /** Which cluster a resource creates: its name, account and Region. */
  get lines(): string[] {
    return this.clusters.filter(({ id }) => this.aliases.has(id.key)).map(({ id }) => `${this.nameOf(id)}: is named, with its account and its Region, ${word(idText(id))}`);
  }
}

const idText = ({ name, account, region }: ClusterId) => [name, account, region].map(uniqueText).join(' ');
