import { WayIntoCluster } from '../decisions/principals/way-into-cluster';
import { KeyHolders } from '../model/identities';
import { Text } from '../values/text';

/** What a way into a cluster gives there: `run pods`, `get tokens of service account ops/admin`, or `get what is in Secrets of namespace ops`. */
export function gainWords({ runsPods, onlyViews, only, secrets }: WayIntoCluster, word: (text: Text) => string): string {
  if (runsPods) {
    return `run pods${only ? ` in namespace ${word(only.namespace)}` : ''}`;
  }
  if (onlyViews && secrets) {
    const { namespace, names = [] } = secrets;
    return `get what is in Secrets${[...names].map((name) => ` ${word(name)}`).join()}${namespace ? ` of namespace ${word(namespace)}` : ''}`;
  }
  return `${onlyViews ? 'use the role' : 'get tokens'} of ${only ? `service account ${word(only.namespace)}/${word(only.serviceAccountName)}` : 'pods'}`;
}

/** The pods of a service account, of a namespace, or of the cluster. */
export function podsWords({ namespace, serviceAccountName }: KeyHolders, word: (text: Text) => string): string {
  if (serviceAccountName) {
    return `pods of service account ${namespace ? word(namespace) : '*'}/${word(serviceAccountName)}`;
  }
  return namespace ? `pods of namespace ${word(namespace)}` : 'all pods';
}

/** Whether a way gives all that another one gives, for the same reason, or because it gives whatever is in the cluster. */
export function includesWay(wide: WayIntoCluster, narrow: WayIntoCluster): boolean {
  const givesAll = wide.runsPods && !wide.only;
  return givesAll || (wide.opening === narrow.opening && gainWords(wide, textKey) === gainWords(narrow, textKey));
}

const textKey = ({ key }: Text) => key;
