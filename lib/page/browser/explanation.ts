import type { GraphNode } from '../access-graph';
import { button, dataText, element } from './elements';
import type { GraphIndex } from './graph-index';
import { changeTag, Outcome, outcomeTag } from './outcomes';

/** Edges and names that the panel lists at once. */
const STEP = 50;
const MOST_OPEN = 6;

/** The items of a list, of which more appear when the reader asks. */
export function longList<T>(items: readonly T[], few: number, draw: (item: T) => HTMLElement, kind: { readonly class: string }): HTMLElement {
  const list = element('ul', kind);
  const more = button({ class: 'more' }, () => drawNext(few * 5)[0].querySelector<HTMLElement>('button, summary')?.focus());
  let drawn = 0;
  const drawNext = (length: number) => {
    const added = items.slice(drawn, drawn + length).map((item) => element('li', {}, draw(item)));
    list.append(...added);
    drawn = Math.min(items.length, drawn + length);
    const left = items.length - drawn;
    more.textContent = `Show ${Math.min(few * 5, left).toLocaleString('en-US')} more${left > few * 5 ? ` of ${left.toLocaleString('en-US')}` : ''}`;
    more.hidden = left === 0;
    return added;
  };
  drawNext(few);
  return element('div', {}, list, more);
}

export function lines(title: string, texts: readonly string[], kind: string, heading: 'h3' | 'h4' = 'h4'): HTMLElement | undefined {
  return texts.length === 0 ? undefined
    : element('div', { class: kind }, element(heading, {}, title), element('ul', {}, ...texts.map((text) => element('li', {}, dataText(text)))));
}

/** Each step of a path, with why it is allowed, denied or unknown. */
export function explanation(index: GraphIndex, edges: ReadonlyMap<number, Outcome>, select: (edge: number) => void): HTMLElement {
  const order = (edge: number) => ['workload', 'account', 'role'].indexOf(index.column(index.edge(edge).from));
  const sorted = [...edges.keys()].sort((one, other) => order(one) - order(other));
  return longList(sorted, STEP, (edge) => step(index, edge, sorted.length <= MOST_OPEN, select), { class: 'steps' });
}

/** A workload often has the name of its service account. */
const end = ({ column, kind, name }: GraphNode) =>
  element('span', {}, ...(column === 'workload' || column === 'account' ? [element('span', { class: 'of' }, dataText(kind)), ' '] : []), dataText(name));

function step(index: GraphIndex, number: number, isOpen: boolean, select: (edge: number) => void): HTMLElement {
  const { from, to, by, outcome, why, settledBy, places, change } = index.edge(number);
  return element('details', { open: isOpen || outcome !== 'ALLOWED' },
    element('summary', {},
      end(index.node(from)), ' → ', end(index.node(to)), ' ',
      by ? element('span', { class: 'by' }, dataText(by)) : undefined, outcomeTag(outcome), change && changeTag(change)),
    lines('Why', why, 'why'),
    lines('What would settle it', settledBy, 'settled'),
    lines('Where', places, 'places'),
    button({ class: 'link' }, () => select(number), 'Select this step'));
}
