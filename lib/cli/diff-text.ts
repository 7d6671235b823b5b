import { changeText, conclusion, Group, groupsOf, oneLine } from './diff-groups';
import { footerLines, textOf } from './report-lines';
import { DiffReport } from './reports';
import { paint, Style, wrapped } from './style';
import { AccessChangeKind } from '../verification/access-diff';

const SIGNS: { readonly [kind in AccessChangeKind]: string } = { GAINED: '+', LOST: '-', UNKNOWN: '?' };
const COLORS = { GAINED: 'green', LOST: 'red', UNKNOWN: 'yellow' } as const;

/** A diff for a terminal. */
export const diffText = ({ changes, assumed }: DiffReport, style: Style): string =>
  textOf([...groupsOf(changes).flatMap((group) => groupLines(group, style)), conclusion(changes), ...footerLines(assumed, style)]);

const groupLines = ({ affected, changes }: Group, style: Style): string[] => [
  ...wrapped(affected.map(oneLine).join(', '), style).map((line) => paint('bold', line, style)),
  ...changes.flatMap((change) => wrapped(`${SIGNS[change.kind]} ${changeText(change)}`, style, 2).map((line) => paint(COLORS[change.kind], line, style))),
  '',
];
