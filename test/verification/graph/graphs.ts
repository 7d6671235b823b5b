import { AccessGraph, GraphEdge, GraphNode } from '../../../lib/page/access-graph';
import { PodAccess } from '../../../lib/verification';

/** The graph of templates. */
export const graphOf = (templates: { [name: string]: any }): AccessGraph => PodAccess.fromTemplates(templates)._internal.graph('cdk.out');

/** An edge on a line: `reader -> Reader by IRSA: ALLOWED`. */
export const edgeLine = ({ nodes }: AccessGraph, { from, to, by, outcome, change }: GraphEdge): string =>
  `${nodes[from].name} -> ${nodes[to].name}${by === '' ? '' : ` by ${by}`}: ${outcome}${change === undefined ? '' : `, ${change}`}`;

/** All edges whose line contains a text. */
export const edgeLines = (graph: AccessGraph, text = ''): string[] => graph.edges.map((edge) => edgeLine(graph, edge)).filter((line) => line.includes(text));

export function edgeOf(graph: AccessGraph, line: string): GraphEdge {
  const [edge, ...others] = graph.edges.filter((one) => edgeLine(graph, one) === line);
  expect([edge, others.length]).toEqual([expect.anything(), 0]);
  return edge;
}

export function nodeOf({ nodes }: AccessGraph, name: string, kind?: string): GraphNode {
  const [node, ...others] = nodes.filter((one) => one.name === name && (kind === undefined || one.kind === kind));
  expect([node, others.length]).toEqual([expect.anything(), 0]);
  return node;
}

/** The edges by which a node gets credentials. */
export const reachedBy = (graph: AccessGraph, node: GraphNode): string[] => (node.reaches ?? []).map((i) => edgeLine(graph, graph.edges[i]));
