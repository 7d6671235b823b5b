import { withoutPort } from './host-names';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';

/** The address of any node, as fields of pods have it. */
export const NODE = Text.unknown(new Unknown('address of a node', { label: 'address of a node', resource: 'nodes', resourceType: 'AWS::EC2::Instance', excludes: ':/' }));

/** What names a node in the network: a literal address, or its name in DNS. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hostname-types.html */
const OF_NODES = /^((?!127\.|169\.254\.)\d{1,3}(\.\d{1,3}){3}|(ip|ec2)(-\d{1,3}){4}\..+)$/;

/** What a node calls itself. */
const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|([\w.-]+\.)?localhost)$/;

/** A port of a node, or all of its ports, as the node itself calls it. */
export const onNode = (port?: string): Text => Text.of(port === undefined ? 'localhost' : `localhost:${port}`);

/**
 * The ports of a node of which one is at a host, as the node itself calls them; empty if the host is not one of a node.
 *
 * @param isAskedByNode whether the client has the network of a node, where `localhost` is the node.
 */
export function portsOfNodeAt(host: Text, isAskedByNode: boolean): Text[] {
  const name = withoutPort(host);
  const isOfNode = name.key === NODE.key || OF_NODES.test(name.literal ?? '') || (isAskedByNode && LOOPBACK.test(name.literal ?? ''));
  const last = host.parts.at(-1);
  const port = typeof last === 'string' ? /:(\d+)$/.exec(last)?.[1] : undefined;
  return isOfNode ? (port === undefined ? ['80', '443'] : [port]).map(onNode) : [];
}

/** Whether it is a port of a node, as the node itself calls it. */
export const isOnNode = (host: Text): boolean => withoutPort(host).key === onNode().key;
