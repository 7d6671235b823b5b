import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { isSet, literalOf } from '../../values/text-parts';

/** The capabilities with which containers can read or change what is outside of them. @see https://man7.org/linux/man-pages/man7/capabilities.7.html */
const CAPABILITIES = ['ALL', 'SYS_ADMIN', 'SYS_PTRACE', 'SYS_MODULE', 'SYS_RAWIO', 'DAC_READ_SEARCH', 'BPF', 'PERFMON'];

const HOST_PROCESS = ['securityContext', 'windowsOptions', 'hostProcess'];

/**
 * With what pods may take over their node, or undefined if they have nothing of the kind. What only the deployment knows may be that.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export function nodeTakeover(pods: (...path: string[]) => Resolved): string | undefined {
  if (isSet(pods('spec', 'hostPID')) !== 'no') {
    return 'hostPID';
  }
  if (isSet(pods('spec', ...HOST_PROCESS)) !== 'no') {
    return 'windowsOptions.hostProcess';
  }
  return ['containers', 'initContainers', 'ephemeralContainers'].flatMap((name) => listOf(pods('spec', name)))
    .map((container) => (container instanceof ResolvedMap ? ofContainer(container) : undefined))
    .find((takeover) => takeover !== undefined);
}

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
