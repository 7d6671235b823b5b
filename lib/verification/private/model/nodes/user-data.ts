import { MetadataAccess, unknownMetadata } from './instance-metadata';
import { Pattern } from '../../values/pattern';
import { Text } from '../../values/text';
import { withDecodedParts } from '../code/decoded-text';

/** What user data of nodes contains. The package aws-cfn-bootstrap is for all instances of CloudFormation. */
const BOOTSTRAP = /(?<!aws-cfn-)bootstrap|node\.eks\.aws|settings\.kubernetes/i;

/** Whether user data may let an instance join a cluster. */
export function isBootstrap(cluster: Text, userData: Text | undefined): boolean {
  const anything = Pattern.glob(Text.of('*'));
  const mayBootstrap = userData?.parts.some((part) => typeof part === 'string') ? BOOTSTRAP.test(`${userData}`) : true; // of an import, nothing is known
  return userData !== undefined && mayBootstrap && Pattern.join([anything, Pattern.exact(cluster), anything]).matches(userData) !== 'no';
}

const OPTIONS = /modify-instance-metadata-options|ModifyInstanceMetadataOptions|Edit-EC2InstanceMetadataOption/i;

/** Tools and taints that keep pods from the instance metadata, and its address, except where a request is sent to it. */
const IN_THE_WAY = /iptables|nftables|\bnft\b|firewall|(?<!prefer)noschedule|noexecute|(?<!:\/\/\[?)(?:169\.254\.169\.254|fd00:ec2::254)/i;

/** A node that uses a proxy excepts the address, without keeping pods from it. */
const OF_PROXIES = /no_?proxy/i;

/** Compressed, from another address, or encoded within, as cloud-init reads it. @see https://cloudinit.readthedocs.io/en/latest/explanation/format.html */
const UNREAD = /\uFFFD|^[^\S\n]*#include|^content-transfer-encoding:\s*base64/im;

/**
 * Settings with which the kubelet, or the container runtime, does what any pod asks: it runs commands on the node, which has its role. A token of a pod is enough for a
 * kubelet that allows everything, also without anonymous authentication.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
 * @see https://docs.docker.com/engine/daemon/remote-access/
 * @see https://github.com/containerd/containerd/blob/main/docs/man/containerd-config.toml.5.md
 */
const OPENING = [
  /\bAlwaysAllow\b/i,
  /\b(dockerd|hosts)\b[^\n]*tcp:\/\/(?!127\.|localhost|\[::1\])[^\s"']*:2375/,
  /\btcp_address\s*=\s*["'](?!["']|127\.|localhost)/,
  /\bsocat\b[^\n]*-listen\b[^\n]*\.sock\b/i,
];

/**
 * The access to the instance metadata of nodes that run user data when they start, which can change who reaches it. What scripts download is not read.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html#_restrict_access_to_the_instance_profile_assigned_to_the_worker_node
 */
export function withUserData(access: MetadataAccess, userData: Text | undefined, where: string): MetadataAccess {
  const text = `${userData ?? ''}`;
  const opening = userData && OPENING.map((one) => one.exec(`${withDecodedParts(userData)}`)?.[0]).find((found) => found !== undefined);
  if (opening) {
    return unknownMetadata(`the user data ${where} may open the node to pods: it contains ${opening}`);
  }
  const setting = OPTIONS.exec(text);
  if (setting) {
    return unknownMetadata(`the user data ${where} contains ${setting[0]}`);
  }
  const lines = text.split('\n').filter((line) => !OF_PROXIES.test(line)).join('\n');
  const isUnread = userData !== undefined && (UNREAD.test(text) || (userData.parts.length > 0 && userData.parts.every((part) => typeof part !== 'string')));
  const why = isUnread ? `the user data ${where} cannot be read` : IN_THE_WAY.exec(lines)?.[0];
  if (why === undefined || access.hostNetworkReachesMetadata === 'no') {
    return access;
  }
  return {
    podsReachMetadata: access.podsReachMetadata === 'yes' ? 'unknown' : access.podsReachMetadata,
    hostNetworkReachesMetadata: 'unknown',
    why: access.podsReachMetadata !== 'yes' ? access.why : isUnread ? `${access.why}, but ${why}` : `${access.why}, but the user data ${where} contains ${why}`,
  };
}
