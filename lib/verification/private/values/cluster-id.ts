import { equal } from './pattern';
import { Text } from './text';
import { allOf, Truth } from './truth';

/**
 * Identifies a cluster: its name is unique in an account and a Region only.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
 */
export class ClusterId {
  /** Two IDs have the same key if they are written in the same way. */
  readonly key: string;
  readonly #known = new Map<ClusterId, Truth>();

  /** @param isCreated whether a resource of the templates creates the cluster. */
  constructor(readonly name: Text, readonly account: Text, readonly region: Text, readonly isCreated: boolean) {
    this.key = [name, account, region].map((text) => text.key).join(' ');
  }

  /** Whether both are of one cluster. Names, accounts and Regions that only the deployment knows can turn out to be equal, but two resources make two clusters. */
  is(other: ClusterId): Truth {
    if (this.key === other.key) {
      return 'yes';
    }
    const known = this.#known.get(other) ?? this.compared(other);
    this.#known.set(other, known);
    return known;
  }

  private compared(other: ClusterId): Truth {
    const truth = allOf([equal(this.name, other.name), equal(this.account, other.account), equal(this.region, other.region)]);
    return truth === 'unknown' && this.isCreated && other.isCreated ? 'no' : truth;
  }

  /** For messages: the name. */
  toString(): string {
    return this.name.toString();
  }
}
