import type { Change } from '../access-graph';
import { ColumnView } from './column-view';
import { drawing } from './elements';
import type { GraphIndex } from './graph-index';
import { Line, middleOf, Point, shapeOf, spaceOf } from './line-shapes';
import type { Outcome } from './outcomes';
import type { Scene } from './scene';
import { visibleText } from './text';
import { visibleLines } from './visible-lines';

/** More lines than these say nothing. */
const MOST_LINES = 600;
/** Labels that are closer cover each other. */
const LABEL_HEIGHT = 15;
const LABEL_WIDTH = 60;
const CHARACTER_WIDTH = 6.5;
const SHORT_NAMES: { readonly [by: string]: string } = { 'EKS Pod Identity': 'Pod Identity', 'instance metadata': 'metadata', 'role chaining': 'chaining' };

/** Lines between the rows that are drawn. */
export class EdgesView {
  readonly drawing = drawing('svg', { 'class': 'edges', 'aria-hidden': 'true', 'focusable': 'false' });

  constructor(private readonly index: GraphIndex, private readonly columns: readonly ColumnView[], private readonly select: (edge: number) => void) {}

  draw(scene: Scene): void {
    const lines = visibleLines(this.index, this.columns, scene, this.drawing.getBoundingClientRect());
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

  private group(line: Line, { path }: Scene, labels: Point[]): SVGElement {
    const { edge, end, hidden, isArc } = line;
    const isStub = hidden !== undefined;
    const { by, outcome, change, from, to } = this.index.edge(edge);
    const isLit = path?.edges.has(edge);
    const shape = shapeOf(line);
    const classes = ['edge', outcome.toLowerCase(), change ?? '', isStub ? 'stub' : '', isLit ? 'lit' : path ? 'unlit' : ''].filter(Boolean);
    const label = labelText(change, outcome, by, spaceOf(line));
    const middle = middleOf(line);
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

const edgeTitle = (from: string, by: string, outcome: Outcome, to: string) => visibleText([from, '→', to, by, outcome].filter(Boolean).join(' '));

const arrow = ({ x, y }: Point, isArc: boolean, isStub: boolean) => (isStub ? undefined
  : drawing('path', { class: 'head', d: isArc ? `M${x + 6},${y - 4} L${x},${y} L${x + 6},${y + 4}` : `M${x - 6},${y - 4} L${x},${y} L${x - 6},${y + 4}` }));

const cross = ({ x, y }: Point) => drawing('path', { class: 'head', d: `M${x - 10},${y - 4} L${x - 2},${y + 4} M${x - 10},${y + 4} L${x - 2},${y - 4}` });
