import { TITLES } from './column-view';
import { button, dataText, element } from './elements';
import { lines, longList } from './explanation';
import { fullName } from './facts';
import { findings } from './findings';
import type { GraphIndex } from './graph-index';
import { COLUMNS } from './order';
import { Outcome, outcomeTag, tag } from './outcomes';
import type { PanelActions } from './panel-actions';
import { counted } from './text';

const KEYS: ReadonlyArray<readonly [keys: string, what: string]> = [
  ['↑ ↓', 'within a column; Home, End, Page Up and Page Down go further'],
  ['← →', 'along the lines to the next column'],
  ['Enter', 'select'],
  ['Esc', 'clear the selection, or the search'],
  ['/', 'search'],
];

/** What the panel shows while nothing is selected: how much there is, what to look at first, and how to read the page. */
export function overview(index: GraphIndex, actions: PanelActions): HTMLElement[] {
  const { nodes, edges, assumed, isComparison } = index.graph;
  const count = (outcome: Outcome) => edges.filter((edge) => edge.outcome === outcome).length;
  const elsewhere = nodes.filter(({ isElsewhere }) => isElsewhere).length;
  const name = (node: number) => element('span', {},
    button({ class: 'link' }, () => actions.selectNode(node), dataText(fullName(nodes[node]))), ' ', element('span', { class: 'of' }, dataText(nodes[node].kind)));
  const steps = (outcome: Outcome) => element('li', {}, outcomeTag(outcome), ' ',
    button({ class: 'link', disabled: count(outcome) === 0 }, () => actions.filterOutcome(outcome), counted(count(outcome), 'line')));
  const changes = (change: 'gained' | 'lost') => [...nodes, ...edges].filter((item) => item.change === change).length;
  return [
    element('h2', { tabindex: '-1' }, 'Overview'),
    element('p', {}, 'Select a workload, a service account, a role, a permission or a line to see its whole path, and why.'),
    element('ul', { class: 'counts' }, ...COLUMNS.map((column) => element('li', {},
      element('b', {}, index.columns[column].length.toLocaleString('en-US')), ` ${TITLES[column].toLowerCase()}`))),
    element('h3', {}, 'How to read the lines'),
    element('ul', { class: 'outcomes' }, steps('ALLOWED'), steps('UNKNOWN'), steps('DENIED'),
      ...(elsewhere > 0 ? [element('li', {}, tag('elsewhere', 'elsewhere'), ' ',
        button({ class: 'link' }, () => actions.search('elsewhere'), `${elsewhere.toLocaleString('en-US')} that no template defines`))] : []),
      ...(isComparison ? [element('li', {}, tag('gained', '+ gained'), ` ${changes('gained')}, `, tag('lost', '− lost'), ` ${changes('lost')}`)] : [])),
    findings(index.findings.all, ({ nodes: about }) => longList(about, 3, name, { class: 'members' })),
    lines('What the answers assume', assumed, 'assumed', 'h3'),
    element('h3', {}, 'Keys'),
    element('dl', { class: 'keys' }, ...KEYS.flatMap(([keys, what]) => [element('dt', {}, element('kbd', {}, keys)), element('dd', {}, what)])),
  ].filter((part) => part !== undefined);
}
