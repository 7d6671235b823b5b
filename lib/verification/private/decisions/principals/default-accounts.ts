import { keyOfPods } from './trusted-principals';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods, Principal } from '../../assignments/principal';
import { mayReachNodeRole } from '../../reach/reach';
import { Text } from '../../values/text';

/** The account of pods that name none, and a namespace that each cluster has. */
const DEFAULT = Text.of('default');

/**
 * The pods of the account `default`, which Kubernetes creates in each namespace, where this account matters: a workload of the templates runs under it, or any
 * pod gets, or might get, the role of its node.
 *
 * @param known the principals whose namespaces the templates show.
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts
 */
export function defaultAccounts(assigned: AssignedModel, known: readonly Principal[]): Pods[] {
  const pods = known.filter((principal) => principal.kind === 'pods');
  const inNamespaces = [...assigned.model.clusters.map(({ id: cluster }) => ({ cluster, namespace: DEFAULT })), ...pods]
    .map(({ cluster, namespace }): Pods => ({ kind: 'pods', cluster, namespace, serviceAccountName: DEFAULT }));
  const ran = new Set(pods.filter(({ workload }) => workload).map(keyOfPods));
  const all = new Map(inNamespaces.map((account) => [keyOfPods(account), account]));
  return [...all].filter(([key, account]) => ran.has(key) || mayReachNodeRole(account, assigned)).map(([, account]) => account);
}
