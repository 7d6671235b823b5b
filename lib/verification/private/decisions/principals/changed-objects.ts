import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods, RoleSessions } from '../../assignments/principal';
import { protectedWrite } from '../../model/code-writes';
import { holderName } from '../../model/holder-name';
import { Workload } from '../../model/model';
import { NamedImages } from '../../model/named-images';
import { Credentials } from '../../reach/credentials';
import { areAbout } from '../../reach/may-request';
import { mayWrite } from '../../reach/may-write';
import { ClusterId } from '../../values/cluster-id';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';

/** Who changes the image of a workload can do what its pods can, as soon as one of them starts again. */
export function changedImages(
  one: Credentials, cluster: ClusterId, principal: Pods | RoleSessions, { model, roles }: AssignedModel,
): WayIntoCluster[] {
  const { workloads, namedImages, immutableRepositories } = model;
  if (!areAbout(one, roles, ['ecr:PutImage', 'ecr-public:PutImage'])) {
    return [];
  }
  const isChanged = ({ cluster: own, code }: Workload | NamedImages) =>
    own.is(cluster) !== 'no' && code?.some((write) => mayWrite(one, roles, protectedWrite(write, immutableRepositories)));
  const ofWorkloads = workloads.filter(isChanged).map((workload): WayIntoCluster => {
    const { kind, namespace, name, serviceAccountName, hostNetwork, takesOverNode } = workload;
    return {
      cluster,
      what: `change the image of ${kind} ${namespace}/${name} with ${holderName(one.role)}`,
      runsPods: hostNetwork !== 'no' || takesOverNode !== undefined,
      only: { kind: 'pods', cluster, namespace, serviceAccountName },
    };
  });
  const ofOthers = namedImages.filter((named) => !isOwn(named, principal) && isChanged(named)).map(({ label, namespace }): WayIntoCluster => ({
    cluster,
    what: `change an image that ${label} names with ${holderName(one.role)}`,
    runsPods: true,
    ...namespace && { only: { kind: 'pods', cluster, namespace, serviceAccountName: ANY_ACCOUNT } },
  }));
  return [...ofWorkloads, ...ofOthers];
}

const ANY_ACCOUNT = Text.unknown(new Unknown('service account of any pod', { label: 'service account of any pod' }));

/** Whether pods name the images themselves, as those that push them do. */
const isOwn = ({ namedBy }: NamedImages, principal: Pods | RoleSessions): boolean => principal.kind === 'pods' && namedBy.some(({ namespace, serviceAccountName }) =>
  equal(namespace, principal.namespace) === 'yes' && equal(serviceAccountName, principal.serviceAccountName) === 'yes');

/** Controllers apply what they find in a source within minutes. */
export function changedSources(one: Credentials, cluster: ClusterId, { model, roles }: AssignedModel): WayIntoCluster[] {
  const { objectSources, immutableRepositories } = model;
  const changed = objectSources.filter((source) => source.cluster.is(cluster) !== 'no'
    && source.code.some((write) => mayWrite(one, roles, protectedWrite(write, immutableRepositories))));
  return changed.map(({ label }) =>
    ({ cluster, what: `change the objects of ${label}, which a controller applies to the cluster, with ${holderName(one.role)}`, runsPods: true }));
}
