import { readableBy } from './read-objects';
import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { mayBeOf } from '../../assignments/may-be-of';
import { Pods } from '../../assignments/principal';
import { OF_SYSTEMS } from '../../model/credentials/system-tokens';
import { holderName } from '../../model/holder-name';
import { KeyCopy } from '../../model/identities';
import { KubernetesObject } from '../../model/kubernetes-object';
import { Model } from '../../model/model';
import { chartNames } from '../../model/objects/chart-names';
import { Binding } from '../../model/rbac/bindings';
import { Credentials } from '../../reach/credentials';
import { mayWrite } from '../../reach/may-write';
import { ClusterId } from '../../values/cluster-id';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';

/** How pods might act in a cluster by a system that does so for whoever signs in to it, such as Argo CD. For which cluster it acts, its token does not show. */
export const waysBySystemTokens = (pods: Pods, cluster: ClusterId, { model }: AssignedModel): WayIntoCluster[] => model.systemTokens
  .filter(({ heldBy }) => mayBeOf(heldBy, pods)).map((token) => ({ cluster, what: wayBy(token), runsPods: true }));

/** The same for credentials that may read one. */
export const waysByReadTokens = (one: Credentials, cluster: ClusterId, { model, roles }: AssignedModel): WayIntoCluster[] => model.systemTokens
  .filter(({ reads = [] }) => reads.some((read) => mayWrite(one, roles, read)))
  .map((token) => ({ cluster, opening: wayBy(token), what: `${wayBy(token)}, with ${holderName(one.role)}`, runsPods: true }));

const wayBy = ({ where }: KeyCopy): string => `act in the cluster by a system whose token is in ${where}`;

/** The same for somebody whom a binding lets read the Secret of one. */
export function waysByReadSecrets(binding: Binding, cluster: ClusterId, { systemTokens }: Pick<Model, 'systemTokens'>): WayIntoCluster[] {
  const [token] = readableBy(binding, cluster, systemTokens.filter(({ object }) => object?.kind.includes('Secret')));
  return token ? [{ cluster, what: `${wayBy(token)}, which they read by ${binding.label}`, runsPods: true }] : [];
}

/**
 * Whether Secrets that somebody may read have what signs in to a system. Argo CD makes one for its administrator in its namespace.
 *
 * @param names those of the Secrets. @default - any
 * @see https://argo-cd.readthedocs.io/en/stable/getting_started/#4-login-using-the-cli
 */
export const mayReadOfSystem = (
  cluster: ClusterId, namespace: Text | undefined, names: readonly string[] | undefined, { objects, charts }: Pick<Model, 'objects' | 'charts'>,
): boolean => (names ? names.some(OF_SYSTEMS.has) : [...objects.filter(isOfArgoCd), ...charts.filter((chart) => chartNames(chart).includes('argo-cd'))].some((object) =>
  object.cluster.is(cluster) !== 'no' && (!namespace || equal(namespace, object.namespace) !== 'no')));

const isOfArgoCd = ({ group, kind }: KubernetesObject): boolean => group === 'argoproj.io' && /^App(lication(Set)?|Project)$/.test(kind);
