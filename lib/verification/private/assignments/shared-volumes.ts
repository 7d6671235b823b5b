import { CodeWrite } from '../model/code-writes';
import { Model, PodVolume, Workload } from '../model/model';
import { WRITE_VOLUME } from '../model/written-files';
import { addTo } from '../values/add-to';
import { Interned } from '../values/interned';
import { equal } from '../values/pattern';

/** The volumes of pods with objects of a bucket, and those with files that a program, or pods with other credentials, may run. */
export const sharedVolumes = ({ podVolumes, programs, workloads, codeStores }: Model): readonly PodVolume[] =>
  (podVolumes.length === 0 ? podVolumes : shared.of([podVolumes, programs, workloads], () => {
    const ofPrograms = new Set(programs.flatMap(({ code }) => keysIn(code)));
    const ofPods = new Map<string, Workload[]>();
    for (const workload of workloads) {
      new Set(keysIn((workload.code ?? []).flatMap((write) => codeStores.writesOf(write)))).forEach((key) => addTo(ofPods, key, workload));
    }
    return podVolumes.filter((volume) => {
      const { key } = volume.arn;
      return volume.hasObjects || ofPrograms.has(key) || ofPods.get(key)?.some((workload) => hasOthers(workload, volume));
    });
  }));

const shared = new Interned<readonly PodVolume[]>();

const keysIn = (code: readonly CodeWrite[]): string[] => code.filter(({ action }) => action === WRITE_VOLUME).map(({ arn }) => arn.key);

/** Whether pods may have other credentials than those that have a volume: those of another account, or of their node. */
export function hasOthers(workload: Workload, { heldBy }: PodVolume): boolean {
  const { cluster, namespace, serviceAccountName, hostNetwork, credentialsOfOthers, otherCredentials } = workload;
  const isOfAccount = cluster.is(heldBy.cluster) === 'yes' && equal(namespace, heldBy.namespace) === 'yes'
    && equal(serviceAccountName, heldBy.serviceAccountName) === 'yes';
  const isOwn = isOfAccount && workload.kind === heldBy.workload.kind && heldBy.workload.name && equal(workload.objectName ?? workload.name, heldBy.workload.name) === 'yes';
  return !isOwn && (!isOfAccount || hostNetwork !== 'no' || credentialsOfOthers !== undefined || otherCredentials !== undefined);
}
