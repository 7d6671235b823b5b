import { posix } from 'node:path';
import { PersistentVolumes } from './persistent-volumes';
import { isDevice, Mount } from './pod-volumes';
import { isSet, literalOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

/**
 * The files of a node with which pods can get the credentials of others, even if they only read them: the tokens of all pods, the key with which the kubelet
 * requests them, the variables of processes, the key of the agent of AWS Systems Manager, the credentials of hybrid nodes, and the
 * sockets that start or change containers and processes, to which also those connect who only read. Nodes with instance storage can have the files of the kubelet there.
 *
 * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/#localstoragestrategy
 * @see https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-add-ons.html
 * @see https://bottlerocket.dev/en/os/latest/api/reference/commands/
 * @see https://containerd.io/docs/2.2/nri
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
 */
const READABLE = [
  '/var/lib/kubelet/pods', '/var/lib/kubelet/pki', '/var/lib/kubelet/checkpoints', '/var/lib/amazon', '/eks-hybrid', '/proc', '/pipe',
  '/mnt/k8s-disks/0/kubelet', '/mnt/.ephemeral', '/run/api.sock', '/run/snapd.socket',
  '/run/containerd', '/run/host-containerd', '/run/crio', '/run/cri-dockerd.sock', '/run/docker.sock', '/run/dockershim.sock', '/run/dbus', '/run/nri', '/run/systemd',
];

/**
 * The files of a node with which pods control it if they write them: programs, what starts programs, files of other containers, and the sockets of providers to which
 * the Secrets Store CSI Driver sends tokens of pods.
 *
 * @see https://secrets-store-csi-driver.sigs.k8s.io/providers
 */
const WRITABLE = [
  '/.bottlerocket', '/bin', '/boot', '/etc', '/home', '/host-containers', '/lib', '/lib64', '/mnt/k8s-disks/0/containerd', '/opt/amazon', '/opt/aws', '/opt/cni',
  '/opt/containerd', '/root', '/run/nvidia', '/run/secrets-store-csi-providers', '/run/udev', '/sbin', '/sys', '/usr', '/var/lib/cloud', '/var/lib/containerd',
  '/var/lib/containers', '/var/lib/docker', '/var/lib/kubelet', '/var/lib/soci-snapshotter-grpc', '/var/spool', '/program files', '/programdata', '/users', '/windows',
];

/** Why volumes give pods the credentials of others on their node. */
export function nodeFiles(mounts: readonly Mount[], claimed: PersistentVolumes, object: KubernetesObject): string | undefined {
  const ofNode = mounts.flatMap((one) => [one.volume?.at('hostPath', 'path'), ...claimed.pathsOf(one.volume, object)]
    .flatMap((path) => (path === undefined ? [] : [{ path, literal: literalOf(path), isReadOnly: isSet(one.mount?.get('readOnly')) === 'yes', isDevice: isDevice(one) }])));
  const device = ofNode.find((one) => one.isDevice); // it can be a disk with any files of the node
  if (device) {
    return `has the block device ${device.path} of their node`;
  }
  const withCredentials = ofNode.find(({ literal }) => concerns(READABLE, literal));
  const written = ofNode.find(({ literal, isReadOnly }) => !isReadOnly && concerns(WRITABLE, literal));
  return withCredentials ? `mounts the path ${withCredentials.path} of their node` : written && `can write to the path ${written.path} of their node`;
}

/** Whether a path has some files, or is one of them. A path that only the deployment knows can be any. */
function concerns(files: readonly string[], path: string | undefined): boolean {
  const folder = path === undefined ? '/' : normalized(path);
  return files.some((file) => isWithin(file, folder) || isWithin(folder, file));
}

/**
 * As on Linux. Windows also has drives, backslashes and named pipes, and ignores case. Linux nodes of Amazon EKS have `/run` at `/var/run`, too, and Bottlerocket
 * has what can be written at `/local`, too, such as `/var` at `/local/var`.
 *
 * @see https://bottlerocket.dev/en/os/latest/concepts/restricted-filesystem/
 */
function normalized(path: string): string {
  const onLinux = posix.resolve('/', path.replace(/^[a-z]:/i, '').replaceAll('\\', '/')).toLowerCase();
  return posix.resolve('/', onLinux.replace(/^\/local(?=\/|$)/, '.')).replace(/^\/var\/run(?=\/|$)/, '/run');
}

const isWithin = (path: string, folder: string) => `${path}/`.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
