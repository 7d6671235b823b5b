import { KeyHolders } from './identities';
import { Workload } from './model';

/** The pods of a workload. */
export const podsOfWorkload = ({ cluster, namespace, serviceAccountName, kind, name, objectName }: Workload): KeyHolders =>
  ({ cluster, namespace, serviceAccountName, workload: { kind, name: objectName ?? name } });
