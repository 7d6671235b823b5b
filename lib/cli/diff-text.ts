import { assumedText } from './assumptions';
import { changeText, conclusion, Group, groupsOf, oneLine } from './diff-groups';
import { DiffReport } from './reports';
import { paint, Style } from './style';
import { AccessChangeKind } from '../verification/access-diff';
import { PodAccess } from '../verification/pod-access';

const SIGNS: { readonly [kind in AccessChangeKind]: string } = { GAINED: '+', LOST: '-', UNKNOWN: '?' };
const COLORS = { GAINED: 'green', LOST: 'red', UNKNOWN: 'yellow' } as const;

/** A diff for a terminal. */
export const diffText = ({ changes, assumed }: DiffReport, style: Style): string =>
  `${[...groupsOf(changes).map((group) => groupText(group, style)), conclusion(changes)].join('\n')}\n${assumedText(assumed)}${PodAccess.OUT_OF_SCOPE}\n`;

const groupText = ({ subjects, changes }: Group, style: Style) => [
  paint('bold', subjects.map(oneLine).join(', '), style),
  ...changes.map((change) => `  ${paint(COLORS[change.kind], `${SIGNS[change.kind]} ${changeText(change)}`, style)}`),
  '',
].join('\n');
