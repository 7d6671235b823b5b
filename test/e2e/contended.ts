import { arnOf, ROLE, Scene } from './scene';

/** A service account and a ConfigMap that another tool and a set both manage. */
export class Contended {
  constructor(private readonly scene: Scene) {}

  public objects(role: string, data: object, labels?: object): object[] {
    const { metadata, ...account } = this.scene.account('a', arnOf(role));
    return [{ ...account, metadata: { ...metadata, labels } }, this.scene.config('c', data)];
  }

  public theirs = () => this.objects('theirs', { key: 'theirs' }, { team: 'theirs' });

  public ours = () => this.objects('ours', { key: 'ours', more: 'ours' });

  /** What the other tool wants later: no label, and another key. */
  public later = () => this.objects('later', { other: 'later' });

  public find = () => Promise.all(this.theirs().map((object) => this.scene.cluster.find(object)));

  /** The role, the label and the data. */
  public values = async () => {
    const [account, config] = await this.find();
    return [account.metadata.annotations[ROLE].split('/')[1], account.metadata.labels?.team, config.data];
  };
}
