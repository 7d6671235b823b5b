import type { GraphIndex } from './graph-index';
import { outcomesOf, Search } from './search';
import { Filters, isFiltered } from './state';
import type { AccessRow, Ways } from './ways';

/** The nodes and edges that are drawn. */
export interface Visible {
  readonly nodes: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
}

/** Everything on a row that meets the filters. */
export function visibleParts(index: GraphIndex, ways: Ways, search: Search, filters: Filters): Visible {
  if (!isFiltered(filters)) {
    return { nodes: new Set(index.graph.nodes.keys()), edges: new Set(index.graph.edges.keys()) };
  }
  const nodes = new Set<number>();
  const edges = new Set<number>();
  for (const { way, permission, edge } of matchingRows(index, ways, search, filters)) {
    way.nodes.forEach((node) => nodes.add(node));
    way.edges.forEach((number) => edges.add(number));
    if (permission !== undefined && edge !== undefined) {
      nodes.add(permission);
      edges.add(edge);
    }
  }
  return { nodes, edges };
}

/** Nodes and edges that many rows have are asked once. */
export function* matchingRows(index: GraphIndex, ways: Ways, search: Search, filters: Filters): Generator<AccessRow> {
  const conditions = search.conditions(filters).map(({ node, edge }) => ({
    nodes: index.graph.nodes.map((_, i) => node(i)),
    edges: index.graph.edges.map((_, i) => edge(i)),
  }));
  const outcomes = outcomesOf(filters);
  for (const way of ways.all) {
    const left = conditions.filter(({ nodes, edges }) => !way.nodes.some((node) => nodes[node]) && !way.edges.some((edge) => edges[edge]));
    for (const row of ways.rows(way)) {
      const isMet = left.every(({ nodes, edges }) => row.edge !== undefined && (nodes[row.permission!] || edges[row.edge]));
      if (isMet && outcomes.every((outcome) => row.outcome === outcome)) {
        yield row;
      }
    }
  }
}
