import { mayBeOf } from './may-be-of';
import { CodeWrite } from '../model/code/code-write';
import { NamedCode } from '../model/code/named-images';
import { WRITE_VOLUME } from '../model/code/written-files';
import { podsWith } from '../model/credentials/pods-with';
import { KeyHolders } from '../model/identities';
import { Model, PodVolume, Workload } from '../model/model';
import { addTo } from '../values/add-to';
import { Interned } from '../values/interned';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** The volumes of pods with objects of a bucket, and those with files or images that a program, a chart, or pods with other credentials run. */
export const sharedVolumes = (model: Model): readonly PodVolume[] => {
  const { podVolumes, programs, workloads, namedImages, namedCode, objectSources, codeStores, userKeys, heldIdentities } = model;
  if (podVolumes.length === 0) {
    return podVolumes;
  }
  return shared.of([podVolumes, programs, workloads, namedImages, namedCode, objectSources, codeStores, userKeys, heldIdentities], () => {
    const keysOf = (code: readonly CodeWrite[]) =>
      keysIn(code.filter(({ files }) => files !== undefined).flatMap((write) => codeStores.writesOf(write)));
    const named = [...namedImages, ...objectSources].flatMap(({ code }) => keysOf(code));
    const ofOthers = new Set([...programs.flatMap(({ code }) => keysIn(code)), ...named]);
    const ofNamed = new Map<string, NamedCode[]>();
    for (const one of namedCode) {
      new Set(keysOf(one.code)).forEach((key) => addTo(ofNamed, key, one));
    }
    const ofPods = new Map<string, Workload[]>();
    for (const workload of workloads) {
      new Set(keysIn((workload.code ?? []).flatMap((write) => codeStores.writesOf(write)))).forEach((key) => addTo(ofPods, key, workload));
    }
    return podVolumes.filter((volume) => {
      const { key } = volume.arn;
      return volume.hasObjects || ofOthers.has(key) || ofNamed.get(key)?.some((one) => isOfOthers(one, volume))
        || ofPods.get(key)?.some((workload) => hasOthers(workload, volume, model));
    });
  });
};

const shared = new Interned<readonly PodVolume[]>();

const keysIn = (code: readonly CodeWrite[]): string[] => code.filter(({ action }) => action === WRITE_VOLUME).map(({ arn }) => arn.key);

/** Whether pods may have other credentials than some of those that have a volume. */
export const hasOthers = (workload: Workload, { heldBy }: PodVolume, model: Model): boolean =>
  heldBy.some((holders) => hasOther(workload, holders, model));

/** Whether something without a template of pods runs what others, or other accounts of its own, have in a volume. */
export const isOfOthers = (
  { cluster, holder, namespaces, accounts, hasSteps }: NamedCode, { heldBy }: PodVolume,
): boolean => heldBy.some((holders) => {
  const isOwn = holders.cluster.is(cluster) === 'yes' && holders.workload?.kind === holder.kind && isSame(holder.name, holders.workload.name)
    && namespaces.every((namespace) => isSame(namespace, holders.namespace));
  return !isOwn || (!hasSteps && accounts.some(({ serviceAccountName }) => !isSame(serviceAccountName, holders.serviceAccountName)));
});

const isSame = (one: Text | undefined, other: Text | undefined): boolean => one !== undefined && other !== undefined && equal(one, other) === 'yes';

/** Those of another account, of their node, or by what only their workload has. */
function hasOther(workload: Workload, heldBy: KeyHolders, model: Model): boolean {
  const { cluster, namespace, serviceAccountName, hostNetwork, credentialsOfOthers, otherCredentials } = workload;
  const isOfAccount = cluster.is(heldBy.cluster) === 'yes' && isSame(namespace, heldBy.namespace) && isSame(serviceAccountName, heldBy.serviceAccountName);
  const isOwn = isOfAccount && workload.kind === heldBy.workload?.kind && heldBy.workload.name && equal(workload.objectName ?? workload.name, heldBy.workload.name) === 'yes';
  return !isOwn && (!isOfAccount || hostNetwork !== 'no' || credentialsOfOthers !== undefined || otherCredentials !== undefined
    || heldByWorkloads(model).some((holders) => mayBeOf(holders, { kind: 'pods', cluster, namespace, serviceAccountName, workload })));
}

const heldByWorkloads = ({ userKeys, heldIdentities }: Model): readonly KeyHolders[] => held.of([userKeys, heldIdentities], () =>
  [...new Set([...userKeys.flatMap(({ copies }) => copies), ...heldIdentities].flatMap((one) => podsWith(one) ?? []))]);

const held = new Interned<readonly KeyHolders[]>();
