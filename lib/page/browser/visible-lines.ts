import { NODE_HEIGHT } from './column-rows';
import type { ColumnView } from './column-view';
import type { GraphIndex } from './graph-index';
import type { Gap, Line, Point } from './line-shapes';
import type { Scene } from './scene';

/** Between lines that join the same two rows. */
const SHIFT = 8;
const MOST_SHIFTS = 2;

/** The lines of which an end is visible. Those whose other end is not are drawn once for each row and direction. */
export function visibleLines(index: GraphIndex, columns: readonly ColumnView[], scene: Scene, origin: Point): Line[] {
  const frames = columns.map((view) => new Frame(view, origin));
  const frameOf = (node: number) => frames.find(({ view }) => view.column === index.column(node))!;
  const lines = new Map<string, Line>();
  const drawn = new Set<number>();
  const times = new Map<string, number>();
  const add = (edge: number) => {
    const { from, to } = index.edge(edge);
    const [first, last] = [frameOf(from), frameOf(to)];
    const [start, end] = [first.place(from), last.place(to)];
    if (!start || !end || drawn.has(edge) || !scene.visible.edges.has(edge)) {
      return;
    }
    drawn.add(edge);
    const isArc = first === last;
    const isStub = start.side !== 0 || end.side !== 0;
    if (isStub && scene.path && !scene.path.edges.has(edge)) {
      return;
    }
    const key = `${start.side === 0 ? from : start.side} ${end.side === 0 ? to : end.side} ${first.view.column} ${last.view.column}`;
    const time = times.get(key) ?? 0;
    times.set(key, time + 1);
    const shift = isStub ? 0 : Math.min(time, MOST_SHIFTS) * SHIFT;
    const middle = (start.y + end.y) / 2;
    lines.set(isStub ? key : String(edge), {
      edge,
      start: { x: first.right, y: start.y + shift },
      end: { x: isArc ? last.right : last.left, y: end.y + shift },
      gaps: frames.slice(frames.indexOf(first) + 1, frames.indexOf(last)).map((frame) => frame.gap(middle)),
      hidden: start.side !== 0 ? 'start' : end.side !== 0 ? 'end' : undefined,
      isArc,
    });
  };
  for (const frame of frames) {
    for (const node of frame.visibleNodes()) {
      index.outgoing[node].forEach(add);
      index.incoming[node].forEach(add);
    }
  }
  return [...lines.values()];
}

/** Where a column is in the drawing. */
class Frame {
  readonly left: number;
  readonly right: number;
  private readonly top: number;
  private readonly bottom: number;

  constructor(readonly view: ColumnView, origin: Point) {
    const box = view.list.getBoundingClientRect();
    this.left = box.left - origin.x;
    this.right = box.right - origin.x;
    this.top = box.top - origin.y;
    this.bottom = box.bottom - origin.y;
  }

  /** The middle of a node, or the border of the column behind which it is: above (-1) or below (1). */
  place(node: number): { readonly y: number; readonly side: -1 | 0 | 1 } | undefined {
    const top = this.view.rows.top(node);
    if (top === undefined) {
      return undefined;
    }
    const y = this.top + top - this.view.list.scrollTop + NODE_HEIGHT / 2;
    return y < this.top ? { y: this.top, side: -1 } : y > this.bottom ? { y: this.bottom, side: 1 } : { y, side: 0 };
  }

  visibleNodes(): number[] {
    const { scrollTop, clientHeight } = this.view.list;
    const [first, end] = this.view.rows.between(scrollTop, scrollTop + clientHeight);
    return this.view.rows.rows.slice(first, end).flatMap((row) => ('node' in row ? [row.node] : []));
  }

  /** The gap between two rows that is nearest to a height. */
  gap(y: number): Gap {
    const { rows, list } = this.view;
    const offset = this.top - list.scrollTop;
    const [row] = rows.between(y - offset, y - offset);
    const boundaries = rows.tops.slice(row, row + 2).map((top) => offset + top - GAP / 2);
    const isBelow = y - offset >= rows.height;
    const nearest = boundaries.reduce((one, other) => (Math.abs(one - y) <= Math.abs(other - y) ? one : other), Infinity);
    return { left: this.left, right: this.right, y: isBelow || nearest === Infinity ? y : nearest };
  }
}

/** Between two rows, as in main.css. */
const GAP = 4;
