import { Resolved, valueAt } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { derived, isText, textAfter, textOf } from '../../values/text-parts';
import { KeyHolders } from '../identities';
import { givenText, KubernetesObject } from '../kubernetes-object';

const ACCOUNTS = 'system:serviceaccounts';

/** Subjects that all pods are among, also those that send requests without a token. */
const OF_ALL = [ACCOUNTS, 'system:authenticated', 'system:unauthenticated', 'system:anonymous'];

/** The pods that a subject of a binding is about. All pods are in the groups of all users. An expression, which something fills in, can be any subject. */
export function holdersOf(
  subject: Resolved, { cluster, kind: ofBinding, namespace: own }: Pick<KubernetesObject, 'cluster' | 'kind' | 'namespace'>,
): KeyHolders[] {
  const [kind, namespace] = ['kind', 'namespace'].map((property) => givenText(valueAt(subject, property)));
  const name = textOf(valueAt(subject, 'name'));
  if (!name || /^[{<$]/.test(name.start)) {
    return name || (subject instanceof Text && givenText(subject)?.literal === undefined) ? [{ cluster, ...name && namespace && { namespace } }] : [];
  }
  if (isText(kind, 'ServiceAccount') !== 'no' && !name.startsWith('system:')) {
    return [{ cluster, serviceAccountName: givenText(name), namespace: namespace ?? (ofBinding === 'RoleBinding' ? own : derived(name, 'namespace')) }];
  }
  const [ofGroup, ofUser] = [textAfter(name, `${ACCOUNTS}:`), textAfter(name, 'system:serviceaccount:')];
  const [inNamespace, account] = ofUser ? wordsOf(ofUser, /:/) : [];
  return [
    ...(OF_ALL.some((group) => isText(name, group) === 'yes') ? [{ cluster }] : []),
    ...(ofGroup ? [{ cluster, namespace: givenText(ofGroup) }] : []),
    ...(account ? [{ cluster, namespace: givenText(inNamespace), serviceAccountName: givenText(account) }] : []),
  ];
}
