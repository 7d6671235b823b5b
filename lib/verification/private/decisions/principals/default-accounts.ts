import { keyOfPods } from './trusted-principals';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods, Principal } from '../../assignments/principal';
import { rolesByCertificate } from '../../reach/certificates';
import { identitiesOfPods } from '../../reach/held-identities';
import { mayReachNodeRole } from '../../reach/reach';
import { Text } from '../../values/text';

/** The account of pods that name none, and a namespace that each cluster has. */
const DEFAULT = Text.of('default');

/**
 * The pods of the account `default`, which Kubernetes creates in each namespace, where this account matters: a workload of the templates runs under it, or any
 * pod gets, or might get, the role of its node or a role that trusts an identity of another provider, or a certificate.
 *
 * @param known the principals whose namespaces the templates show.
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts
 */
export function defaultAccounts(assigned: AssignedModel, known: readonly Principal[]): Pods[] {
  const pods = known.filter((principal) => principal.kind === 'pods');
  const held = assigned.model.heldIdentities.flatMap(({ heldBy: { cluster, namespace, secret } }) =>
    (namespace?.literal && !secret ? [{ cluster, namespace }] : []));
  const inNamespaces = [...assigned.model.clusters.map(({ id: cluster }) => ({ cluster, namespace: DEFAULT })), ...held, ...pods]
    .map(({ cluster, namespace }): Pods => ({ kind: 'pods', cluster, namespace, serviceAccountName: DEFAULT }));
  const ran = new Set(pods.filter(({ workload }) => workload).map(keyOfPods));
  const all = new Map(inNamespaces.map((account) => [keyOfPods(account), account]));
  const mayHaveRole = (account: Pods) => mayReachNodeRole(account, assigned) || identitiesOfPods(account, assigned.roles).length > 0
    || rolesByCertificate(account, assigned).length > 0;
  return [...all].filter(([key, account]) => ran.has(key) || mayHaveRole(account)).map(([, account]) => account);
}
