import { matchingRows, Visible, visibleParts } from './filter';
import type { GraphIndex } from './graph-index';
import { COLUMNS } from './order';
import { Path, pathThroughEdges, pathThroughNode } from './path';
import { Search } from './search';
import type { Selection } from './selection';
import type { Filters, State } from './state';
import { tableRows } from './table-rows';
import { AccessRow, Ways } from './ways';

/** What the page shows in a state. */
export interface Scene {
  readonly state: State;
  readonly selection?: Selection;
  readonly path?: Path;
  readonly visible: Visible;
}

export class Scenes {
  private readonly ways: Ways;
  private readonly search: Search;
  private filtered?: { readonly filters: Filters; readonly visible: Visible };

  constructor(private readonly index: GraphIndex) {
    this.ways = new Ways(index);
    this.search = new Search(index);
  }

  scene(state: State): Scene {
    const selection = this.selection(state.selected);
    const path = selection && 'path' in selection ? selection.path : undefined;
    if (this.filtered?.filters !== state.filters) {
      this.filtered = { filters: state.filters, visible: visibleParts(this.index, this.ways, this.search, state.filters) };
    }
    const { visible } = this.filtered;
    return { state, selection, path, visible: path && state.isPathOnly ? onPath(visible, path) : visible };
  }

  /** The node that the search is most likely to be for: names count more than findings. */
  bestMatch({ state: { filters }, visible }: Scene): number | undefined {
    const nodes = COLUMNS.flatMap((column) => this.index.columns[column].filter((node) => visible.nodes.has(node)));
    const ranks = new Map(nodes.map((node) => [node, this.search.bestRank(node, filters) ?? Infinity]));
    return nodes.sort((one, other) => (ranks.get(one) === ranks.get(other) ? 0 : ranks.get(one)! - ranks.get(other)!))[0];
  }

  /** The rows of the table. */
  rows({ state, selection }: Scene): AccessRow[] {
    return tableRows(this.index, this.ways, matchingRows(this.index, this.ways, this.search, state.filters), selection);
  }

  private selection(keys: readonly string[]): Selection | undefined {
    if (keys.length === 0) {
      return undefined;
    }
    const nodes = keys.map((key) => this.index.nodeWithKey(key));
    const [node, other] = nodes;
    const edges = node === undefined || other === undefined ? [] : this.index.edgesBetween(node, other);
    if (edges.length > 0) {
      return { kind: 'edges', edges, path: pathThroughEdges(this.index, this.ways, edges) };
    }
    return node === undefined || keys.length > 1 ? { kind: 'missing', keys } : { kind: 'node', node, path: pathThroughNode(this.index, this.ways, node) };
  }
}

const onPath = ({ nodes, edges }: Visible, path: Path): Visible => ({
  nodes: new Set([...nodes].filter((node) => path.nodes.has(node))),
  edges: new Set([...edges].filter((edge) => path.edges.has(edge))),
});
