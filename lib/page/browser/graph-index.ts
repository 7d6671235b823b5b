import type { AccessGraph, Column, GraphEdge, GraphNode } from '../access-graph';
import { FindingIndex } from './finding-index';
import { orderedColumns } from './order';

/** The graph with what the page asks it again and again. Nodes and edges are named by their index. */
export class GraphIndex {
  readonly columns: { readonly [column in Column]: readonly number[] };
  readonly outgoing: readonly (readonly number[])[];
  readonly incoming: readonly (readonly number[])[];
  readonly findings: FindingIndex;
  private readonly keys: readonly string[];
  private readonly byKey: ReadonlyMap<string, number>;

  constructor(readonly graph: AccessGraph) {
    this.columns = orderedColumns(graph);
    this.findings = new FindingIndex(graph);
    const outgoing: number[][] = graph.nodes.map(() => []);
    const incoming: number[][] = graph.nodes.map(() => []);
    graph.edges.forEach(({ from, to }, edge) => {
      outgoing[from].push(edge);
      incoming[to].push(edge);
    });
    this.outgoing = outgoing;
    this.incoming = incoming;
    this.keys = uniqueKeys(graph.nodes);
    this.byKey = new Map(this.keys.map((key, node) => [key, node]));
  }

  node(node: number): GraphNode {
    return this.graph.nodes[node];
  }

  column(node: number): Column {
    return this.graph.nodes[node].column;
  }

  edge(edge: number): GraphEdge {
    return this.graph.edges[edge];
  }

  /** What a link calls the node: it is the same on a page that is made later. */
  key(node: number): string {
    return this.keys[node];
  }

  nodeWithKey(key: string): number | undefined {
    return this.byKey.get(key);
  }

  edgesBetween(from: number, to: number): readonly number[] {
    return this.outgoing[from].filter((edge) => this.edge(edge).to === to);
  }
}

function uniqueKeys(nodes: readonly GraphNode[]): string[] {
  const times = new Map<string, number>();
  return nodes.map(({ column, group, kind, name }) => {
    const key = [column, group, kind, name].map((part) => part.replace(/[\\/~]/g, '\\$&')).join('/');
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    return time === 1 ? key : `${key}~${time}`;
  });
}
