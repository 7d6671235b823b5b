import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods, RoleSessions } from '../../assignments/principal';
import { CodeWrite } from '../../model/code-writes';
import { holderName } from '../../model/holder-name';
import { Workload } from '../../model/model';
import { NamedImages } from '../../model/named-images';
import { Credentials } from '../../reach/credentials';
import { areAbout } from '../../reach/may-request';
import { mayWrite } from '../../reach/may-write';
import { ClusterId } from '../../values/cluster-id';
import { equal } from '../../values/pattern';

/** Who changes the image of a workload can do what its pods can, as soon as one of them starts again. */
export function changedImages(
  one: Credentials, cluster: ClusterId, principal: Pods | RoleSessions, assigned: AssignedModel,
): WayIntoCluster[] {
  const { model: { workloads, namedImages }, roles } = assigned;
  if (!areAbout(one, roles, ['ecr:PutImage', 'ecr-public:PutImage'])) {
    return [];
  }
  const isChanged = ({ cluster: own, code = [] }: Workload | NamedImages) => own.is(cluster) !== 'no' && mayChange(code, one, assigned);
  const ofWorkloads = workloads.filter(isChanged).map(({ kind, namespace, name, serviceAccountName, ...workload }): WayIntoCluster => ({
    cluster,
    ...openedBy(`change the image of ${kind} ${namespace}/${name}`, one),
    runsPods: workload.hostNetwork !== 'no' || workload.credentialsOfOthers !== undefined,
    ...workload.credentialsOfOthers === undefined && { only: { kind: 'pods', cluster, namespace, serviceAccountName } },
  }));
  const ofOthers = namedImages.filter((named) => !isOwn(named, principal) && isChanged(named)).map(({ label }): WayIntoCluster =>
    ({ cluster, ...openedBy(`change an image that ${label} names`, one), runsPods: true }));
  return [...ofWorkloads, ...ofOthers];
}

const openedBy = (opening: string, { role }: Credentials): Pick<WayIntoCluster, 'what' | 'opening'> => ({ opening, what: `${opening} with ${holderName(role)}` });

/** Whether credentials may change what something runs, or what AWS copies to its place. */
const mayChange = (code: readonly CodeWrite[], one: Credentials, { model, roles }: AssignedModel): boolean =>
  code.flatMap((write) => model.codeStores.writesOf(write)).some((write) => mayWrite(one, roles, write));

/** Whether pods name the images themselves, as those that push them do. */
const isOwn = ({ namedBy }: NamedImages, principal: Pods | RoleSessions): boolean => principal.kind === 'pods' && namedBy.some(({ namespace, serviceAccountName }) =>
  equal(namespace, principal.namespace) === 'yes' && equal(serviceAccountName, principal.serviceAccountName) === 'yes');

/** Controllers apply what they find in a source within minutes. */
export function changedSources(one: Credentials, cluster: ClusterId, assigned: AssignedModel): WayIntoCluster[] {
  const changed = assigned.model.objectSources.filter((source) =>
    (source.mayBeForOthers || source.cluster.is(cluster) !== 'no') && mayChange(source.code, one, assigned));
  return changed.map(({ label }) => {
    const opening = `change the objects of ${label}, which a controller applies to the cluster`;
    return { cluster, opening, what: `${opening}, with ${holderName(one.role)}`, runsPods: true };
  });
}
