import { button, element } from './elements';
import { factOf } from './facts';
import type { GraphIndex } from './graph-index';
import type { Scene } from './scene';
import { FILTERS, Filters, isFiltered, NO_FILTERS, State } from './state';
import { visibleText } from './text';

type Filter = typeof FILTERS[number];

const LABELS: { readonly [filter in Filter]: string } = {
  search: 'Search', cluster: 'Cluster', namespace: 'Namespace', account: 'Account', role: 'Role', service: 'Service', outcome: 'Outcome', change: 'Change',
};

/** Search, filters and the choice between diagram and table. */
export class Toolbar {
  readonly form = element('form', { 'class': 'toolbar', 'role': 'search', 'aria-label': 'Search and filters' });
  readonly views = element('div', { 'class': 'views', 'role': 'group', 'aria-label': 'View' });
  private readonly inputs = new Map<Filter, HTMLInputElement | HTMLSelectElement>();
  private readonly reset: HTMLButtonElement;

  constructor(index: GraphIndex, private readonly filter: (filters: Filters) => void, private readonly view: (view: State['view']) => void) {
    const { nodes, isComparison } = index.graph;
    const values = (value: (node: number) => string | undefined) => [...new Set([...nodes.keys()].flatMap((node) => value(node) ?? []))].sort();
    this.text('search', 'Names, ARNs, actions, findings …');
    this.choice('cluster', values((node) => factOf(nodes[node], 'cluster')));
    this.choice('namespace', values((node) => factOf(nodes[node], 'namespace')));
    this.text('account', '');
    this.text('role', '');
    this.choice('service', values((node) => (nodes[node].column === 'permission' ? nodes[node].group : undefined)));
    this.choice('outcome', ['ALLOWED', 'UNKNOWN', 'DENIED']);
    this.choice('change', isComparison ? ['gained', 'lost'] : []);
    this.reset = button({ class: 'reset' }, () => this.filter(NO_FILTERS), 'Clear filters');
    const toggle = () => more.setAttribute('aria-expanded', String(this.form.classList.toggle('open')));
    const more = button({ 'class': 'toggle', 'aria-expanded': 'false' }, toggle, 'Filters');
    this.form.children[0].after(more);
    this.form.append(this.reset);
    this.form.addEventListener('submit', (event) => event.preventDefault());
    for (const choice of ['diagram', 'table'] as const) {
      this.views.append(button({ 'data-view': choice }, () => this.view(choice), choice === 'diagram' ? 'Diagram' : 'Table'));
    }
  }

  get search(): HTMLInputElement {
    return this.inputs.get('search') as HTMLInputElement;
  }

  show({ state }: Scene): void {
    for (const [filter, input] of this.inputs) {
      if (input.value !== state.filters[filter]) {
        if (input instanceof HTMLSelectElement && ![...input.options].some(({ value }) => value === state.filters[filter])) {
          input.append(element('option', { value: state.filters[filter] }, visibleText(state.filters[filter])));
        }
        input.value = state.filters[filter];
      }
      input.classList.toggle('set', input.value !== '');
    }
    this.reset.hidden = !isFiltered(state.filters);
    this.views.querySelectorAll('button').forEach((choice) => choice.setAttribute('aria-pressed', String(choice.dataset.view === state.view)));
  }

  private text(filter: Filter, placeholder: string): void {
    this.field(filter, element('input', { type: 'search', placeholder, autocomplete: 'off', spellcheck: 'false' }));
  }

  private choice(filter: Filter, values: readonly string[]): void {
    if (values.length > 0) {
      this.field(filter, element('select', {}, element('option', { value: '' }, 'all'), ...values.map((value) => element('option', { value }, visibleText(value)))));
    }
  }

  private field(filter: Filter, input: HTMLInputElement | HTMLSelectElement): void {
    this.inputs.set(filter, input);
    input.name = filter;
    input.id = `filter-${filter}`;
    input.addEventListener('input', () => this.filter(
      Object.fromEntries(FILTERS.map((name) => [name, this.inputs.get(name)?.value ?? ''])) as Filters));
    this.form.append(element('div', { class: `field ${filter}` }, element('label', { for: input.id }, LABELS[filter]), input));
  }
}
