import type { GraphFinding } from '../access-graph';
import { dataText, element } from './elements';
import { counted } from './text';

export function findings(all: readonly GraphFinding[]): HTMLElement | undefined {
  return all.length === 0 ? undefined : element('div', { class: 'findings' },
    element('h3', {}, counted(all.length, 'finding')),
    element('ul', {}, ...all.map(({ what, settledBy }) => element('li', {}, element('p', {}, dataText(what)),
      settledBy ? element('p', { class: 'settled' }, dataText(settledBy)) : undefined))));
}
