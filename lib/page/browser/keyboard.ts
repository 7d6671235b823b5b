import type { ColumnView } from './column-view';
import type { GraphIndex } from './graph-index';
import type { Scene } from './scene';

const PAGE = 10;

/** The keys of the diagram: arrows go within a column, and along lines to the next one. */
export class Keyboard {
  constructor(
    private readonly index: GraphIndex, private readonly columns: readonly ColumnView[], private readonly scene: () => Scene,
    private readonly select: (node: number) => void,
  ) {
    columns.forEach((view) => view.list.addEventListener('keydown', (event) => this.press(view, event)));
  }

  /** Moves the keyboard to a node, or else to the first column. */
  goTo(node: number | undefined): void {
    const target = this.columns.find(({ rows }) => node !== undefined && rows.top(node) !== undefined) ?? this.columns[0];
    target.list.focus({ preventScroll: true });
    target.activate(node);
  }

  private press(view: ColumnView, event: KeyboardEvent): void {
    const { nodes } = view.rows;
    const place = view.activeNode === undefined ? -1 : nodes.indexOf(view.activeNode);
    if (place < 0 || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const steps: { readonly [key: string]: number } = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE, Home: -Infinity, End: Infinity };
    if (event.key in steps) {
      view.activate(nodes[Math.min(Math.max(place + steps[event.key], 0), nodes.length - 1)]);
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      this.cross(view, nodes[place], event.key === 'ArrowRight' ? 1 : -1);
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.select(nodes[place]);
    } else {
      return;
    }
    event.preventDefault();
  }

  /** To the first node that a line leads to, or else to what is beside. */
  private cross(view: ColumnView, node: number, direction: 1 | -1): void {
    const { visible, path } = this.scene();
    const start = this.columns.indexOf(view);
    const others = direction > 0 ? this.columns.slice(start + 1) : this.columns.slice(0, start).reverse();
    const edges = (direction > 0 ? this.index.outgoing : this.index.incoming)[node].filter((edge) => visible.edges.has(edge));
    const ends = new Set(edges.map((edge) => this.index.edge(edge)[direction > 0 ? 'to' : 'from']));
    const linked = (other: ColumnView) => {
      const candidates = other.rows.nodes.filter((candidate) => ends.has(candidate));
      return candidates.find((candidate) => path?.nodes.has(candidate)) ?? candidates[0];
    };
    const target = others.find((other) => linked(other) !== undefined) ?? others.find((other) => other.rows.nodes.length > 0);
    if (target) {
      const height = view.rows.top(node)! - view.list.scrollTop + target.list.scrollTop;
      const beside = target.rows.nodes.find((candidate) => target.rows.top(candidate)! >= height) ?? target.rows.nodes.at(-1);
      target.list.focus();
      target.activate(linked(target) ?? beside);
    }
  }
}
