import { AccessGraph, GraphNode } from '../../lib/page/access-graph';

const node = (column: GraphNode['column'], name: string, more: Partial<GraphNode> = {}): GraphNode =>
  ({ column, name, group: 'prod / default', kind: 'service account', isElsewhere: false, facts: [], places: [], findings: [], ...more });

/** A small graph that has everything, in which a text is a name, a sentence and a fact. */
export const graphWith = (text: string): AccessGraph => ({
  title: text,
  version: '1.0.0',
  assumed: [text],
  nodes: [
    node('account', text, { isElsewhere: true, facts: [['Namespace', text]], reaches: [0] }),
    node('role', 'Reader', { places: [text], findings: [{ what: text, settledBy: '' }], change: 'lost' }),
    node('permission', 'GetObject', { group: 's3', command: text, change: 'gained' }),
  ],
  edges: [
    { from: 0, to: 1, by: 'IRSA', outcome: 'UNKNOWN', why: ['a  b', ''], settledBy: [text], places: [], change: 'lost' },
    { from: 1, to: 2, by: '', outcome: 'DENIED', why: [text], settledBy: [], places: [text] },
  ],
  findings: [{ what: text, settledBy: 'here' }],
  isComparison: true,
});
