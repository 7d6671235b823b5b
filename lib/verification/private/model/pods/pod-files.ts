import { Claims, Mounted } from './claims';
import { containersOf } from './containers';
import { GitSecrets } from './git-secrets';
import { ToldSecret } from './named-secrets';
import { PackageSecrets } from './package-secrets';
import { PodTemplate, podTemplates, serviceAccountOf } from './pod-templates';
import { isDevice, Mount, mountsOf } from './pod-volumes';
import { podsWithoutTemplate, templateOf } from './pods-without-template';
import { RegistrySecrets } from './registry-secrets';
import { toldTokens } from './told-tokens';
import { derived } from '../../values/derived';
import { listOf, mapOf, Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { isSet, textOf } from '../../values/text-parts';
import { ANY_RESOURCE } from '../../values/wildcards';
import { isPathOfCode } from '../code/code-names';
import { arnOf, CodeWrite } from '../code/code-write';
import { deletesBelow, putsBelow, readsBelow, writesBelow } from '../code/code-writes';
import { FileSystems } from '../code/file-systems';
import { ANY_HOST } from '../code/git-repositories';
import { imagesIn } from '../code/image-names';
import { MountedFiles } from '../code/mounted-files';
import { writesOfRegistryImage } from '../code/registries';
import { arnOfFiles, WRITE_FILES, WRITE_VOLUME, writesOfFiles } from '../code/written-files';
import { KeyHolders } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { PodVolume, Role } from '../model';

/** What pods run of the volumes that they mount, and what they can write to them. */
export class PodFiles {
  private readonly claims: Claims;
  private readonly registrySecrets: RegistrySecrets;
  private readonly gitSecrets: GitSecrets;
  private readonly packageSecrets: PackageSecrets;

  constructor(private readonly objects: readonly KubernetesObject[], fileSystems: FileSystems) {
    this.claims = new Claims(objects, fileSystems);
    this.registrySecrets = new RegistrySecrets(objects);
    this.gitSecrets = new GitSecrets(objects);
    this.packageSecrets = new PackageSecrets(objects);
  }

  /**
   * What changes the files that pods may run: all those of file systems, those of buckets that are mounted as code, and not as data, and the images of other
   * registries than those of AWS.
   */
  writesOf(object: KubernetesObject, pods: KubernetesObject['at']): CodeWrite[] {
    const { containers, volumes, mounts } = mountsIn(pods);
    const mounted = mounts.flatMap((one) => this.claims.mounted(one, object).flatMap(({ files, bucket }) => [
      ...(files ? writesOfFiles(files) : []),
      ...(bucket && isPathOfCode(textOf(one.mount?.get('mountPath')), containers) ? writesBelow(bucket.objects) : []),
    ]));
    const ofImages = imagesIn([...containers, ...volumes]).flatMap(writesOfRegistryImage);
    return [...mounted, ...ofImages.flatMap((write) => [write, ...this.registrySecrets.readsOf(write.arn, object)])];
  }

  /** The requests that read the tokens of Git providers that pods have. */
  get readsOfTokens(): CodeWrite[] {
    return this.gitSecrets.reads;
  }

  /** The volumes of all pods that these can write to. */
  get volumes(): PodVolume[] {
    const all = this.objects.flatMap((object) => [
      ...podTemplates(object).flatMap((template) => this.writtenBy(object, template)), ...this.writtenWithoutTemplate(object),
    ]);
    const ofSecrets = [
      ...this.registrySecrets.all.map(({ object, registries }) => volumeOf(object, 'registry', registries)),
      ...this.gitSecrets.all.map(({ object, hosts }) => volumeOf(object, 'repository', hosts)),
      ...this.packageSecrets.all.map(({ object, registries }) => volumeOf(object, 'packages', registries)),
      ...toldTokens(this.objects).filter(({ of, told }) => of !== 'registry' || !this.registrySecrets.hasContent(told.secret))
        .flatMap(({ of, systems, told }) => ofTold(told, of, systems)),
    ];
    const volumes = new Map<string, PodVolume>();
    for (const volume of [...all, ...ofSecrets]) {
      const key = volumeKey(volume);
      const known = volumes.get(key);
      volumes.set(key, known ? heldByBoth(known, volume) : volume);
    }
    return [...volumes.values()];
  }

  /** What the pods of a template can write to. The volumes of those without one are read elsewhere. */
  private writtenBy(object: KubernetesObject, { at, path, namespace = object.namespace }: PodTemplate): PodVolume[] {
    const { containers, volumes, mounts } = mountsIn(at);
    const inVolumes = path === undefined ? [] : mounts.map((one) => this.inVolume(one, object));
    const inRegistries = this.registrySecrets.heldBy(containers, mounts, object).map(({ name, registries }) => writtenWith(name, 'registry', registries));
    const where = { cluster: object.cluster, namespace };
    const inRepositories = this.gitSecrets.heldBy(containers, volumes, where).map(({ name, hosts }) => writtenWith(name, 'repository', hosts));
    const inPackages = this.packageSecrets.heldBy(containers, volumes, where)
      .map(({ name, registries }) => writtenWith(name, 'packages', registries));
    const all = [...inVolumes, ...inRegistries, ...inRepositories, ...inPackages];
    return volumesOf(all, object, { namespace, serviceAccountName: serviceAccountOf(at) });
  }

  private writtenWithoutTemplate(object: KubernetesObject): PodVolume[] {
    const pods = podsWithoutTemplate(object);
    const written = pods ? mountsIn(templateOf(pods)).mounts.map((one) => this.inVolume(one, object)) : [];
    const { namespace } = object;
    return pods?.accounts.flatMap((serviceAccountName) => volumesOf(written, object, { namespace, serviceAccountName })) ?? [];
  }

  private inVolume(one: Mount, object: KubernetesObject): Written {
    const mounted = this.claims.mounted(one, object);
    const written = isSet(one.mount?.get('readOnly')) === 'yes' ? [] : mounted.filter(({ isReadOnly }) => !isReadOnly);
    const files = written.flatMap((it) => it.files ?? []);
    const [read, changed] = [objectsIn(mounted), objectsIn(written)];
    const requests = [
      ...read.flatMap(readsBelow), ...changed.flatMap(putsBelow), ...changed.flatMap(deletesBelow),
      ...mounted.flatMap((it) => requestsFor(it.signedFor, OF_MOUNT)), ...written.flatMap((it) => requestsFor(it.signedFor, OF_WRITES)),
    ];
    return { volume: textOf(one.mount?.get('name')) ?? Text.of('volume'), source: one.volume, files, requests };
  }
}

/** The objects that pods read and write with the role of the driver. */
const objectsIn = (mounted: readonly Mounted[]): Text[] => mounted.flatMap(({ bucket }) => (bucket?.isOfDriver ? [bucket.objects] : []));

/** What the driver of Amazon EFS sends with its role. @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html */
const [OF_MOUNT, OF_WRITES] = [['elasticfilesystem:ClientMount'], [WRITE_FILES, 'elasticfilesystem:ClientRootAccess']];

const requestsFor = (system: Text | undefined, actions: readonly string[]): CodeWrite[] =>
  (system ? actions.map((action) => ({ action, arn: arnOfFiles(system) })) : []);

function volumesOf(
  written: readonly Written[], object: KubernetesObject, { namespace, serviceAccountName }: Record<'namespace' | 'serviceAccountName', Text>,
): PodVolume[] {
  const { cluster, kind, name } = object;
  return written.filter(({ files, requests }) => files.length + requests.length > 0).map((one): PodVolume => {
    const role = writer(one, object, { namespace, serviceAccountName });
    const heldBy = { cluster, namespace, serviceAccountName, workload: { kind, name } };
    return { arn: role.arn, role, heldBy: [heldBy], files: one.files, hasObjects: one.requests.length > 0 };
  });
}

/** Pods push to the same with all tokens for the same hosts, however many pods have one. Several containers can mount one volume. */
function volumeKey({ arn, files, secret, hasObjects, heldBy: [{ cluster }] }: PodVolume): string {
  const areOfTokens = !secret && !hasObjects && files.every(({ kind }) => Object.hasOwn(OF_TOKENS, kind));
  return areOfTokens ? [cluster.key, ...files.map(({ kind, system }) => `${kind} ${system.key}`).sort()].join() : arn.key;
}

/** What tokens or passwords are for, and how the volume is called that stands for these. */
const OF_TOKENS = { packages: 'tokens of registries of packages', registry: 'passwords of registries', repository: 'tokens of repositories' } as const;

type OfTokens = keyof typeof OF_TOKENS;

/** What stands for whoever reads a Secret of which something tells what it has, and for the pods that have the same. */
const ofTold = ({ secret, holders }: ToldSecret, of: OfTokens, systems: readonly Text[]): PodVolume[] => {
  const { name = Text.EMPTY } = secret;
  return [volumeOf(secret, of, systems), ...holders.flatMap(({ object, ...pods }) => volumesOf([writtenWith(name, of, systems)], object, pods))];
};

/** The volume, held by the pods of another one, too. */
function heldByBoth(volume: PodVolume, { heldBy: [other] }: PodVolume): PodVolume {
  const { role, heldBy } = volume;
  const isKnown = heldBy.some((one) => keyOfHolder(one) === keyOfHolder(other));
  return isKnown ? volume : { ...volume, heldBy: [...heldBy, other], role: heldBy.length > 1 ? role : { ...role, label: `${role.label} and others` } };
}

const keyOfHolder = ({ namespace, serviceAccountName, workload }: KeyHolders): string =>
  JSON.stringify([namespace?.key, serviceAccountName?.key, workload?.kind, workload?.name?.key]);

/** What pods can write to, or read with the role of a driver. */
interface Written {
  readonly volume: Text;
  readonly source: Resolved;
  readonly files: readonly MountedFiles[];
  /** What the driver sends for them, with its own role. */
  readonly requests: readonly CodeWrite[];
}

/** What pods can write to with the passwords or tokens in a Secret or a variable. */
const writtenWith = (name: Text, kind: OfTokens, systems: readonly Text[]): Written => ({
  volume: Text.join([name, Text.of(` with ${OF_TOKENS[kind]}`)]),
  source: name,
  files: (systems.find(({ key }) => key === ANY_HOST.key) ? [ANY_HOST] : systems).map((system) => ({ kind, system })), // which may be any
  requests: [],
});

/** What stands for whoever reads a Secret with such passwords or tokens. */
function volumeOf(object: KubernetesObject, of: OfTokens, systems: readonly Text[]): PodVolume {
  const { cluster, kind, name = Text.of(kind), namespace } = object;
  const serviceAccountName = derived('account that reads Secrets', [name]);
  const written = writtenWith(name, of, systems);
  const role = writer(written, object, { namespace, serviceAccountName });
  const heldBy = { cluster, namespace, serviceAccountName, workload: { kind, name } };
  return { arn: role.arn, role, heldBy: [heldBy], files: written.files, hasObjects: false, secret: object };
}

/** What pods have that may have code. */
interface Mounts {
  readonly containers: readonly Resolved[];
  readonly volumes: readonly Resolved[];
  readonly mounts: readonly Mount[];
}

function mountsIn(pods: KubernetesObject['at']): Mounts {
  const containers = containersOf(pods('spec'));
  const volumes = listOf(pods('spec', 'volumes'));
  return { containers, volumes, mounts: mountsOf(containers, volumes).filter((one) => !isDevice(one)) };
}

/**
 * What stands for whoever writes to a volume. The pods of one object, such as those of a `RayCluster`, can have several with one name.
 * Objects of a bucket are read and written with the role of the driver, which may have other permissions.
 *
 * @see https://github.com/awslabs/mountpoint-s3-csi-driver/blob/main/docs/CONFIGURATION.md
 */
function writer(
  { volume, source, requests }: Written, { cluster, kind, name, place }: KubernetesObject,
  { namespace, serviceAccountName }: Record<'namespace' | 'serviceAccountName', Text>,
): Role {
  const [owner = Text.EMPTY, label] = [name, `${volume} of ${kind} ${namespace}/${name ?? ''}`];
  const allow = (action: string, resources: Text[]) => mapOf({ Effect: Text.of('Allow'), Action: Text.of(action), Resource: resources });
  const own = derived('volume', [source, serviceAccountName]);
  const statements = [allow(WRITE_VOLUME, [ANY_RESOURCE]), ...requests.map(({ action, arn }) => allow(action, [arn]))];
  return {
    noun: 'volume',
    label,
    arn: arnOf('eks', Text.join([Text.of('volume'), cluster.name, namespace, Text.of(kind), owner, volume, own], '/'), cluster.region, cluster.account),
    account: cluster.account,
    trustPolicy: { name: 'trust policy', unknown: 'the driver has it' },
    policies: [{ name: `what pods do in volume ${label}`, document: mapOf({ Statement: statements }) }],
    tags: new Map(),
    place,
  };
}
