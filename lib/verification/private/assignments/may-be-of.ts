import { Pods } from './principal';
import { KeyCopy } from '../model/identities';
import { equal } from '../values/pattern';

/** Whether pods may be among those that have something, without everyone, and without those that need to read a Secret. */
export function mayBeOf(holders: KeyCopy['heldBy'], pods: Pods): boolean {
  if (holders === undefined || holders === 'everyone' || holders.secret) {
    return false;
  }
  const { cluster, namespace, serviceAccountName, workload } = holders;
  const own = pods.workload;
  const isOther = workload && own && (workload.kind !== own.kind || (workload.name && equal(workload.name, own.objectName ?? own.name) === 'no'));
  return !isOther && cluster.is(pods.cluster) !== 'no' && (!namespace || equal(namespace, pods.namespace) !== 'no')
    && (!serviceAccountName || equal(serviceAccountName, pods.serviceAccountName) !== 'no');
}
