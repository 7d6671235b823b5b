import { clustersOf, concerningLines, footerLines, textOf, whoText } from './report-lines';
import { AccessReport, ReportedRow } from './reports';
import { paint, Style, wrapped } from './style';
import { AccessFinding } from '../verification/access-reason';
import { ReachableRole } from '../verification/access-table-row';
import { placeText } from '../verification/internal/place-text';

/** A block for each principal: its roles, and what each of them may do. The findings follow, each once. */
export function accessText({ rows, findings, assumed }: AccessReport, style: Style): string {
  const hasSeveral = clustersOf(rows).length > 1;
  const said = rows.map((row) => ({ who: whoText(row, hasSeveral), sentences: row.findings.map(({ message }) => message) }));
  return textOf([
    ...(rows.length === 0 ? ['There are no service accounts, workloads or nodegroups in the templates.', ''] : []),
    ...rows.flatMap((row) => blockOf(row, hasSeveral, style)),
    ...concerningLines((whom) => `About ${whom}:`, said, style),
    ...findings.flatMap((finding) => wrapped(findingText(finding), style)),
    ...(findings.length > 0 ? [''] : []),
    ...footerLines(assumed, style),
  ]);
}

const blockOf = (row: ReportedRow, hasSeveral: boolean, style: Style): string[] => [
  ...wrapped(`${whoText(row, hasSeveral)}${detailOf(row)}`, style).map((line) => paint('bold', line, style)),
  ...(row.roles.length === 0 ? ['  no role'] : row.roles.flatMap((role) => roleLines(role, style))),
  '',
];

/** What the name of the principal does not say. */
function detailOf({ who, kind, name, isDefinedElsewhere, serviceAccountName }: ReportedRow): string {
  switch (kind) {
    case 'Role': return '';
    case 'ServiceAccount': return isDefinedElsewhere ? ', which no template defines' : '';
    case 'Nodegroup': return who.endsWith(` ${name}`) ? '' : `, named ${name}`;
    default: return `, with service account ${serviceAccountName}`;
  }
}

const roleLines = ({ role, by, isCertain, atAGlance }: ReachableRole, style: Style): string[] => [
  ...wrapped(`${role} (${by}${isCertain ? '' : ', UNKNOWN'})`, style, 2).map((line) => (isCertain ? line : paint('yellow', line, style))),
  ...(atAGlance.length === 0 ? ['nothing by its own policies'] : atAGlance).flatMap((permission) => wrapped(permission, style, 4, 2)),
];

const findingText = ({ id, message, place }: AccessFinding) => `${id}: ${message}${place ? ` (${placeText(place)})` : ''}`;
