import type { GraphNode } from '../access-graph';
import { nodeTags, TITLES } from './column-view';
import { button, dataText, element } from './elements';
import { explanation, lines, longList } from './explanation';
import { findings } from './findings';
import type { GraphIndex } from './graph-index';
import { COLUMNS } from './order';
import { outcomeTag } from './outcomes';
import { overview } from './overview';
import type { PanelActions } from './panel-actions';
import type { Path } from './path';
import type { Scene } from './scene';
import type { Selection } from './selection';
import { visibleText } from './text';

/** Names in a list of the panel, before the reader asks for more. */
const FEW = 8;

/** What is known about the selection, or about everything. */
export class Panel {
  readonly aside = element('aside', { 'class': 'panel', 'aria-label': 'Details', 'tabindex': '0' });
  private drawn?: Selection;

  constructor(private readonly index: GraphIndex, private readonly actions: PanelActions) {}

  show({ selection, state }: Scene): void {
    if (this.drawn === undefined || this.drawn !== selection) {
      this.aside.scrollTop = 0;
    }
    this.drawn = selection;
    const parts = selection ? [this.bar(selection, state.isPathOnly), ...this.content(selection)] : overview(this.index, this.actions);
    this.aside.replaceChildren(...parts);
  }

  /** What it is about, for the keyboard and for small screens. */
  get title(): HTMLElement {
    return this.aside.querySelector('h2')!;
  }

  private bar(selection: Selection, isPathOnly: boolean): HTMLElement {
    const only = element('input', { type: 'checkbox', class: 'only' });
    only.checked = isPathOnly;
    only.addEventListener('change', () => {
      this.actions.drawPathOnly(only.checked);
      this.aside.querySelector<HTMLElement>('.only')?.focus();
    });
    return element('div', { class: 'bar' },
      selection.kind === 'missing' ? undefined : element('label', {}, only, ' Only this path'),
      button({ class: 'close' }, this.actions.clear, 'Clear selection ', element('kbd', {}, 'Esc')));
  }

  private content(selection: Selection): HTMLElement[] {
    if (selection.kind === 'missing') {
      return [
        element('h2', { tabindex: '-1' }, 'This page does not have what the link names'),
        element('p', {}, 'The link was made for another page, or for another version of the templates. It names:'),
        element('ul', {}, ...selection.keys.map((key) => element('li', {}, dataText(key)))),
      ];
    }
    const parts = selection.kind === 'node' ? this.ofNode(this.index.node(selection.node), selection) : this.ofEdges(selection);
    return parts.filter((part) => part !== undefined);
  }

  private ofNode(node: GraphNode, { node: number, path }: Selection & { kind: 'node' }): Array<HTMLElement | undefined> {
    return [
      element('h2', { tabindex: '-1' }, dataText(node.name)),
      element('p', { class: 'kind' }, dataText(node.kind), node.group ? ' of ' : '', dataText(node.group), ' ', ...nodeTags(this.index, number)),
      node.isElsewhere ? element('p', {}, 'No template defines it.') : undefined,
      findings(this.index.findings.of(number)),
      facts(node.facts),
      lines('Defined in', node.places, 'places', 'h3'),
      node.command === undefined ? undefined : command(node.command),
      ...this.members(path, [number]),
      path.edges.size === 0 ? element('p', {}, 'Nothing leads to it or away from it.') : element('h3', {}, 'Step by step'),
      path.edges.size === 0 ? undefined : explanation(this.index, path.edges, this.actions.selectEdge),
    ];
  }

  private ofEdges({ edges, path }: Selection & { kind: 'edges' }): Array<HTMLElement | undefined> {
    const { from, to } = this.index.edge(edges[0]);
    const end = (node: number) => button({ class: 'link' }, () => this.actions.selectNode(node), dataText(this.index.node(node).name));
    return [
      element('h2', { tabindex: '-1' }, end(from), ' → ', end(to)),
      explanation(this.index, new Map(edges.map((edge) => [edge, path.edges.get(edge)!])), this.actions.selectEdge),
      ...this.members(path, [from, to]),
    ];
  }

  /** Who and what is on the path, column by column. */
  private members(path: Path, selected: readonly number[]): HTMLElement[] {
    return COLUMNS.flatMap((column) => {
      const nodes = this.index.columns[column].filter((node) => path.nodes.has(node) && !selected.includes(node));
      return nodes.length === 0 ? [] : [
        element('h3', {}, TITLES[column], ' ', element('span', { class: 'count' }, nodes.length.toLocaleString('en-US'))),
        longList(nodes, FEW, (node) => element('span', {},
          button({ class: 'link' }, () => this.actions.selectNode(node), dataText(this.index.node(node).name)), ' ',
          element('span', { class: 'of' }, dataText(this.index.node(node).group)), ' ', outcomeTag(path.nodes.get(node)!)), { class: 'members' }),
      ];
    });
  }
}

/** For an exact question, the page gives the command that answers it. */
function command(text: string): HTMLElement {
  const code = element('code', { tabindex: '0' }, visibleText(text));
  const copy = button({}, () => {
    navigator.clipboard?.writeText(text).then(() => copy.textContent = 'Copied', () => getSelection()?.selectAllChildren(code));
  }, 'Copy');
  return element('div', { class: 'command' }, element('h3', {}, 'Ask exactly'), element('pre', {}, code), copy);
}

function facts(all: GraphNode['facts']): HTMLElement | undefined {
  return all.length === 0 ? undefined
    : element('dl', {}, ...all.flatMap(([label, text]) => [element('dt', {}, dataText(label)), element('dd', {}, dataText(text))]));
}
