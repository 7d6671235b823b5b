import { DraftEdge, DraftGraph, DraftNode } from './draft-graph';
import { AccessGraph, Column, GraphEdge, GraphNode } from '../../../page/access-graph';
import { OUT_OF_SCOPE } from '../../internal/out-of-scope';

const ORDER: readonly Column[] = ['workload', 'account', 'role', 'permission'];

/** A graph with all of its nodes and edges, in an order that does not depend on how they were found. */
export function finished({ nodes: draftNodes, edges: draftEdges }: Pick<DraftGraph, 'nodes' | 'edges'>): Pick<AccessGraph, 'nodes' | 'edges'> {
  const nodes = [...draftNodes.values()].sort(byPosition);
  const nodeIndex = new Map(nodes.map(({ key }, i) => [key, i]));
  const edges = [...draftEdges.values()]
    .sort((one, other) => indexIn(nodeIndex, one.from) - indexIn(nodeIndex, other.from) || compared(one.key, other.key));
  const edgeIndex = new Map(edges.map(({ key }, i) => [key, i]));
  return {
    nodes: nodes.map((node) => nodeOf(node, edgeIndex)),
    edges: edges.map((edge) => edgeOf(edge, nodeIndex)),
  };
}

function byPosition(one: DraftNode, other: DraftNode): number {
  return ORDER.indexOf(one.column) - ORDER.indexOf(other.column)
    || compared(one.group, other.group) || compared(one.name, other.name) || compared(one.key, other.key);
}

/** Not as a locale orders texts, which differs between machines. */
const compared = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

const indexIn = (all: ReadonlyMap<string, number>, key: string): number => all.get(key)!; // edges are between nodes of the graph

const nodeOf = ({ key: _key, places, reaches, ...node }: DraftNode, edges: ReadonlyMap<string, number>): GraphNode => ({
  ...node,
  places: [...places],
  reaches: reaches && [...reaches].map((edge) => indexIn(edges, edge)).sort((one, other) => one - other),
});

const edgeOf = ({ key: _key, from, to, why, settledBy, places, ...edge }: DraftEdge, nodes: ReadonlyMap<string, number>): GraphEdge =>
  ({ ...edge, from: indexIn(nodes, from), to: indexIn(nodes, to), why: [...why], settledBy: [...settledBy], places: [...places] });

const PERMISSIONS = 'A permission is what the policies of a role allow, decided with the policies of the resources that it names. '
  + 'On *, it is about resources without policies of their own. What policies of resources allow besides is not drawn: ask about a request.';

/** What holds for all of a page, as sentences. */
export const assumedBy = (stated: readonly string[]): string[] => [...stated.map((what) => `Assumed: ${what}.`), PERMISSIONS, OUT_OF_SCOPE];
