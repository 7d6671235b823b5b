import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
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
  return containersOf(pods)
    .map((container) => (container instanceof ResolvedMap ? ofContainer(container) : undefined))
    .find((takeover) => takeover !== undefined);
}

/**
 * Whether containers of pods may read the network of their node, where the EKS Pod Identity agent answers other pods without encryption. Containers have the
 * capability NET_RAW unless they drop it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export const mayReadNetwork = (pods: Pods): boolean => isSet(pods('spec', 'hostNetwork')) !== 'no' && !containersOf(pods).every(dropsRawSockets);

const dropsRawSockets = (container: Resolved): boolean => container instanceof ResolvedMap
  && listOf(container.at('securityContext', 'capabilities', 'drop')).some((capability) => ['ALL', 'NET_RAW'].includes(literalOf(capability)?.toUpperCase() ?? ''))
  && !listOf(container.at('securityContext', 'capabilities', 'add')).some((capability) => [undefined, 'NET_RAW'].includes(literalOf(capability)?.toUpperCase()));

const containersOf = (pods: Pods): readonly Resolved[] =>
  ['containers', 'initContainers', 'ephemeralContainers'].flatMap((name) => listOf(pods('spec', name)));

function ofContainer(container: ResolvedMap): string | undefined {
  if (isSet(container.at('securityContext', 'privileged')) !== 'no') {
    return 'a privileged container';
  }
  if (isSet(container.at(...HOST_PROCESS)) !== 'no') {
    return 'windowsOptions.hostProcess';
  }
  const capability = listOf(container.at('securityContext', 'capabilities', 'add')).find(isDangerous);
  return capability && `the capability ${capability}`;
}

/** Container runtimes accept names in lower case, too, and with a prefix. */
function isDangerous(capability: Resolved): boolean {
  const literal = literalOf(capability)?.toUpperCase();
  return literal === undefined || CAPABILITIES.includes(literal.replace(/^CAP_/, ''));
}
