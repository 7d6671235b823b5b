import { TITLES } from './column-view';
import { button, dataText, element } from './elements';
import type { GraphIndex } from './graph-index';
import { changeTag, outcomeTag, tag } from './outcomes';
import { counted } from './text';
import type { AccessRow } from './ways';

const PAGE_LENGTH = 100;
/** Paper needs an end, too. */
const MOST_PRINTED = 2000;

/** The same as the diagram, as a table: a row for each permission that a workload gets through a role. */
export class TableView {
  readonly section = element('section', { 'class': 'table', 'aria-label': 'Table' });
  private rows: readonly AccessRow[] = [];
  private page = 1;

  constructor(private readonly index: GraphIndex, private readonly select: (node: number) => void, private readonly turn: (page: number) => void) {}

  show(rows: readonly AccessRow[], page: number): void {
    this.rows = rows;
    this.page = Math.min(page, this.pages);
    this.draw((this.page - 1) * PAGE_LENGTH, PAGE_LENGTH);
  }

  print(rows: readonly AccessRow[]): void {
    this.rows = rows;
    this.draw(0, MOST_PRINTED);
  }

  private get pages(): number {
    return Math.max(1, Math.ceil(this.rows.length / PAGE_LENGTH));
  }

  private draw(first: number, length: number): void {
    const rows = this.rows.slice(first, first + length);
    const range = this.rows.length > length ? `, of which this page shows ${(first + 1).toLocaleString('en-US')} to ${(first + rows.length).toLocaleString('en-US')}` : '';
    const titles = [TITLES.workload, TITLES.account, 'Gets the role by', TITLES.role, TITLES.permission, 'Outcome'];
    this.section.replaceChildren(
      element('table', {},
        element('caption', {}, `${counted(this.rows.length, 'row')}${range}`),
        element('thead', {}, element('tr', {}, ...titles.map((title) => element('th', { scope: 'col' }, title)))),
        element('tbody', {}, ...rows.map((row) => this.row(row)))),
      ...(this.pages > 1 ? [this.pager()] : []));
  }

  private pager(): HTMLElement {
    return element('nav', { 'class': 'pager', 'aria-label': 'Pages of the table' },
      button({ disabled: this.page === 1 }, () => this.turn(this.page - 1), 'Previous'),
      element('span', {}, `Page ${this.page.toLocaleString('en-US')} of ${this.pages.toLocaleString('en-US')}`),
      button({ disabled: this.page === this.pages }, () => this.turn(this.page + 1), 'Next'));
  }

  private row({ way, permission, edge, outcome }: AccessRow): HTMLElement {
    const isOf = (column: string) => way.nodes.filter((node) => this.index.column(node) === column);
    const roles = isOf('role').filter((node) => node !== way.role);
    const edges = [...way.edges, ...(edge === undefined ? [] : [edge])].map((number) => this.index.edge(number));
    const mechanisms = [...new Set(edges.map(({ by }) => by).filter(Boolean))];
    const changes = new Set(edges.flatMap(({ change }) => change ?? []));
    const cell = (nodes: readonly number[]) => element('td', {}, ...nodes.flatMap((node) => this.name(node)));
    return element('tr', { class: outcome.toLowerCase() },
      cell(isOf('workload')),
      cell(isOf('account')),
      element('td', {}, ...mechanisms.map((by) => element('span', { class: 'by' }, dataText(by)))),
      cell([...roles.reverse(), ...(way.role === undefined ? [] : [way.role])]),
      cell(permission === undefined ? [] : [permission]),
      element('td', {}, way.role === undefined ? tag('none', 'no role') : outcomeTag(outcome), ...[...changes].map(changeTag)));
  }

  private name(node: number): HTMLElement {
    const { name, group, isElsewhere } = this.index.node(node);
    return element('span', { class: 'cell' },
      button({ class: 'link' }, () => this.select(node), dataText(name)),
      element('span', { class: 'of' }, dataText(group), isElsewhere ? ' · elsewhere' : ''));
  }
}
