import { AssignedModel } from '../../assignments/assigned-model';
import { howToState } from '../../assignments/cluster-issuers';
import { Nodes, Pods } from '../../assignments/principal';
import { Cluster, Model, Nodegroup, Workload } from '../../model/model';
import { available } from '../../questions/nearest';
import { NotFound } from '../../questions/not-found';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';

/** The workload of a question. */
export interface WorkloadAddress {
  readonly kind: string;
  readonly namespace: Text;
  readonly name: Text;
}

/** The cluster with a name or logical ID, or the only one. */
export function findCluster(model: Model, name?: Text): Cluster {
  const { clusters } = model;
  if (name === undefined) {
    if (clusters.length === 1) {
      return clusters[0];
    }
    throw clusters.length === 0
      ? new NotFound('the templates have no cluster: also read the templates of the stack that creates or names it')
      : new Error(`the templates have several clusters: pass one of them as the option cluster: ${clusters.map(placedName).join(', ')}`);
  }
  const found = clusters.find((cluster) => equal(cluster.name, name) === 'yes');
  const similar = found ? [found] : clusters.filter((cluster) => [cluster.place?.logicalId, cluster.name.toString()].includes(name.toString()));
  if (similar.length > 1) {
    throw new Error(`several clusters have the logical ID ${name}: ${similar.map(placedName).join(', ')}: pass the name of one, such as cluster.clusterName`);
  }
  if (similar.length === 0) {
    const hint = clusters.every(({ place }) => place) ? '' : `. If they have only roles for it, state its issuer: ${howToState(name)}`;
    throw new NotFound(`cluster ${name} is not in the templates: ${available(name.toString(), clusters.map(clusterName))}${hint}`);
  }
  return similar[0];
}

/** Two stacks can have one logical ID each. */
const placedName = (cluster: Cluster): string =>
  (cluster.name.literal === undefined && cluster.place ? `${clusterName(cluster)} in ${cluster.place.template}` : clusterName(cluster));

const clusterName = ({ name, place }: Cluster): string => name.literal ?? place?.logicalId ?? name.toString();

/** The pods of a service account. */
export function findPods(assigned: AssignedModel, cluster: Cluster, account: Pick<Pods, 'namespace' | 'serviceAccountName' | 'annotation'>): Pods {
  const pods: Pods = { kind: 'pods', cluster: cluster.name, ...account };
  if (account.annotation && assigned.accounts.of(pods).length > 0) {
    throw new Error(`omit annotatedRoleArn: the templates define service account ${pods.namespace}/${pods.serviceAccountName}, including its annotation`);
  }
  return pods;
}

/** The pods of a workload. */
export function findWorkload(model: Model, cluster: Cluster, { kind, namespace, name }: WorkloadAddress): Pods {
  const inCluster = model.workloads.filter((workload) => equal(workload.cluster, cluster.name) === 'yes');
  const workload = inCluster.find((one) => one.kind === kind && isSame(one.namespace, namespace) && isSame(one.name, name));
  if (!workload) {
    const asked = `${kind} ${namespace}/${name}`;
    throw new NotFound(`${asked} is not among the workloads of cluster ${clusterName(cluster)}: ${available(asked, inCluster.map(workloadName))}`);
  }
  return podsOf(workload);
}

export const podsOf = (workload: Workload): Pods =>
  ({ kind: 'pods', cluster: workload.cluster, namespace: workload.namespace, serviceAccountName: workload.serviceAccountName, workload });

const workloadName = ({ kind, namespace, name }: Workload): string => `${kind} ${namespace}/${name}`;

/** The nodes of a nodegroup, by its name, its label or its logical ID. */
export function findNodes(model: Model, cluster: Cluster, name: Text): Nodes {
  const inCluster = model.nodegroups.filter((nodegroup) => equal(nodegroup.cluster, cluster.name) === 'yes');
  const nodegroup = inCluster.find((one) => isSame(one.name, name))
    ?? inCluster.find(({ label, place }) => [label, place.logicalId].includes(name.toString()));
  if (!nodegroup) {
    throw new NotFound(`nodegroup ${name} is not in cluster ${clusterName(cluster)}: ${available(name.toString(), inCluster.map(nodegroupName))}`);
  }
  return { kind: 'nodes', nodegroup };
}

export const nodegroupName = ({ name, label }: Nodegroup): string => name.literal ?? label;

/** You can also name an unknown value as messages show it, such as `${Name}`. */
const isSame = (one: Text, other: Text): boolean => equal(one, other) === 'yes' || one.toString() === other.toString();
