import type { AccessGraph } from '../access-graph';
import { ColumnView } from './column-view';
import { EdgesView } from './edges-view';
import { dataText, element } from './elements';
import { GraphIndex } from './graph-index';
import { Keyboard } from './keyboard';
import { COLUMNS } from './order';
import { Panel } from './panel';
import { Scene, Scenes } from './scene';
import { fragment, isFiltered, NO_FILTERS, START, State, stateOf } from './state';
import { TableView } from './table-view';
import { counted, visibleText } from './text';
import { Toolbar } from './toolbar';

/** Everything on the page. What it shows follows from the state, and the state from the address. */
export class Page {
  readonly content: readonly HTMLElement[];
  private readonly index: GraphIndex;
  private readonly scenes: Scenes;
  private readonly toolbar: Toolbar;
  private readonly columns: readonly ColumnView[];
  private readonly edges: EdgesView;
  private readonly table: TableView;
  private readonly panel: Panel;
  private readonly keyboard: Keyboard;
  private readonly status = element('p', { class: 'status', role: 'status' });
  private readonly diagram: HTMLElement;
  private scene: Scene;
  private isWaiting = false;

  constructor(graph: AccessGraph) {
    this.index = new GraphIndex(graph);
    this.scenes = new Scenes(this.index);
    this.scene = this.scenes.scene(START);
    const selectNode = (node: number) => this.change({ selected: [this.index.key(node)], page: 1 });
    const selectEdge = (edge: number) => {
      const { from, to } = this.index.edge(edge);
      this.change({ selected: [this.index.key(from), this.index.key(to)], page: 1 });
    };
    this.toolbar = new Toolbar(this.index, (filters) => this.change({ filters, page: 1 }, 'replace'), (view) => this.change({ view }));
    this.columns = COLUMNS.map((column) => new ColumnView(this.index, column, selectNode));
    this.edges = new EdgesView(this.index, this.columns, selectEdge);
    this.table = new TableView(this.index, selectNode, (page) => this.change({ page }));
    this.panel = new Panel(this.index, {
      selectNode,
      selectEdge,
      search: (text) => this.change({ filters: { ...NO_FILTERS, search: text }, page: 1 }),
      filterOutcome: (outcome) => this.change({ filters: { ...NO_FILTERS, outcome }, page: 1 }),
      clear: () => this.change({ selected: [], isPathOnly: false, page: 1 }),
      drawPathOnly: (isPathOnly) => this.change({ isPathOnly }),
    });
    this.diagram = element('div', { class: 'diagram' }, this.edges.drawing, ...this.columns.map(({ section }) => section));
    this.content = [
      element('header', { class: 'head' },
        element('div', { class: 'title' },
          element('h1', {}, 'Who can do what'),
          element('p', {}, dataText(graph.title), ' · cdk-irsa ', dataText(graph.version)),
          this.toolbar.views),
        this.toolbar.form,
        this.status),
      element('main', {}, this.diagram, this.table.section, this.panel.aside),
    ];
    this.keyboard = new Keyboard(this.index, this.columns, () => this.scene, selectNode);
    this.listen();
  }

  /** Shows what the address says. The content has to be in the document, because what is drawn depends on its size. */
  showAddress(): void {
    this.show(stateOf(location.hash));
  }

  private change(change: Partial<State>, how: 'push' | 'replace' = 'push'): void {
    const state = { ...this.scene.state, ...change };
    const address = `${location.pathname}${location.search}${fragment(state)}`;
    if (how === 'push' && fragment(state) !== location.hash) {
      history.pushState(null, '', address);
    } else {
      history.replaceState(null, '', address);
    }
    const before = document.activeElement;
    this.show(state);
    if (before !== document.body && !before?.checkVisibility()) {
      this.focusSelection();
    }
  }

  /** Where the keyboard goes on, once what had the focus is no longer there. */
  private focusSelection(): void {
    const { selection, state } = this.scene;
    if (selection?.kind === 'node' && state.view === 'diagram') {
      this.keyboard.goTo(selection.node);
    } else {
      this.panel.title.focus({ preventScroll: true });
    }
  }

  private show(state: State): void {
    const isOther = state.selected.join() !== this.scene.state.selected.join();
    const scene = this.scenes.scene(state);
    this.scene = scene;
    const isTable = state.view === 'table';
    this.diagram.hidden = isTable;
    this.table.section.hidden = !isTable;
    this.toolbar.show(scene);
    this.columns.forEach((view) => view.show(scene));
    if (isOther) {
      this.columns.forEach((view) => view.revealPath());
    }
    this.table.show(isTable ? this.scenes.rows(scene) : [], state.page);
    this.panel.show(scene);
    if (isOther && scene.selection) {
      this.panel.title.scrollIntoView({ block: 'nearest' });
    }
    this.status.textContent = this.statusText(scene);
    this.redraw();
  }

  private statusText({ selection, path, visible, state }: Scene): string {
    const numbers = (nodes: { readonly has: (node: number) => boolean }) => COLUMNS
      .map((column) => counted(this.index.columns[column].filter((node) => nodes.has(node)).length, column)).join(', ');
    const parts = [
      ...(selection?.kind === 'node' ? [`${visibleText(this.index.node(selection.node).name)} selected.`] : []),
      ...(path ? [`On its path: ${numbers(path.nodes)}.`] : []),
      ...(!path || isFiltered(state.filters) ? [`Shown: ${numbers(visible.nodes)}.`] : []),
    ];
    return parts.join(' ');
  }

  /** Once for all that scrolls before the next picture. */
  private redraw(): void {
    if (!this.isWaiting) {
      this.isWaiting = true;
      requestAnimationFrame(() => {
        this.isWaiting = false;
        this.columns.forEach((view) => view.draw());
        this.edges.draw(this.scene);
      });
    }
  }

  private listen(): void {
    this.columns.forEach(({ list }) => list.addEventListener('scroll', () => this.redraw()));
    new ResizeObserver(() => this.redraw()).observe(this.diagram);
    window.addEventListener('popstate', () => this.showAddress());
    window.addEventListener('beforeprint', () => this.table.print(this.scenes.rows(this.scene)));
    window.addEventListener('afterprint', () => this.show(this.scene.state));
    document.addEventListener('keydown', (event) => this.press(event));
  }

  private press(event: KeyboardEvent): void {
    const field = event.target instanceof HTMLInputElement && event.target.type === 'search' ? event.target : undefined;
    const { search } = this.toolbar;
    const isDiagram = this.scene.state.view === 'diagram';
    if (event.key === '/' && !field) {
      search.focus();
    } else if (event.key === 'Escape' && field && field.value !== '') {
      clear(field);
    } else if (event.key === 'Escape' && field && isDiagram) {
      this.keyboard.goTo(undefined);
    } else if (event.key === 'Escape' && field) {
      this.panel.title.focus();
    } else if (event.key === 'Escape' && this.scene.state.selected.length > 0) {
      this.change({ selected: [], isPathOnly: false, page: 1 });
    } else if (event.key === 'Escape' && search.value !== '') {
      clear(search);
    } else if (['Enter', 'ArrowDown'].includes(event.key) && field && isDiagram) {
      this.keyboard.goTo(this.scenes.bestMatch(this.scene));
    } else {
      return;
    }
    event.preventDefault();
  }
}

function clear(field: HTMLInputElement): void {
  field.value = '';
  field.dispatchEvent(new Event('input'));
}
