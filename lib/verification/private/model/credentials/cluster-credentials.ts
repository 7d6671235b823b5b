import { copiesInBackups, heldCopies } from './keys-in-objects';
import { KINDS } from './kinds';
import { TokensOf } from './named-tokens';
import { OF_SYSTEMS } from './system-tokens';
import { ClusterCredential, KeyCopy } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { withInner } from '../objects/inner-objects';
import { hasKubeconfig } from '../objects/kubeconfigs';

/** What lets act in clusters: what signs in to a system that does so, kubeconfigs, and tokens of clusters. For which cluster one is, it need not show. */
export function readClusterCredentials(
  objects: readonly KubernetesObject[], charts: readonly KubernetesObject[], tokensOf: TokensOf,
): ClusterCredential[] {
  const shown = withInner(objects, charts).filter(hasKubeconfig).flatMap((object) => heldCopies(object, objects));
  const as = (how: string) => (copy: KeyCopy): ClusterCredential => ({ ...copy, how });
  return [
    ...tokensOf(OF_SYSTEMS).map(as('by a system whose token is in')),
    ...[...shown, ...copiesInBackups(shown, objects), ...tokensOf(KINDS.kubeconfig)].map(as('with the kubeconfig of')),
    ...tokensOf(KINDS.clusterToken).map(as('with the token of')),
  ];
}
