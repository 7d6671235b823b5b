import type { Cluster } from './cluster';
import type { Identity } from './identities';
import { recordOf, RECORDS } from './names';
import type { SetName } from './record';
import { contentOf } from '../e2e/record-data';

interface StoredEntry {
  readonly uid?: string;
  readonly object: { readonly kind: string; readonly metadata: { readonly name: string } };
}

/** What the records in the cluster say about objects, where the model cannot know it. */
export class StoredRecords {
  constructor(private readonly cluster: Cluster, private readonly identities: Map<string, Identity>) {}

  /** Whether the record of a set still lists the object as one that an earlier stack has retained. */
  public async isRetained(set: SetName, identity: string): Promise<boolean> {
    return this.entryIn((await this.contentOf(set))?.retained, identity) !== undefined;
  }

  /** Whether the record of a set contains the uid of the object. With KEEP, the function may have been killed before it recorded the uid. */
  public async isRecorded(set: SetName, identity: string): Promise<boolean> {
    const [{ body: object }, content] = await Promise.all([this.cluster.send('GET', this.identities.get(identity)!.path), this.contentOf(set)]);
    return this.entryIn(content?.current.objects, identity)?.uid === object.metadata.uid;
  }

  private async contentOf(set: SetName): Promise<any> {
    const { body: secret } = await this.cluster.send('GET', `/api/v1/namespaces/${RECORDS}/secrets/${recordOf(set)}`);
    return secret.data && contentOf(secret.data.record);
  }

  private entryIn(entries: { readonly [identity: string]: StoredEntry } = {}, identity: string): StoredEntry | undefined {
    const { kind, name } = this.identities.get(identity)!;
    return Object.values(entries).find(({ object }) => object.kind === kind.kind && object.metadata.name === name);
  }
}
