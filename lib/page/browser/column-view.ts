import type { Column, GraphNode } from '../access-graph';
import { ColumnRows, NODE_HEIGHT, Row } from './column-rows';
import { dataText, element } from './elements';
import type { GraphIndex } from './graph-index';
import { changeTag, outcomeMark, tag } from './outcomes';
import { PathHint } from './path-hint';
import type { Scene } from './scene';
import { isFiltered } from './state';
import { counted, visibleText } from './text';

export const TITLES: { readonly [column in Column]: string } = {
  workload: 'Workloads and nodes',
  account: 'Service accounts',
  role: 'Roles',
  permission: 'Permissions',
};

/** Kinds that the title of the column or the group says already. */
const USUAL_KINDS = ['service account', 'role', 'permission', 'AWS managed policy'];
/** Rows that are drawn beyond what is visible, so that scrolling shows no gaps. */
const MARGIN = 4 * NODE_HEIGHT;

/** A column as a list, of which only the visible rows are drawn. */
export class ColumnView {
  readonly section: HTMLElement;
  readonly list: HTMLElement;
  rows: ColumnRows;
  private active?: number;
  private scene?: Scene;
  private lit: readonly number[] = [];
  private readonly count = element('span', { class: 'count' });
  private readonly empty = element('p', { class: 'empty', hidden: true });
  private readonly space = element('div', { class: 'space', role: 'presentation' });
  private readonly drawn = new Map<Row, HTMLElement>();
  private readonly above: PathHint;
  private readonly below: PathHint;

  constructor(private readonly index: GraphIndex, readonly column: Column, private readonly select: (node: number) => void) {
    this.rows = new ColumnRows(index, index.columns[column]);
    const reveal = (node: number) => this.list.scrollTop = this.rows.top(node)! - this.list.clientHeight / 3;
    this.above = new PathHint('above', reveal);
    this.below = new PathHint('below', reveal);
    const title = element('h2', { id: `title-${column}` }, TITLES[column]);
    this.list = element('div', { 'class': 'list', 'role': 'listbox', 'tabindex': '0', 'aria-labelledby': title.id, 'data-column': column }, this.space);
    this.section = element('section', { class: `column ${column}` },
      element('header', {}, title, this.count), this.list, this.empty, this.above.button, this.below.button);
    this.list.addEventListener('focus', () => this.activate(this.active ?? this.rows.nodes[0]));
  }

  /** The node that the keyboard is at. */
  get activeNode(): number | undefined {
    return this.active;
  }

  show(scene: Scene): void {
    const isChanged = this.scene?.visible !== scene.visible;
    this.scene = scene;
    if (isChanged) {
      this.rows = new ColumnRows(this.index, this.index.columns[this.column].filter((node) => scene.visible.nodes.has(node)));
      this.space.style.height = `${this.rows.height}px`;
    }
    const { nodes } = this.rows;
    if (this.active === undefined || this.rows.top(this.active) === undefined) {
      this.active = nodes[0];
    }
    const { path } = scene;
    this.lit = path ? nodes.filter((node) => path.nodes.has(node)) : [];
    this.count.textContent = `${path ? `${this.lit.length.toLocaleString('en-US')} of ` : ''}${nodes.length.toLocaleString('en-US')}`;
    this.empty.hidden = nodes.length > 0;
    this.empty.textContent = isFiltered(scene.state.filters) ? 'Nothing matches the filters.' : `No ${this.column} on this path.`;
    this.drawn.clear();
    this.space.replaceChildren();
    this.draw();
  }

  /** Draws the rows that have become visible, and removes the others. */
  draw(): void {
    const { scrollTop, clientHeight } = this.list;
    const [first, end] = this.rows.between(scrollTop - MARGIN, scrollTop + clientHeight + MARGIN);
    const rows = new Set(this.rows.rows.slice(first, end));
    for (const [row, drawn] of this.drawn) {
      if (!rows.has(row)) {
        drawn.remove();
        this.drawn.delete(row);
      }
    }
    for (let i = first; i < end; i += 1) {
      const row = this.rows.rows[i];
      if (!this.drawn.has(row)) {
        const drawn = 'node' in row ? this.option(row.node) : this.groupName(row);
        drawn.style.transform = `translateY(${this.rows.tops[i]}px)`;
        this.drawn.set(row, drawn);
        this.space.append(drawn);
      }
    }
    const [above, , below] = this.onPath();
    this.above.show(above.length, above.at(-1));
    this.below.show(below.length, below[0]);
    const id = this.active === undefined ? undefined : `node-${this.active}`;
    for (const drawn of this.drawn.values()) {
      drawn.classList.toggle('active', drawn.id === id);
    }
    if (id !== undefined && this.space.querySelector(`#${id}`)) {
      this.list.setAttribute('aria-activedescendant', id);
    } else {
      this.list.removeAttribute('aria-activedescendant');
    }
  }

  /** Moves the keyboard to a node, and scrolls until it is visible. */
  activate(node: number | undefined): void {
    if (node !== undefined && this.rows.top(node) !== undefined) {
      this.active = node;
      this.reveal(node);
      this.draw();
    }
  }

  reveal(node: number): void {
    const top = this.rows.top(node)!;
    const { scrollTop, clientHeight } = this.list;
    if (top - GROUP_MARGIN < scrollTop || top + NODE_HEIGHT > scrollTop + clientHeight) {
      this.list.scrollTop = top < scrollTop ? top - GROUP_MARGIN : top + NODE_HEIGHT + GROUP_MARGIN - clientHeight;
    }
  }

  /** If nothing of the path is visible here, scrolls to where it begins. */
  revealPath(): void {
    const [above, inside, below] = this.onPath();
    const [node = above[0]] = below;
    if (inside.length === 0 && node !== undefined) {
      this.list.scrollTop = this.rows.top(node)! - this.list.clientHeight / 3;
    }
  }

  /** The nodes on the path that are above what is visible, in it, and below it. */
  private onPath(): [above: number[], inside: number[], below: number[]] {
    const { scrollTop, clientHeight } = this.list;
    const parts: [number[], number[], number[]] = [[], [], []];
    for (const node of this.lit) {
      const middle = this.rows.top(node)! + NODE_HEIGHT / 2;
      parts[middle < scrollTop ? 0 : middle < scrollTop + clientHeight ? 1 : 2].push(node);
    }
    return parts;
  }

  private groupName({ group, count }: { group: string; count: number }): HTMLElement {
    return element('div', { 'class': 'group', 'role': 'presentation', 'aria-hidden': 'true', 'title': visibleText(group) },
      element('span', {}, dataText(group || 'other')), element('span', { class: 'count' }, String(count)));
  }

  private option(node: number): HTMLElement {
    const { selection, path } = this.scene!;
    const { name, kind, group } = this.index.node(node);
    const outcome = path?.nodes.get(node);
    const isSelected = selection?.kind === 'node' && selection.node === node;
    const about = [
      ...(USUAL_KINDS.includes(kind) ? [] : [dataText(kind)]),
      ...nodeTags(this.index, node),
    ];
    const option = element('div', {
      'id': `node-${node}`,
      'class': ['row', isSelected ? 'selected' : outcome ? `lit ${outcome.toLowerCase()}` : path ? 'unlit' : '', about.length === 0 ? 'bare' : ''].join(' '),
      'role': 'option',
      'aria-selected': String(isSelected),
      'aria-posinset': String(this.rows.nodes.indexOf(node) + 1),
      'aria-setsize': String(this.rows.nodes.length),
      'title': visibleText(name),
    },
    nameOf(this.index.node(node)),
    outcome && !isSelected && outcome !== 'ALLOWED' ? outcomeMark(outcome) : undefined,
    about.length === 0 ? undefined : element('span', { class: 'about' }, ...about),
    element('span', { class: 'unseen' }, ', ', dataText(group), outcome ? ', on the path' : ''));
    option.addEventListener('click', () => {
      this.active = node;
      this.select(node);
    });
    return option;
  }
}

const GROUP_MARGIN = 34;

/** A resource that is longer has a line of its own, so that its end can be seen. */
const LONG_RESOURCE = 16;

function nameOf({ column, name }: GraphNode): HTMLElement {
  const resource = column === 'permission' ? name.lastIndexOf(' on ') + ' on '.length : 0;
  return resource < ' on '.length || name.length - resource < LONG_RESOURCE ? element('span', { class: 'name' }, dataText(name))
    : element('span', { class: 'name split' },
      element('span', { class: 'start' }, dataText(name.slice(0, resource))), element('span', { class: 'end' }, dataText(name.slice(resource))));
}

/** What a node has besides its name: each is a word. */
export function nodeTags(index: GraphIndex, node: number): HTMLElement[] {
  const { isElsewhere, change } = index.node(node);
  const findings = index.findings.of(node);
  return [
    ...(change ? [changeTag(change)] : []),
    ...(isElsewhere ? [tag('elsewhere', 'elsewhere', 'No template defines it')] : []),
    ...(findings.length > 0 ? [tag('finding', `! ${counted(findings.length, 'finding')}`)] : []),
  ];
}
