import type { GraphIndex } from './graph-index';
import type { Selection } from './selection';
import type { AccessRow, Ways } from './ways';

/** The rows of the table: what filters leave, through what is selected. A service account has rows of its own where no workload has them. */
export function tableRows(index: GraphIndex, ways: Ways, rows: Iterable<AccessRow>, selection: Selection | undefined): AccessRow[] {
  const ofWorkloads = new Set(ways.all.filter(({ principal }) => principal !== undefined && index.column(principal) === 'workload')
    .flatMap(({ nodes, role }) => nodes.filter((node) => index.column(node) === 'account').map((account) => `${account} ${role}`)));
  const isRepeated = ({ way: { principal, role } }: AccessRow) => principal !== undefined && index.column(principal) === 'account'
    && (ofWorkloads.has(`${principal} ${role}`) || (role === undefined && index.incoming[principal].length > 0));
  const isThrough = ({ way, permission, edge }: AccessRow) => {
    switch (selection?.kind) {
      case undefined:
      case 'missing': return true;
      case 'node': return permission === selection.node || way.nodes.includes(selection.node);
      case 'edges': return selection.edges.some((chosen) => chosen === edge || way.edges.includes(chosen));
    }
  };
  return [...rows].filter((row) => isThrough(row) && !isRepeated(row));
}
