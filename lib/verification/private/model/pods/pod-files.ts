import { Claims } from './claims';
import { podTemplates, serviceAccountOf } from './pod-templates';
import { isDevice, Mount, mountsOf } from './pod-volumes';
import { derived } from '../../values/derived';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isSet, textOf } from '../../values/text-parts';
import { ANY_RESOURCE } from '../../values/wildcards';
import { isPathOfCode } from '../code-names';
import { arnOf, CodeWrite, writesBelow } from '../code-writes';
import { FileSystems } from '../file-systems';
import { PodVolume, Role } from '../model';
import { KubernetesObject } from '../objects/kubernetes-object';
import { WRITE_VOLUME, writesOfFiles } from '../written-files';

/** What pods run of the volumes that they mount, and what they can write to them. */
export class PodFiles {
  private readonly claims: Claims;

  constructor(private readonly objects: readonly KubernetesObject[], fileSystems: FileSystems) {
    this.claims = new Claims(objects, fileSystems);
  }

  /** What changes the files that pods may run: all those of file systems, and those of buckets that are mounted as code, and not as data. */
  writesOf(object: KubernetesObject, pods: KubernetesObject['at']): CodeWrite[] {
    const { containers, mounts } = mountsIn(pods);
    return mounts.flatMap((one) => this.claims.mounted(one, object).flatMap(({ files, bucket }) => [
      ...(files ? writesOfFiles(files) : []),
      ...(bucket && isPathOfCode(textOf(one.mount?.get('mountPath')), containers) ? writesBelow(bucket.objects) : []),
    ]));
  }

  /** The volumes of all pods that these can write to. */
  get volumes(): PodVolume[] {
    const all = this.objects.flatMap((object) => podTemplates(object).flatMap(({ at, namespace = object.namespace }) => {
      const { mounts } = mountsIn(at);
      return mounts.flatMap((one) => {
        const written = isSet(one.mount?.get('readOnly')) === 'yes' ? [] : this.claims.mounted(one, object).filter(({ isReadOnly }) => !isReadOnly);
        const files = written.flatMap((mounted) => mounted.files ?? []);
        const objects = written.flatMap(({ bucket }) => (bucket?.isOfDriver ? [bucket.objects] : []));
        const { cluster, kind, name } = object;
        const serviceAccountName = serviceAccountOf(at);
        const role = writer(one, object, { namespace, serviceAccountName }, objects);
        return files.length + objects.length === 0 ? [] : [{
          arn: role.arn,
          role,
          heldBy: { cluster, namespace, serviceAccountName, workload: { kind, name } },
          files,
          hasObjects: objects.length > 0,
        }];
      });
    }));
    return [...new Map(all.map((volume) => [volume.arn.key, volume])).values()]; // several containers can mount one
  }
}

function mountsIn(pods: KubernetesObject['at']): { readonly containers: readonly Resolved[]; readonly mounts: readonly Mount[] } {
  const containers = ['containers', 'initContainers'].flatMap((name) => listOf(pods('spec', name)));
  return { containers, mounts: mountsOf(containers, listOf(pods('spec', 'volumes'))).filter((one) => !isDevice(one)) };
}

/**
 * What stands for whoever writes to a volume. The pods of one object, such as those of a `RayCluster`, can have several with one name.
 * Objects of a bucket are written with the role of the driver, which may have other permissions.
 *
 * @see https://github.com/awslabs/mountpoint-s3-csi-driver/blob/main/docs/CONFIGURATION.md
 */
function writer(
  { mount, volume: source }: Mount, { cluster, kind, name, place }: KubernetesObject, { namespace, serviceAccountName }: Record<'namespace' | 'serviceAccountName', Text>,
  objects: readonly Text[],
): Role {
  const volume = textOf(mount?.get('name')) ?? Text.of('volume');
  const [owner = Text.EMPTY, label] = [name, `${volume} of ${kind} ${namespace}/${name ?? ''}`];
  const allow = (action: string, resources: Text[]) => mapOf({ Effect: Text.of('Allow'), Action: Text.of(action), Resource: resources });
  const own = derived('volume', [source, serviceAccountName]);
  const statements = [allow(WRITE_VOLUME, [ANY_RESOURCE]), ...objects.flatMap(writesBelow).map(({ action, arn }) => allow(action, [arn]))];
  return {
    noun: 'volume',
    label,
    arn: arnOf('eks', Text.join([Text.of('volume'), cluster.name, namespace, Text.of(kind), owner, volume, own], '/'), cluster.region, cluster.account),
    account: cluster.account,
    trustPolicy: { name: 'trust policy', unknown: 'the driver has it' },
    policies: [{ name: `what pods write to volume ${label}`, document: mapOf({ Statement: statements }) }],
    tags: new Map(),
    place,
  };
}

const mapOf = (entries: { readonly [name: string]: Resolved }): ResolvedMap =>
  new ResolvedMap(Object.entries(entries).map(([name, value]) => [Text.of(name), value]));
