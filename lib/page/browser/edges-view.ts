import type { Change } from '../access-graph';
import { NODE_HEIGHT } from './column-rows';
import { ColumnView } from './column-view';
import { drawing } from './elements';
import type { GraphIndex } from './graph-index';
import type { Outcome } from './outcomes';
import type { Scene } from './scene';
import { visibleText } from './text';

/** More lines than these say nothing. */
const MOST_LINES = 600;
/** Labels that are closer cover each other. */
const LABEL_HEIGHT = 15;
const LABEL_WIDTH = 60;
const CHARACTER_WIDTH = 6.5;
const STUB_LENGTH = 22;
const SHORT_NAMES: { readonly [by: string]: string } = { 'EKS Pod Identity': 'Pod Identity', 'instance metadata': 'metadata', 'role chaining': 'chaining' };

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Line {
  readonly edge: number;
  readonly start: Point;
  readonly end: Point;
  /** The end that is out of sight, if one is: then the line stands for all that go there. */
  readonly hidden?: 'start' | 'end';
  readonly isArc: boolean;
}

/** Lines between the rows that are drawn. */
export class EdgesView {
  readonly drawing = drawing('svg', { 'class': 'edges', 'aria-hidden': 'true', 'focusable': 'false' });

  constructor(private readonly index: GraphIndex, private readonly columns: readonly ColumnView[], private readonly select: (edge: number) => void) {}

  draw(scene: Scene): void {
    const lines = this.lines(scene);
    lines.sort((one, other) => this.rank(other, scene) - this.rank(one, scene));
    const labels: Point[] = [];
    const groups = lines.slice(0, MOST_LINES).map((line) => this.group(line, scene, labels));
    this.drawing.replaceChildren(...groups.reverse());
  }

  /** What is drawn above others, and gets its label first. */
  private rank({ edge }: Line, { path }: Scene): number {
    const { outcome, change } = this.index.edge(edge);
    return (path?.edges.has(edge) ? 4 : 0) + (outcome === 'ALLOWED' ? 0 : 2) + (change ? 1 : 0);
  }

  private lines({ visible, path }: Scene): Line[] {
    const origin = this.drawing.getBoundingClientRect();
    const frames = this.columns.map((view) => {
      const box = view.list.getBoundingClientRect();
      const [top, bottom] = [box.top - origin.top, box.bottom - origin.top];
      return { view, left: box.left - origin.left, right: box.right - origin.left, top, bottom, scroll: view.list.scrollTop };
    });
    const frameOf = new Map(frames.map((frame) => [frame.view.column, frame]));
    const place = (node: number) => {
      const frame = frameOf.get(this.index.node(node).column)!;
      const top = frame.view.rows.top(node);
      if (top === undefined) {
        return undefined;
      }
      const y = frame.top + top - frame.scroll + NODE_HEIGHT / 2;
      const side = y < frame.top ? -1 : y > frame.bottom ? 1 : 0;
      return { left: frame.left, right: frame.right, y: Math.min(Math.max(y, frame.top), frame.bottom), side };
    };
    const lines: Line[] = [];
    const stubs = new Set<string>();
    const times = new Map<string, number>();
    const add = (edge: number) => {
      const { from, to } = this.index.edge(edge);
      const [start, end] = [place(from), place(to)];
      if (!start || !end || !visible.edges.has(edge)) {
        return;
      }
      const isStub = start.side !== 0 || end.side !== 0;
      const stub = `${start.side === 0 ? from : start.side} ${end.side === 0 ? to : end.side} ${this.index.node(from).column}`;
      if (isStub && (stubs.has(stub) || (path && !path.edges.has(edge)))) {
        return;
      }
      stubs.add(stub);
      const pair = `${from} ${to}`;
      const time = times.get(pair) ?? 0;
      times.set(pair, time + 1);
      const shift = isStub ? 0 : time * 9;
      const isArc = start.right === end.right;
      lines.push({ edge, start: { x: start.right, y: start.y + shift }, end: { x: isArc ? end.right : end.left, y: end.y + shift }, hidden: start.side !== 0 ? 'start' : end.side !== 0 ? 'end' : undefined, isArc });
    };
    for (const { view } of frames) {
      const [first, end] = view.rows.between(view.list.scrollTop, view.list.scrollTop + view.list.clientHeight);
      for (const row of view.rows.rows.slice(first, end)) {
        if ('node' in row) {
          this.index.outgoing[row.node].forEach(add);
          this.index.incoming[row.node].filter((edge) => place(this.index.edge(edge).from)?.side !== 0).forEach(add);
        }
      }
    }
    return lines;
  }

  private group(line: Line, { path }: Scene, labels: Point[]): SVGElement {
    const { edge, start, end, hidden, isArc } = line;
    const isStub = hidden !== undefined;
    const { by, outcome, change, from, to } = this.index.edge(edge);
    const isLit = path?.edges.has(edge);
    const bend = isArc ? 44 : Math.max(24, (end.x - start.x) / 2);
    const shape = isStub ? stubShape(line)
      : `M${start.x},${start.y} C${start.x + bend},${start.y} ${isArc ? end.x + bend : end.x - bend},${end.y} ${end.x},${end.y}`;
    const classes = ['edge', outcome.toLowerCase(), change ?? '', isStub ? 'stub' : '', isLit ? 'lit' : path ? 'unlit' : ''].filter(Boolean);
    const label = labelText(change, outcome, by, Math.abs(end.x - start.x));
    const middle = { x: (start.x + end.x) / 2 + (isArc ? 33 : 0), y: (start.y + end.y) / 2 };
    const hasSpace = labels.every(({ x, y }) => Math.abs(x - middle.x) > LABEL_WIDTH || Math.abs(y - middle.y) > LABEL_HEIGHT);
    const hasLabel = !isStub && label !== '' && (isLit || !path) && hasSpace;
    if (hasLabel) {
      labels.push(middle);
    }
    const made = drawing('g', { 'class': classes.join(' '), 'data-edge': String(edge) },
      drawing('path', { class: 'hit', d: shape }),
      drawing('path', { class: 'line', d: shape }),
      isStub || outcome !== 'DENIED' ? arrow(end, isArc, isStub) : cross(end),
      hasLabel ? drawing('text', { 'x': String(middle.x), 'y': String(middle.y + 4), 'text-anchor': 'middle' }, visibleText(label)) : undefined,
      drawing('title', {}, edgeTitle(this.index.node(from).name, by, outcome, this.index.node(to).name)));
    made.addEventListener('click', () => this.select(edge));
    return made;
  }
}

/** As many words as there is space for, the most important ones first. */
function labelText(change: Change | undefined, outcome: Outcome, by: string, space: number): string {
  const words = [change === 'gained' ? '+ gained' : change === 'lost' ? '− lost' : '', outcome === 'ALLOWED' ? '' : outcome, SHORT_NAMES[by] ?? by];
  const [first = '', ...others] = words.filter(Boolean);
  const fits = (text: string) => text.length * CHARACTER_WIDTH < space;
  const label = others.reduce((text, word) => (fits(`${text} · ${word}`) ? `${text} · ${word}` : text), first);
  return fits(label) || outcome !== 'ALLOWED' ? label : '';
}

/** A short line from the end that is visible towards the other one. */
function stubShape({ start, end, hidden }: Line): string {
  const [visible, other] = hidden === 'start' ? [end, start] : [start, end];
  const [x, y] = [hidden === 'start' ? -STUB_LENGTH : STUB_LENGTH, other.y < visible.y ? -STUB_LENGTH : STUB_LENGTH];
  return `M${visible.x},${visible.y} c${x / 2},0 ${x},${y / 4} ${x},${y}`;
}

const edgeTitle = (from: string, by: string, outcome: Outcome, to: string) => visibleText([from, '→', to, by, outcome].filter(Boolean).join(' '));

const arrow = ({ x, y }: Point, isArc: boolean, isStub: boolean) => (isStub ? undefined
  : drawing('path', { class: 'head', d: isArc ? `M${x + 6},${y - 4} L${x},${y} L${x + 6},${y + 4}` : `M${x - 6},${y - 4} L${x},${y} L${x - 6},${y + 4}` }));

const cross = ({ x, y }: Point) => drawing('path', { class: 'head', d: `M${x - 10},${y - 4} L${x - 2},${y + 4} M${x - 10},${y + 4} L${x - 2},${y - 4}` });
