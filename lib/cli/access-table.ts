import { assumedText } from './assumptions';
import { Cell, columns } from './columns';
import { placeText } from './places';
import { printable } from './printable';
import { AccessFinding } from '../verification/access-reason';
import { AccessTableRow, ReachableRole } from '../verification/access-table-row';
import { PodAccess } from '../verification/pod-access';

const HEAD = ['CLUSTER', 'WHO', 'NAMESPACE', 'ACCOUNT', 'ROLE', 'PERMISSIONS AT A GLANCE', 'FINDINGS'];

/** The access table, and the findings about the templates. */
export function accessTable(rows: readonly AccessTableRow[], findings: readonly AccessFinding[], assumed: readonly string[]): string {
  const hasSeveral = new Set(rows.map(({ cluster }) => cluster).filter((cluster) => cluster !== '')).size > 1;
  const table = rows.length === 0
    ? 'There are no service accounts, workloads or nodegroups in the templates.\n'
    : columns(HEAD, rows.map((row) => [hasSeveral ? row.cluster : '', ...cellsOf(row)]));
  return [table, '\n', ...findings.map((finding) => `${printable(findingText(finding))}\n`), assumedText(assumed), `${PodAccess.OUT_OF_SCOPE}\n`].join('');
}

const cellsOf = ({ kind, name, isDefinedElsewhere, namespace = '', serviceAccountName = '', roles, atAGlance, findings }: AccessTableRow): Cell[] => [
  kind === 'Role' ? `whoever role ${name} trusts` : isDefinedElsewhere ? `${kind} ${name}, which no template defines` : `${kind} ${name}`,
  namespace,
  serviceAccountName,
  roles.length === 0 ? 'none' : roles.map(roleText),
  atAGlance.length === 0 ? 'nothing' : atAGlance,
  findings.map(({ message }) => message),
];

const roleText = ({ role, by, isCertain }: ReachableRole) => `${role} (${by}${isCertain ? '' : ', UNKNOWN'})`;

const findingText = ({ id, message, place }: AccessFinding) => `${id}: ${message}${place ? ` (${placeText(place)})` : ''}`;
