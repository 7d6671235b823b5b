import { Pods } from './principal';
import { addTo } from '../values/add-to';
import { ClusterId } from '../values/cluster-id';
import { Interned } from '../values/interned';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { allOf, Truth } from '../values/truth';

/** What a template says about a service account: the account itself, an association, a workload. */
interface OfAccount {
  readonly cluster: ClusterId;
  readonly namespace: Text;
  readonly account: Text;
}

/** A thing that may be of the account of pods, and whether it is. */
export interface OfPods<T> { readonly thing: T; readonly isOwn: Truth }

/** Things of service accounts, by the address of the account. */
export class AccountIndex<T> {
  private readonly byKey = new Map<string, T[]>();
  /** Those whose address only the deployment knows. */
  private readonly unsure: T[] = [];
  private readonly known = new Interned<ReadonlyArray<OfPods<T>>>();

  constructor(things: readonly T[], private readonly addressOf: (thing: T) => OfAccount) {
    for (const thing of things) {
      const { namespace, account } = addressOf(thing);
      addTo(this.byKey, accountKey(namespace, account), thing);
      if (namespace.literal === undefined || account.literal === undefined) {
        this.unsure.push(thing);
      }
    }
  }

  /** The things of the account of pods, and whether they are its own. */
  of(pods: Pods): ReadonlyArray<OfPods<T>> {
    return this.known.of([pods], () => this.find(pods));
  }

  private find(pods: Pods): Array<OfPods<T>> {
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
