import { Pods } from '../assignments/principal';
import { KeyHolders } from '../model/identities';
import { equal } from '../values/pattern';

/** Whether pods may be among those that have something. */
export function mayBeOf({ cluster, namespace, serviceAccountName, workload }: KeyHolders, pods: Pods): boolean {
  const own = pods.workload;
  const isOther = workload && own && (workload.kind !== own.kind || (workload.name && equal(workload.name, own.objectName ?? own.name) === 'no'));
  return !isOther && cluster.is(pods.cluster) !== 'no' && (!namespace || equal(namespace, pods.namespace) !== 'no')
    && (!serviceAccountName || equal(serviceAccountName, pods.serviceAccountName) !== 'no');
}
