import { Mount } from './pod-volumes';
import { hasOneFolder, placesOf } from './volume-places';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, isSet, isText, textOf, withoutPrefix } from '../../values/text-parts';
import { FileSystems } from '../code/file-systems';
import { MountedFiles } from '../code/mounted-files';
import { KubernetesObject } from '../kubernetes-object';

/** What a volume of pods has. */
export interface Mounted {
  readonly files?: MountedFiles;
  /** The bucket, with the prefix of its objects, and whether the role of the driver reads and writes them. */
  readonly bucket?: { readonly objects: Text; readonly isOfDriver: boolean };
  /** The file system of Amazon EFS that the driver mounts with its role. */
  readonly signedFor?: Text;
  readonly isReadOnly: boolean;
}

interface Claim {
  readonly object: KubernetesObject;
  readonly name: Text;
  /** Undefined if the templates do not have it. */
  readonly spec?: ResolvedMap;
}

const OF_EFS = 'efs.csi.aws.com';
const ROOT = Text.of('/');
const READ_ONLY = ['ro', 'read-only', '--read-only'];

/** What the volumes of pods have: those of claims are bound to a persistent volume, or get one of their own. */
export class Claims {
  private readonly claims: readonly KubernetesObject[];
  private readonly volumes: readonly KubernetesObject[];
  private readonly classes: readonly KubernetesObject[];
  /** Volumes that claims name, which are bound to these. */
  private readonly taken: ReadonlySet<KubernetesObject>;

  constructor(objects: readonly KubernetesObject[], private readonly fileSystems: FileSystems) {
    [this.claims, this.volumes, this.classes] = ['PersistentVolumeClaim', 'PersistentVolume', 'StorageClass'].map((kind) => objects.filter((object) => object.kind === kind));
    this.taken = new Set(this.volumes.filter((volume) => this.claims.some((claim) => isOf(claim, volume) && isSame(claim.at('spec', 'volumeName'), volume.name))));
  }

  /** @param object what has the pods. */
  mounted({ mount, volume }: Mount, object: KubernetesObject): Mounted[] {
    const isReadOnly = isTrue(mount?.get('readOnly')) || isTrue(volume?.at('persistentVolumeClaim', 'readOnly'));
    const claim = this.claimOf(mount, volume, object);
    const found = claim ? this.ofClaim(claim) : volume ? this.ofSource(volume) : [];
    return found.map((one) => ({ ...one, isReadOnly: isReadOnly || one.isReadOnly }));
  }

  /** A StatefulSet names its claims after their template and itself. @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage */
  private claimOf(mount: ResolvedMap | undefined, volume: ResolvedMap | undefined, object: KubernetesObject): Claim | undefined {
    const name = textOf(volume?.at('persistentVolumeClaim', 'claimName'));
    if (name) {
      const own = this.claims.find((claim) => isOf(claim, object) && isSame(claim.namespace, object.namespace) && isSame(claim.name, name));
      return { object, name, spec: mapOf(own?.at('spec')) };
    }
    const templates = volume ? [] : listOf(object.at('spec', 'volumeClaimTemplates'));
    const template = templates.find((one) => mayBe(valueAt(one, 'metadata', 'name'), mount?.get('name')));
    const prefix = textOf(valueAt(template, 'metadata', 'name'));
    return prefix && object.name && { object, name: Text.join([prefix, object.name, derived(object.name, 'ordinal')], '-'), spec: mapOf(valueAt(template, 'spec')) };
  }

  private ofClaim(claim: Claim): Mounted[] {
    const { object: { cluster, namespace }, name } = claim;
    const own: Mounted = { files: { kind: 'claim', system: Text.join([namespace, name], '/'), cluster }, isReadOnly: false };
    const volumes = this.volumes.filter((volume) => this.mayBind(volume, claim));
    return [own, ...clonedBy(claim), ...volumes.flatMap((volume) => this.ofVolume(volume, claim)), ...this.provisioned(claim)];
  }

  /** @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding */
  private mayBind(volume: KubernetesObject, { object, name, spec }: Claim): boolean {
    const { namespace } = object;
    const [named, ofClaim] = [spec?.get('volumeName'), spec?.get('storageClassName')];
    if (!isOf(volume, object) || (named !== undefined && !mayBe(named, volume.name))) {
      return false;
    }
    return named !== undefined || (!this.taken.has(volume) && mayBe(volume.at('spec', 'claimRef', 'namespace'), namespace) && mayBe(volume.at('spec', 'claimRef', 'name'), name)
      && mayBe(ofClaim, volume.at('spec', 'storageClassName') ?? Text.EMPTY));
  }

  private ofVolume(volume: KubernetesObject, { object, name }: Claim): Mounted[] {
    const bound = { volume, claim: Text.join([object.namespace, name], '/') };
    const options = listOf(volume.at('spec', 'mountOptions'));
    const isReadOnly = options.some((option) => READ_ONLY.some((flag) => isText(option, flag) === 'yes'));
    return this.ofSource(mapOf(volume.at('spec')), options).map(({ files, ...one }) =>
      ({ ...one, ...files && { files: { ...files, bound }, ...signedFor(files, options) }, isReadOnly: isReadOnly || one.isReadOnly }));
  }

  /** Of a volume in a template of pods, or of a persistent volume, which has a handle. */
  private ofSource(source: ResolvedMap | undefined, options: readonly Resolved[] = []): Mounted[] {
    const [driver, handle, attributes] = ['driver', 'volumeHandle', 'volumeAttributes'].map((property) => source?.at('csi', property));
    const isReadOnly = isTrue(source?.at('csi', 'readOnly'));
    const bucket = textOf(valueAt(attributes, 'bucketName') ?? valueAt(attributes, 'bucket'));
    if (bucket) {
      const isOfDriver = isText(valueAt(attributes, 'authenticationSource'), 'pod') !== 'yes';
      return [{ bucket: { objects: Text.join([bucket, ...prefixIn(options)], '/'), isOfDriver }, isReadOnly }];
    }
    const id = textOf(handle);
    const isOfEfs = isText(driver, OF_EFS) === 'yes';
    const own = id ? [isOfEfs ? this.fileSystems.ofHandle(id) : { kind: 'other', system: id } as const] : [];
    const others = (source?.entries ?? []).flatMap(([, value]) => (value instanceof ResolvedMap
      ? [value, value.get('options')].flatMap((one) => placesOf(one, this.fileSystems)).map((files) => ({ files, isReadOnly: isTrue(value.get('readOnly')) })) : []));
    return [...[...own, ...(isOfEfs ? [] : placesOf(attributes, this.fileSystems))].map((files) => ({ files, isReadOnly })), ...others];
  }

  /**
   * The driver of Amazon EFS makes an access point for each claim, with a folder of its own unless the class says otherwise. Others make a folder, a file system or a
   * volume. A claim that names no class gets the default one.
   *
   * @see https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass
   * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver#storage-class-parameters-for-dynamic-provisioning
   */
  private provisioned({ object, name, spec }: Claim): Mounted[] {
    const named = spec?.get('storageClassName');
    const classes = this.classes.filter((one) => isOf(one, object) && (named === undefined ? isDefault(one) : mayBe(named, one.name)));
    const claim = Text.join([object.namespace, name], '/');
    return classes.flatMap((one): Mounted[] => {
      const parameters = one.at('parameters');
      if (isText(one.at('provisioner'), OF_EFS) !== 'yes') {
        const places = placesOf(parameters, this.fileSystems);
        const withOwn = (files: MountedFiles) => ({ ...files, part: { path: ROOT, ...files.part, claim } });
        return places.map((files) => ({ files: hasOneFolder(parameters) ? files : withOwn(files), isReadOnly: false }));
      }
      const system = textOf(valueAt(parameters, 'fileSystemId'));
      const isShared = isText(valueAt(parameters, 'ensureUniqueDirectory'), 'false') !== 'no' || isText(valueAt(parameters, 'reuseAccessPoint'), 'true') !== 'no';
      const part = { claim, path: textOf(valueAt(parameters, 'basePath')) ?? ROOT };
      const files = system && { kind: 'efs' as const, system, ...!isShared && { part } };
      return files ? [{ files, ...signedFor(files, listOf(one.at('mountOptions'))), isReadOnly: false }] : [];
    });
  }
}

/** The option `iam` has the driver mount with its own role. @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/README.md */
const signedFor = ({ kind, system }: MountedFiles, options: readonly Resolved[]): Pick<Mounted, 'signedFor'> =>
  (kind === 'efs' && options.some((option) => isText(option, 'iam') !== 'no') ? { signedFor: system } : {});

/** A clone has what was in another claim. What is written to it stays in it. @see https://kubernetes.io/docs/concepts/storage/volume-pvc-datasource/ */
const clonedBy = ({ object: { cluster, namespace: own }, spec }: Claim): Mounted[] => ['dataSource', 'dataSourceRef'].flatMap((property): Mounted[] => {
  const source = spec?.get(property);
  const [name, namespace = own] = ['name', 'namespace'].map((part) => textOf(valueAt(source, part)));
  const isClaim = isText(valueAt(source, 'kind'), 'PersistentVolumeClaim') !== 'no';
  return name && isClaim ? [{ files: { kind: 'claim', system: Text.join([namespace, name], '/'), cluster }, isReadOnly: true }] : [];
});

const isDefault = (one: KubernetesObject): boolean => isText(one.at('metadata', 'annotations', 'storageclass.kubernetes.io/is-default-class'), 'true') !== 'no';

const isTrue = (value: Resolved): boolean => isSet(value) === 'yes';

const mapOf = (value: Resolved): ResolvedMap | undefined => (value instanceof ResolvedMap ? value : undefined);

const isOf = ({ cluster }: KubernetesObject, object: KubernetesObject): boolean => cluster.is(object.cluster) !== 'no';

const mayBe = (one: Resolved, other: Resolved): boolean => !(one instanceof Text) || !(other instanceof Text) || equal(one, other) !== 'no';

const isSame = (one: Resolved, other: Resolved): boolean => one instanceof Text && other instanceof Text && equal(one, other) === 'yes';

/** The prefix that options of Mountpoint limit a volume to. @see https://github.com/awslabs/mountpoint-s3/blob/main/doc/CONFIGURATION.md */
const prefixIn = (options: readonly Resolved[]): Text[] => options.flatMap((option) => {
  const text = textOf(option);
  const name = ['prefix ', 'prefix=', '--prefix ', '--prefix='].find((one) => text?.startsWith(one));
  return text && name ? [withoutPrefix(text, name)] : [];
}).slice(0, 1);
