import { Pods } from './principal';
import { ClusterId } from '../values/cluster-id';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { allOf, Truth } from '../values/truth';

/** What a template says about a service account: the account itself, an association, a workload. */
interface OfAccount {
  readonly cluster: ClusterId;
  readonly namespace: Text;
  readonly account: Text;
}

/** Things of service accounts, by the address of the account. */
export class AccountIndex<T> {
  private readonly byKey = new Map<string, T[]>();
  /** Those whose address only the deployment knows. */
  private readonly unsure: T[] = [];

  constructor(things: readonly T[], private readonly addressOf: (thing: T) => OfAccount) {
    for (const thing of things) {
      const { namespace, account } = addressOf(thing);
      const key = accountKey(namespace, account);
      const known = this.byKey.get(key) ?? [];
      known.push(thing);
      this.byKey.set(key, known);
      if (namespace.literal === undefined || account.literal === undefined) {
        this.unsure.push(thing);
      }
    }
  }

  /** The things of the account of pods, and whether they are its own. */
  of(pods: Pods): Array<{ readonly thing: T; readonly isOwn: Truth }> {
    const isLiteral = pods.namespace.literal !== undefined && pods.serviceAccountName.literal !== undefined;
    const candidates = isLiteral
      ? new Set([...this.byKey.get(accountKey(pods.namespace, pods.serviceAccountName)) ?? [], ...this.unsure])
      : [...this.byKey.values()].flat();
    return [...candidates].map((thing) => ({ thing, isOwn: this.isOwn(this.addressOf(thing), pods) })).filter((found) => found.isOwn !== 'no');
  }

  private isOwn({ cluster, namespace, account }: OfAccount, pods: Pods): Truth {
    return allOf([cluster.is(pods.cluster), equal(namespace, pods.namespace), equal(account, pods.serviceAccountName)]);
  }
}

const accountKey = (namespace: Text, account: Text) => `${namespace.key}/${account.key}`;
