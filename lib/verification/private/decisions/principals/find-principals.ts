import { AssignedModel } from '../../assignments/assigned-model';
import { howToState } from '../../assignments/cluster-issuers';
import { ClusterNames } from '../../assignments/cluster-names';
import { Nodes, Pods } from '../../assignments/principal';
import { nameOfPlace } from '../../findings/gap';
import { Cluster, Nodegroup, Workload } from '../../model/model';
import { available } from '../../questions/nearest';
import { NotFound } from '../../questions/not-found';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';

/** The workload of a question. */
export interface WorkloadAddress {
  readonly kind: string;
  readonly namespace: Text;
  readonly name: Text;
}

/** The cluster that a question names, or the only one. */
export function findCluster({ model: { clusters }, clusterNames }: AssignedModel, asked?: Text): Cluster {
  if (asked === undefined) {
    return clusterNames.only ?? notOnly(clusterNames);
  }
  const [found, ...others] = clusterNames.find(asked);
  if (!found) {
    const hint = clusters.every(({ place }) => place) ? '' : `. If they have only roles for it, state its issuer: ${howToState(asked)}`;
    throw new NotFound(`cluster ${asked} is not in the templates: ${available(asked.toString(), clusterNames.all)}${unshown(clusterNames)}${hint}`);
  }
  if (others.length > 0) {
    const names = [found, ...others].map((cluster) => clusterNames.nameOf(cluster));
    throw new Error(`${asked} names several clusters: pass one of them as the option cluster: ${names.join(', ')}`);
  }
  return found;
}

/** How to ask about a cluster whose name only the deployment knows. */
const unshown = ({ all }: ClusterNames): string => {
  const name = all.find((one) => one.startsWith('${'));
  return name === undefined ? '' : `. The templates do not show the name of ${name}: to ask about this cluster, pass '${name}'${all.length === 1 ? ', or omit the cluster' : ''}`;
};

function notOnly({ all }: ClusterNames): never {
  throw all.length === 0
    ? new NotFound('the templates have no cluster: also read the templates of the stack that creates or names it')
    : new Error(`the templates have several clusters: pass one of them as the option cluster: ${all.join(', ')}`);
}

/** The pods of a service account. */
export function findPods(assigned: AssignedModel, cluster: Cluster, account: Pick<Pods, 'namespace' | 'serviceAccountName' | 'annotation'>): Pods {
  const { id } = cluster;
  const { namespace, serviceAccountName, annotation } = account;
  const pods = podsAsked.of([id, namespace.key, serviceAccountName.key, annotation?.key], () => ({ kind: 'pods', cluster: id, ...account }));
  if (annotation && assigned.accounts.of(pods).length > 0) {
    throw new Error(`omit annotatedRoleArn: the templates define service account ${pods.namespace}/${pods.serviceAccountName}, including its annotation`);
  }
  return pods;
}

const podsAsked = new Interned<Pods>();

/** The pods of a workload. */
export function findWorkload({ model, clusterNames }: AssignedModel, cluster: Cluster, { kind, namespace, name }: WorkloadAddress): Pods {
  const inCluster = model.workloads.filter((workload) => workload.cluster.is(cluster.id) === 'yes');
  const alike = inCluster.filter((one) => one.kind === kind && isSame(one.namespace, namespace));
  const workload = alike.find((one) => isSame(one.name, name));
  if (!workload) {
    const asked = `${kind} ${namespace}/${name}`;
    const numbered = alike.filter(({ objectName }) => objectName !== undefined && isSame(objectName, name));
    if (numbered.length > 0) {
      throw new Error(`several objects define ${asked}, and the templates do not show which of them the cluster keeps: `
        + `ask about each of them, by the name ${numbered.map((one) => `'${one.name}'`).join(', ')}`);
    }
    throw new NotFound(`${asked} is not among the workloads of cluster ${clusterNames.nameOf(cluster)}: ${available(asked, inCluster.map(workloadName))}`);
  }
  return podsOf(workload);
}

export const podsOf = (workload: Workload): Pods =>
  ({ kind: 'pods', cluster: workload.cluster, namespace: workload.namespace, serviceAccountName: workload.serviceAccountName, workload });

const workloadName = ({ kind, namespace, name }: Workload): string => `${kind} ${namespace}/${name}`;

/** The nodes of a nodegroup, by its name, its label, its place or its logical ID. */
export function findNodes({ model, clusterNames }: AssignedModel, cluster: Cluster, name: Text): Nodes {
  const inCluster = model.nodegroups.filter((nodegroup) => nodegroup.cluster.is(cluster.id) === 'yes');
  const text = name.toString();
  const searches: Array<(nodegroup: Nodegroup) => boolean> = [
    (one) => isSame(one.name, name),
    ({ label }) => label === text,
    ({ place }) => nameOfPlace(place) === text,
    ({ place }) => place.logicalId === text,
  ];
  const [nodegroup, ...others] = searches.map((isMeant) => inCluster.filter(isMeant)).find(({ length }) => length > 0) ?? [];
  if (!nodegroup) {
    throw new NotFound(`nodegroup ${name} is not in cluster ${clusterNames.nameOf(cluster)}: ${available(text, inCluster.map(nodegroupName))}`);
  }
  if (others.length > 0) {
    throw new Error(`${name} names several nodegroups: pass one of ${[nodegroup, ...others].map(({ place }) => nameOfPlace(place)).join(', ')}`);
  }
  return { kind: 'nodes', nodegroup };
}

export const nodegroupName = ({ name, label }: Nodegroup): string => name.literal ?? label;

/** You can also name an unknown value as messages show it, such as `${Name}`. */
const isSame = (one: Text, other: Text): boolean => equal(one, other) === 'yes' || one.toString() === other.toString();
