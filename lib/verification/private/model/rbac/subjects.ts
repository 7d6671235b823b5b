import { Resolved, valueAt } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { derived, isText, textAfter, textOf } from '../../values/text-parts';
import { KeyHolders } from '../identities';
import { KubernetesObject } from '../kubernetes-object';

const ACCOUNTS = 'system:serviceaccounts';

/** Subjects that all pods are among, also those that send requests without a token. */
const OF_ALL = [ACCOUNTS, 'system:authenticated', 'system:unauthenticated', 'system:anonymous'];

/** The pods that a subject of a binding is about. All pods are in the groups of all users. */
export function holdersOf(subject: Resolved, { cluster, kind: ofBinding, namespace: own }: KubernetesObject): KeyHolders[] {
  const [kind, name, namespace] = ['kind', 'name', 'namespace'].map((property) => textOf(valueAt(subject, property)));
  if (!name) {
    return [];
  }
  if (isText(kind, 'ServiceAccount') !== 'no') {
    return [{ cluster, serviceAccountName: name, namespace: namespace ?? (ofBinding === 'RoleBinding' ? own : derived(name, 'namespace')) }];
  }
  const [ofGroup, ofUser] = [textAfter(name, `${ACCOUNTS}:`), textAfter(name, 'system:serviceaccount:')];
  const [inNamespace, account] = ofUser ? wordsOf(ofUser, /:/) : [];
  return [
    ...(OF_ALL.some((group) => isText(name, group) === 'yes') ? [{ cluster }] : []),
    ...(ofGroup ? [{ cluster, namespace: ofGroup }] : []),
    ...(account ? [{ cluster, namespace: inNamespace, serviceAccountName: account }] : []),
  ];
}
