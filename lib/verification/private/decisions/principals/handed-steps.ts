import { anyPodsOf } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { mayBeOf } from '../../assignments/may-be-of';
import { Pods } from '../../assignments/principal';
import { KubernetesObject } from '../../model/kubernetes-object';
import { withInner } from '../../model/objects/inner-objects';
import { accountsHandingOn } from '../../model/pods/handing-workflows';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';
import { Text } from '../../values/text';

/** A workflow with steps that run what steps with other accounts give them. */
interface HandingWorkflow {
  readonly object: KubernetesObject;
  readonly accounts: readonly Text[];
}

/** How the pods of a step of a workflow might get what those of other steps can do: by a result, an artifact or a volume that these run. */
export const waysByWorkflows = (pods: Pods, cluster: ClusterId, { model: { objects, charts } }: AssignedModel): WayIntoCluster[] =>
  known.of([objects, charts], () => handingIn(withInner(objects, charts))).filter(({ object }) => object.cluster.is(cluster) !== 'no')
    .flatMap(({ object: { kind, name, namespace }, accounts }) => {
      const place = kind.startsWith('Cluster') ? {} : { namespace };
      const isOf = (serviceAccountName: Text) => mayBeOf({ cluster, ...place, serviceAccountName, workload: { kind } }, pods);
      const what = `hand what other steps of ${kind} ${name ?? 'without a name'} run on to these`;
      return !accounts.some(isOf) ? [] : accounts.filter((account) => !isOf(account)).map((serviceAccountName) =>
        ({ cluster, what, runsPods: false, only: { ...anyPodsOf(cluster), ...place, serviceAccountName } }));
    });

const handingIn = (objects: readonly KubernetesObject[]): HandingWorkflow[] => objects
  .map((object) => ({ object, accounts: accountsHandingOn(object) })).filter(({ accounts }) => accounts.length > 0);

const known = new Interned<readonly HandingWorkflow[]>();
