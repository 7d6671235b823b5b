import { readableBy } from './read-objects';
import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { mayBeOf } from '../../assignments/may-be-of';
import { Pods } from '../../assignments/principal';
import { OF_SYSTEMS } from '../../model/credentials/system-tokens';
import { holderName } from '../../model/holder-name';
import { ClusterCredential } from '../../model/identities';
import { KubernetesObject } from '../../model/kubernetes-object';
import { Model } from '../../model/model';
import { chartNames } from '../../model/objects/chart-names';
import { isWorkload } from '../../model/pods/pod-templates';
import { Binding } from '../../model/rbac/bindings';
import { Credentials } from '../../reach/credentials';
import { wayToCopy } from '../../reach/way-to-copy';
import { ClusterId } from '../../values/cluster-id';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';

/** How pods might act in a cluster with what they can mount: a kubeconfig, or what signs in to a system that acts there. For which cluster it is, it need not show. */
export const waysByCredentials = (pods: Pods, cluster: ClusterId, { model }: AssignedModel): WayIntoCluster[] => model.clusterCredentials
  .filter(({ heldBy }) => mayBeOf(heldBy, pods)).map((one) => ({ cluster, what: wayBy(one), runsPods: true }));

/** The same for credentials that may read one. */
export const waysByReadCredentials = (
  one: Credentials, cluster: ClusterId, { model, roles }: AssignedModel,
): WayIntoCluster[] => model.clusterCredentials.filter((copy) => wayToCopy(copy, one, roles) !== undefined)
  .map((copy) => ({ cluster, opening: wayBy(copy), what: `${wayBy(copy)}, with ${holderName(one.role)}`, runsPods: true }));

const wayBy = ({ how, where }: ClusterCredential): string => `act in the cluster ${how} ${where}`;

/** The same for somebody whom a binding lets read the Secret of one in another cluster, or in the same. */
export function waysByReadSecrets(
  binding: Binding, own: ClusterId, cluster: ClusterId, { clusterCredentials }: Pick<Model, 'clusterCredentials'>,
): WayIntoCluster[] {
  const [one] = readableBy(binding, own, clusterCredentials.filter(({ object }) => object && !isWorkload(object)));
  return one ? [{ cluster, what: `${wayBy(one)}, which they read by ${binding.label}`, runsPods: true }] : [];
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
