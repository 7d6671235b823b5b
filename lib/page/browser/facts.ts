import type { GraphNode } from '../access-graph';

export function factOf(node: GraphNode, label: string): string | undefined {
  return node.facts.find(([other]) => other.toLowerCase() === label)?.[1];
}

/** What findings call a node: workloads and service accounts with their namespace, such as `reports/importer`. */
export function fullName(node: GraphNode): string {
  const namespace = factOf(node, 'namespace');
  return namespace === undefined ? node.name : `${namespace}/${node.name}`;
}
