import type { Change } from '../access-graph';
import { ColumnView } from './column-view';
import { drawing } from './elements';
import type { GraphIndex } from './graph-index';
import { LabelPlaces } from './label-places';
import { Curve, curvesOf, Line, Point, shapeOf } from './line-shapes';
import type { Outcome } from './outcomes';
import type { Scene } from './scene';
import { visibleText } from './text';
import { visibleLines } from './visible-lines';

/** More lines than these say nothing. */
const MOST_LINES = 600;
const SHORT_NAMES: { readonly [by: string]: string } = { 'EKS Pod Identity': 'Pod Identity', 'instance metadata': 'metadata', 'role chaining': 'chaining' };

/** Lines between the rows that are drawn. */
export class EdgesView {
  readonly drawing = drawing('svg', { 'class': 'edges', 'aria-hidden': 'true', 'focusable': 'false' });

  constructor(private readonly index: GraphIndex, private readonly columns: readonly ColumnView[], private readonly select: (edge: number) => void) {}

  draw(scene: Scene): void {
    const lines = visibleLines(this.index, this.columns, scene, this.drawing.getBoundingClientRect());
    lines.sort((one, other) => this.rank(other, scene) - this.rank(one, scene));
    const drawn = lines.slice(0, MOST_LINES).map((line) => ({ line, curves: curvesOf(line), isFaint: scene.path?.edges.has(line.edge) === false }));
    const labels = new LabelPlaces(drawn);
    this.drawing.replaceChildren(...drawn.map(({ line, curves }) => this.group(line, curves, scene, labels)).reverse());
  }

  /** What is drawn above others, and gets its label first. */
  private rank({ edge }: Line, { path }: Scene): number {
    const { outcome, change } = this.index.edge(edge);
    return (path?.edges.has(edge) ? 4 : 0) + (outcome === 'ALLOWED' ? 0 : 2) + (change ? 1 : 0);
  }

  private group({ edge, end, hidden, isArc }: Line, curves: readonly Curve[], { path }: Scene, labels: LabelPlaces): SVGElement {
    const isStub = hidden !== undefined;
    const { by, outcome, change, from, to } = this.index.edge(edge);
    const isLit = path?.edges.has(edge);
    const shape = shapeOf(curves);
    const classes = ['edge', outcome.toLowerCase(), change ?? '', isStub ? 'stub' : '', isLit ? 'lit' : path ? 'unlit' : ''].filter(Boolean);
    const label = isStub || (path && !isLit) ? undefined : labels.place(curves, labelTexts(change, outcome, by));
    const made = drawing('g', { 'class': classes.join(' '), 'data-edge': String(edge) },
      drawing('path', { class: 'hit', d: shape }),
      drawing('path', { class: 'line', d: shape }),
      isStub || outcome !== 'DENIED' ? arrow(end, isArc, isStub) : cross(end),
      label && drawing('text', { 'x': String(label.middle.x), 'y': String(label.middle.y + 4), 'text-anchor': 'middle' }, visibleText(label.text)),
      drawing('title', {}, edgeTitle(this.index.node(from).name, by, outcome, this.index.node(to).name)));
    made.addEventListener('click', () => this.select(edge));
    return made;
  }
}

/** What a label can say: the most important word is the first one, and the last one to go. */
function labelTexts(change: Change | undefined, outcome: Outcome, by: string): string[] {
  const words = [change === 'gained' ? '+ gained' : change === 'lost' ? '− lost' : '', outcome === 'ALLOWED' ? '' : outcome, SHORT_NAMES[by] ?? by].filter(Boolean);
  return words.map((_, i) => words.slice(0, words.length - i).join(' · '));
}

const edgeTitle = (from: string, by: string, outcome: Outcome, to: string) => visibleText([from, '→', to, by, outcome].filter(Boolean).join(' '));

const arrow = ({ x, y }: Point, isArc: boolean, isStub: boolean) => (isStub ? undefined
  : drawing('path', { class: 'head', d: isArc ? `M${x + 6},${y - 4} L${x},${y} L${x + 6},${y + 4}` : `M${x - 6},${y - 4} L${x},${y} L${x - 6},${y + 4}` }));

const cross = ({ x, y }: Point) => drawing('path', { class: 'head', d: `M${x - 10},${y - 4} L${x - 2},${y + 4} M${x - 10},${y + 4} L${x - 2},${y - 4}` });
