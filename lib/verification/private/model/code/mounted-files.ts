import { posix } from 'node:path';
import { ClusterId } from '../../values/cluster-id';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { KubernetesObject } from '../kubernetes-object';

/** Files that pods, or something else that runs code, have mounted. */
export interface MountedFiles {
  /**
   * Only Amazon EFS has requests with which a role mounts its files. A registry has images, which whoever has its password writes, and so have the repositories of a
   * Git provider files, and registries of packages these. A host has what the pods behind it serve.
   */
  readonly kind: 'efs' | 'claim' | 'host' | 'packages' | 'registry' | 'repository' | 'other';
  /** The ID of a file system or a volume, the name of a server, a registry, a host or the host of repositories, or the namespace and the name of a claim. */
  readonly system: Text;
  /** That of a claim. */
  readonly cluster?: ClusterId;
  /** Undefined if they are all files of the system. */
  readonly part?: FilesPart;
  /** Whether only a host that is the same value counts, because nothing else is known of it, and it is usually another one. */
  readonly onlyIfSame?: true;
  /** The volume of Kubernetes, to which only one claim can be bound. */
  readonly bound?: { readonly volume: KubernetesObject; readonly claim: Text };
}

/** Some files of a file system: those of an access point, of a claim, or below a path. */
export interface FilesPart {
  /** Its ID. */
  readonly accessPoint?: Text;
  /** The IDs of other access points whose folder contains its folder, or is in it. */
  readonly alsoThrough?: readonly Text[];
  /** The claim for which Amazon EFS has a folder of its own, below the path. */
  readonly claim?: Text;
  readonly path?: Text;
}

/** A volume of pods that these can write to. */
export interface WrittenFiles {
  /** What stands for the volume. */
  readonly arn: Text;
  /** What it may have, one of these. */
  readonly files: readonly MountedFiles[];
}

/** Whether something may be in both. */
export const mayShare = (one: MountedFiles, other: MountedFiles): boolean => one.kind === other.kind && equal(one.system, other.system) !== 'no'
  && (!one.cluster || !other.cluster || one.cluster.is(other.cluster) !== 'no') && mayOverlap(one.part, other.part) && !areOfOneVolume(one, other);

/** Whether the claims of both may only be bound to the same volume, which can be that of one of them. */
const areOfOneVolume = ({ bound: one }: MountedFiles, { bound: other }: MountedFiles): boolean =>
  one !== undefined && one.volume === other?.volume && equal(one.claim, other.claim) === 'no';

function mayOverlap(one?: FilesPart, other?: FilesPart): boolean {
  if (!one || !other) {
    return true;
  }
  if (one.claim && other.claim) {
    return equal(one.claim, other.claim) !== 'no';
  }
  const arePoints = one.accessPoint && other.accessPoint;
  if (arePoints && equal(one.accessPoint, other.accessPoint) !== 'no') {
    return true;
  }
  if (!one.path || !other.path) {
    return !arePoints && !one.claim && !other.claim; // an access point outside the templates is taken to have a folder of its own
  }
  return (!other.claim && mayContain(other.path, one.path)) || (!one.claim && mayContain(one.path, other.path));
}

/** Whether one of two folders may contain the other one, or be it. */
export const mayNest = (one: Text, other: Text): boolean => mayContain(one, other) || mayContain(other, one);

/** Whether a folder may be, or may contain, another one. */
function mayContain({ literal: folder }: Text, { literal: path }: Text): boolean {
  const [outer, inner] = [folder, path].map((one) => one && posix.resolve('/', one));
  return !outer || !inner || inner === outer || inner.startsWith(outer === '/' ? '/' : `${outer}/`);
}
