import { Text } from '../../values/text';
import { HostIndex } from '../code/host-index';
import { withoutPort } from '../code/host-names';
import { isOnNode, onNode, portsOfNodeAt } from '../code/node-hosts';
import { HostOfPods } from '../host-of-pods';

/** The pods that answer at hosts without a Service. A port of a node is at the host that the node itself calls it. */
export class HostsOfPods {
  private readonly known = new HostIndex<HostOfPods>();
  /** Many workloads have the same registry. */
  private readonly registries = new Map<string, HostOfPods[]>();

  constructor(all: readonly HostOfPods[]) {
    all.forEach((one) => this.known.add(one.host, one));
  }

  get isEmpty(): boolean {
    return this.known.isEmpty;
  }

  get hosts(): Text[] {
    return this.known.hosts;
  }

  /** Those at a host, with or without a port. */
  at(host: Text, isAskedByNode = false): HostOfPods[] {
    const ports = portsOfNodeAt(host, isAskedByNode);
    return ports.length > 0 ? [...ports, onNode()].flatMap((port) => this.known.exactlyAt(port))
      : this.known.at(withoutPort(host)).filter((one) => !isOnNode(one.host));
  }

  /** Those of a host that is written in the same way. */
  exactlyAt(host: Text): readonly HostOfPods[] {
    return this.known.exactlyAt(host);
  }

  /** Those that answer nodes at a registry that only the deployment knows. */
  mayBeAt(host: Text): HostOfPods[] {
    const found = this.registries.get(host.key) ?? this.known.at(host).filter((one) => isOnNode(one.host));
    this.registries.set(host.key, found);
    return found;
  }
}
