import { WayIntoCluster } from '../decisions/principals/way-into-cluster';
import { KeyHolders } from '../model/identities';
import { Text } from '../values/text';

/** What a way into a cluster gives there: `run pods`, or `get tokens of service account ops/admin`. */
export function gainWords({ runsPods, onlyViews, only }: WayIntoCluster, word: (text: Text) => string): string {
  return runsPods ? 'run pods' : `${onlyViews ? 'use the role' : 'get tokens'} of ${only ? `service account ${word(only.namespace)}/${word(only.serviceAccountName)}` : 'pods'}`;
}

/** The pods of a service account, of a namespace, or of the cluster. */
export function podsWords({ namespace, serviceAccountName }: KeyHolders, word: (text: Text) => string): string {
  return serviceAccountName ? `pods of service account ${namespace ? word(namespace) : '*'}/${word(serviceAccountName)}` : namespace ? `pods of namespace ${word(namespace)}` : 'all pods';
}

/** Whether a way gives all that another one gives, for the same reason, or because it gives whatever is in the cluster. */
export function includesWay(wide: WayIntoCluster, narrow: WayIntoCluster): boolean {
  const givesAll = wide.runsPods && !wide.only;
  return givesAll || (wide.opening === narrow.opening && gainWords(wide, textKey) === gainWords(narrow, textKey));
}

const textKey = ({ key }: Text) => key;
