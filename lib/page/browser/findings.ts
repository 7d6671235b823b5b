import type { GraphFinding } from '../access-graph';
import { dataText, element } from './elements';
import { longList } from './explanation';
import { counted } from './text';

/** Findings before the reader asks for more. */
const FEW = 10;

export function findings<T extends GraphFinding>(all: readonly T[], about?: (finding: T) => HTMLElement): HTMLElement | undefined {
  return all.length === 0 ? undefined : element('div', { class: 'findings' },
    element('h3', {}, counted(all.length, 'finding')),
    longList(all, FEW, (finding) => element('div', { class: 'finding' }, element('p', {}, dataText(finding.what)),
      finding.settledBy ? element('p', { class: 'settled' }, dataText(finding.settledBy)) : undefined, about?.(finding)), { class: 'entries' }));
}
