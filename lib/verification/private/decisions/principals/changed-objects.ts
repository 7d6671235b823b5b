import { nameOf } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods, RoleSessions } from '../../assignments/principal';
import { hasOthers, isOfOthers } from '../../assignments/shared-volumes';
import { CodeWrite } from '../../model/code/code-write';
import { NamedCode, NamedImages } from '../../model/code/named-images';
import { WRITE_VOLUME } from '../../model/code/written-files';
import { holderName } from '../../model/holder-name';
import { Model, Workload } from '../../model/model';
import { Credentials } from '../../reach/credentials';
import { areAbout } from '../../reach/may-request';
import { mayWrite } from '../../reach/may-write';
import { oncePerSession } from '../../reach/once-per-session';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';

/** Who changes the image or the code of a workload can do what its pods can, as soon as one of them starts again. */
export function changedCode(
  one: Credentials, cluster: ClusterId, principal: Pods | RoleSessions, assigned: AssignedModel,
): WayIntoCluster[] {
  const { ways, byNames } = oncePerSession(changed, one, [assigned, cluster], () => findChanged(one, cluster, assigned));
  return [...ways, ...byNames.filter(({ named }) => !isOwn(named, principal)).map(({ way }) => way)];
}

/** The ways that changed code opens. */
interface Changed {
  readonly ways: readonly WayIntoCluster[];
  readonly byNames: ReadonlyArray<{ readonly named: NamedImages; readonly way: WayIntoCluster }>;
}

/** One for all pods, because many can change what many others run, such as with a token of a Git provider. */
const changed = new Interned<Changed>();

function findChanged(one: Credentials, cluster: ClusterId, assigned: AssignedModel): Changed {
  const { workloads, namedCode, namedImages } = assigned.model;
  const requested = new Set([...actionsOf(assigned.model)].filter((action) => areAbout(one, assigned.roles, [action]))); // most credentials are about none
  if (requested.size === 0) {
    return { ways: [], byNames: [] };
  }
  const changedOf = <T extends Workload | NamedCode | NamedImages>(all: readonly T[]) => all.flatMap((it) => {
    const writes = it.cluster.is(cluster) === 'no' ? [] : changesBy(one, it.code, assigned.model).filter(({ action }) => requested.has(action));
    const write = writes.find((candidate) => mayWrite(one, assigned.roles, candidate));
    return write ? [{ it, what: /^ecr(-public)?:/.test(write.action) ? 'image' : 'code' }] : [];
  });
  const volume = assigned.roles.sharedVolumes.find(({ role }) => role.arn.key === one.role.arn.key);
  const ofOthers = volume ? workloads.filter((workload) => hasOthers(workload, volume, assigned.model)) : workloads;
  const ofWorkloads = changedOf(ofOthers).map(({ it: workload, what }): WayIntoCluster =>
    ({ ...withCodeIn(workload, cluster), ...openedBy(`change the ${what} of ${nameOf(workload)}`, one) }));
  const ofAccounts = changedOf(volume ? namedCode.filter((named) => isOfOthers(named, volume)) : namedCode).flatMap(({ it: named }) =>
    withNamedCode(named, cluster).map((way): WayIntoCluster => ({ ...way, ...openedBy(`change code that ${named.label} names`, one) })));
  const byNames = changedOf(namedImages).map(({ it: named, what }) =>
    ({ named, way: { cluster, ...openedBy(`change ${what === 'image' ? 'an image' : what} that ${named.label} names`, one), runsPods: true } }));
  return { ways: [...ofWorkloads, ...ofAccounts], byNames };
}

/** The requests with which others may change what runs in clusters. */
const actionsOf = (model: Model): ReadonlySet<string> => known.of([model], () => {
  const { workloads, namedCode, namedImages } = model;
  return new Set([...workloads, ...namedCode, ...namedImages].flatMap(({ code }) => actionsIn(code, model)));
});

const actionsIn = (code: readonly CodeWrite[] | undefined, model: Model): string[] => {
  const { requests, volumes } = changesOf(code, model);
  return [...requests.map(({ action }) => action), ...(volumes.size > 0 ? [WRITE_VOLUME] : [])];
};

const known = new Interned<ReadonlySet<string>>();

/** What whoever runs code in a workload gets. Pods that can read the credentials of others give those, too. */
export const withCodeIn = (workload: Workload, cluster: ClusterId): Omit<WayIntoCluster, 'what'> => ({
  cluster,
  workload,
  runsPods: workload.hostNetwork !== 'no' || workload.credentialsOfOthers !== undefined,
  ...workload.credentialsOfOthers === undefined && { only: podsOf(workload, cluster) },
});

/** What whoever decides what something without a template of pods runs gets: the credentials of its accounts. */
export const withNamedCode = ({ accounts }: NamedCode, cluster: ClusterId): Array<Omit<WayIntoCluster, 'what'>> =>
  accounts.map((account) => ({ cluster, runsPods: false, only: { kind: 'pods', cluster, ...account } }));

export const podsOf = ({ namespace, serviceAccountName }: Workload, cluster: ClusterId): Pods => ({ kind: 'pods', cluster, namespace, serviceAccountName });

const openedBy = (opening: string, { role }: Credentials): Pick<WayIntoCluster, 'what' | 'opening'> => ({ opening, what: `${opening} with ${holderName(role)}` });

/** What changes what something runs, or what AWS copies to its place. */
interface Changes {
  readonly requests: readonly CodeWrite[];
  /** Those to volumes by their ARNs: there can be one for each of many pods, as with tokens of a Git provider, and only what stands for a volume writes to it. */
  readonly volumes: ReadonlyMap<string, CodeWrite>;
}

const NO_CODE: readonly CodeWrite[] = [];

const changesOf = (code: readonly CodeWrite[] = NO_CODE, { codeStores }: Model): Changes => changes.of([codeStores, code], () => {
  const writes = code.flatMap((write) => codeStores.writesOf(write));
  const ofVolumes = writes.filter(({ action }) => action === WRITE_VOLUME).map((write): [string, CodeWrite] => [write.arn.key, write]);
  return { requests: writes.filter(({ action }) => action !== WRITE_VOLUME), volumes: new Map(ofVolumes) };
});

const changes = new Interned<Changes>();

/** The changes that credentials can be for. */
function changesBy({ role }: Credentials, code: readonly CodeWrite[] | undefined, model: Model): CodeWrite[] {
  const { requests, volumes } = changesOf(code, model);
  return [...requests, volumes.get(role.arn.key) ?? []].flat();
}

/** Whether pods name the images themselves, as those that push them do. */
const isOwn = ({ namedBy }: NamedImages, principal: Pods | RoleSessions): boolean => principal.kind === 'pods' && namedBy.some(({ namespace, serviceAccountName }) =>
  equal(namespace, principal.namespace) === 'yes' && equal(serviceAccountName, principal.serviceAccountName) === 'yes');

/** Controllers apply what they find in a source within minutes. */
export function changedSources(one: Credentials, cluster: ClusterId, assigned: AssignedModel): WayIntoCluster[] {
  const { model, roles } = assigned;
  const sources = !areAbout(one, roles, actionsOfSources(model)) ? [] : model.objectSources.filter((source) => // most credentials are about none
    (source.mayBeForOthers || source.cluster.is(cluster) !== 'no') && changesBy(one, source.code, model).some((write) => mayWrite(one, roles, write)));
  return sources.map(({ way }) => ({ cluster, opening: way, what: `${way}, with ${holderName(one.role)}`, runsPods: true }));
}

const actionsOfSources = (model: Model): readonly string[] =>
  ofSources.of([model], () => [...new Set(model.objectSources.flatMap(({ code }) => actionsIn(code, model)))]);

const ofSources = new Interned<readonly string[]>();
