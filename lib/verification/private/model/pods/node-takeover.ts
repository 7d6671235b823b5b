import { containersOf } from './containers';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { isSet, literalOf } from '../../values/text-parts';

/** The capabilities with which containers can read or change what is outside of them. @see https://man7.org/linux/man-pages/man7/capabilities.7.html */
const CAPABILITIES = ['ALL', 'SYS_ADMIN', 'SYS_PTRACE', 'SYS_MODULE', 'SYS_RAWIO', 'DAC_READ_SEARCH', 'BPF', 'PERFMON'];

type Pods = (...path: string[]) => Resolved;

const HOST_PROCESS = ['securityContext', 'windowsOptions', 'hostProcess'];

/**
 * With what pods may take over their node, or undefined if they have nothing of the kind. What only the deployment knows may be that.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export function nodeTakeover(pods: Pods): string | undefined {
  if (isSet(pods('spec', 'hostPID')) !== 'no') {
    return 'hostPID';
  }
  if (isSet(pods('spec', ...HOST_PROCESS)) !== 'no') {
    return 'windowsOptions.hostProcess';
  }
  return containersOf(pods('spec'))
    .map(ofContainer)
    .find((takeover) => takeover !== undefined);
}

/**
 * Whether containers of pods may read the network of their node, where the EKS Pod Identity agent answers other pods without encryption, or redirect it to
 * themselves. Containers have the capability NET_RAW unless they drop it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export const mayReadNetwork = (pods: Pods): boolean => isSet(pods('spec', 'hostNetwork')) !== 'no' && !containersOf(pods('spec')).every(hasNoNetwork);

const hasNoNetwork = (container: Resolved): boolean => container instanceof ResolvedMap
  && capabilitiesOf(container, 'drop').some((name) => name === 'ALL' || name === 'NET_RAW')
  && !capabilitiesOf(container, 'add').some((name) => name === undefined || ['NET_ADMIN', 'NET_RAW'].includes(name));

/** Container runtimes accept names in lower case, too, and with a prefix. Undefined for one that only the deployment knows. */
const capabilitiesOf = (container: Resolved, list: 'add' | 'drop'): Array<string | undefined> =>
  listOf(valueAt(container, 'securityContext', 'capabilities', list)).map((name) => literalOf(name)?.toUpperCase().replace(/^CAP_/, ''));

function ofContainer(container: Resolved): string | undefined {
  if (isSet(valueAt(container, 'securityContext', 'privileged')) !== 'no') {
    return 'a privileged container';
  }
  if (isSet(valueAt(container, ...HOST_PROCESS)) !== 'no') {
    return 'windowsOptions.hostProcess';
  }
  const added = capabilitiesOf(container, 'add').findIndex((name) => name === undefined || CAPABILITIES.includes(name));
  return added < 0 ? undefined : `the capability ${listOf(valueAt(container, 'securityContext', 'capabilities', 'add'))[added]}`;
}
