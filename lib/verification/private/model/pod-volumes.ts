import { literalOf } from './texts';
import { Resolved, ResolvedMap } from '../values/resolved';

/** Where SDKs look for credentials. @see https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html */
const FILES_OF_SDKS = /(^|[\\/])\.aws([\\/]|$)/;

/** Why volumes may have credentials that SDKs use: one is where SDKs look for them, and it is not empty. */
export function credentialVolumes(containers: readonly ResolvedMap[], volumes: readonly Resolved[]): string | undefined {
  const empty = volumes.filter((volume) => volume instanceof ResolvedMap && volume.get('emptyDir') !== undefined)
    .map((volume) => literalOf((volume as ResolvedMap).get('name')));
  const mounts = containers.flatMap((container) => container.get('volumeMounts') ?? []).filter((mount) => mount instanceof ResolvedMap);
  const path = mounts.filter((mount) => !empty.includes(literalOf(mount.get('name')))).map((mount) => literalOf(mount.get('mountPath')))
    .find((mountPath) => mountPath !== undefined && FILES_OF_SDKS.test(mountPath));
  return path === undefined ? undefined : `mounts a volume at ${path}`;
}

/**
 * The files of a node with which pods can get the credentials of others: the tokens of all pods, the key with which the kubelet requests them, the variables
 * of processes, and the sockets that start containers.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
 */
const FILES_OF_NODE = [
  '/var/lib/kubelet/pods', '/var/lib/kubelet/pki', '/proc', '/run/containerd', '/var/run/containerd', '/run/docker.sock', '/var/run/docker.sock',
];

/** Why volumes give pods the credentials of others on their node. */
export function nodeFiles(volumes: readonly Resolved[]): string | undefined {
  const paths = volumes.flatMap((volume) => (volume instanceof ResolvedMap ? volume.at('hostPath', 'path') ?? [] : []));
  const path = paths.find((candidate) => isWithCredentials(literalOf(candidate)));
  return path === undefined ? undefined : `mounts the path ${path} of their node`;
}

/** A path that only the deployment knows can be any. */
const isWithCredentials = (path: string | undefined): boolean => path === undefined
  || FILES_OF_NODE.some((file) => isWithin(file, path) || isWithin(path, file));

const isWithin = (path: string, folder: string) => `${path}/`.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
