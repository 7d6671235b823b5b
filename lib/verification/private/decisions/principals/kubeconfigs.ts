import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { mayBeOf } from '../../assignments/may-be-of';
import { Pods } from '../../assignments/principal';
import { heldCopies } from '../../model/credentials/keys-in-objects';
import { KeyCopy } from '../../model/identities';
import { Model } from '../../model/model';
import { withInner } from '../../model/objects/inner-objects';
import { hasKubeconfig } from '../../model/objects/kubeconfigs';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';

/** How pods might act in a cluster with a kubeconfig that they can mount. For which cluster it is, its content need not show. */
export const waysByKubeconfig = (pods: Pods, cluster: ClusterId, { model }: AssignedModel): WayIntoCluster[] => kubeconfigsIn(model)
  .filter(({ heldBy }) => mayBeOf(heldBy, pods)).map(({ where }) => ({ cluster, what: `act in the cluster with the kubeconfig of ${where}`, runsPods: true }));

const kubeconfigsIn = ({ objects, charts }: Model): readonly KeyCopy[] =>
  known.of([objects, charts], () => withInner(objects, charts).filter(hasKubeconfig).flatMap((object) => heldCopies(object, objects)));

const known = new Interned<readonly KeyCopy[]>();
