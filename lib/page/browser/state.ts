/** What the reader of the page chose. All of it is in the address, so that a link shows the same. */
export interface State {
  /** The keys of a node, or of the two nodes of an edge, or nothing. */
  readonly selected: readonly string[];
  readonly filters: Filters;
  readonly view: View;
  /** Whether only the path of the selection is drawn. */
  readonly isPathOnly: boolean;
  /** Of the table, beginning with 1. */
  readonly page: number;
}

export type View = 'diagram' | 'table';

export const FILTERS = ['search', 'cluster', 'namespace', 'account', 'role', 'service', 'outcome', 'change'] as const;
export type Filters = { readonly [filter in typeof FILTERS[number]]: string };

export const NO_FILTERS = Object.fromEntries(FILTERS.map((filter) => [filter, ''])) as Filters;
export const isFiltered = (filters: Filters) => Object.values(filters).some((value) => value !== '');
export const START: State = { selected: [], filters: NO_FILTERS, view: 'diagram', isPathOnly: false, page: 1 };

export function fragment({ selected, filters, view, isPathOnly, page }: State): string {
  const parameters = new URLSearchParams();
  selected.forEach((key) => parameters.append('selected', key));
  FILTERS.filter((filter) => filters[filter] !== '').forEach((filter) => parameters.set(filter, filters[filter]));
  if (view !== START.view) {
    parameters.set('view', view);
  }
  if (isPathOnly) {
    parameters.set('only', 'path');
  }
  if (page > 1) {
    parameters.set('page', String(page));
  }
  return parameters.size > 0 ? `#${parameters}` : '';
}

export function stateOf(hash: string): State {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    selected: parameters.getAll('selected').slice(0, 2),
    filters: Object.fromEntries(FILTERS.map((filter) => [filter, parameters.get(filter) ?? ''])) as Filters,
    view: parameters.get('view') === 'table' ? 'table' : 'diagram',
    isPathOnly: parameters.get('only') === 'path',
    page: Math.max(1, Math.trunc(Number(parameters.get('page')))) || 1,
  };
}
