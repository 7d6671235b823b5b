import { assumedText } from './assumptions';
import { changeText, conclusion, Group, groupsOf, oneLine } from './diff-groups';
import { fenced } from './fenced';
import { DiffReport } from './reports';
import { AccessChangeKind } from '../verification/access-diff';
import { OUT_OF_SCOPE } from '../verification/internal/out-of-scope';

/** GitHub colors the lines of a `diff` block by these signs. */
const SIGNS: { readonly [kind in AccessChangeKind]: string } = { GAINED: '+', LOST: '-', UNKNOWN: '!' };

/** A diff for a pull request. */
export function diffMarkdown({ changes, assumed }: DiffReport): string {
  const lines = groupsOf(changes).map(groupLines).join('\n\n');
  const block = lines === '' ? [] : [fenced('diff', lines)];
  const assumptions = assumed.length > 0 ? [assumedText(assumed).trimEnd()] : [];
  return ['## Access of pods', conclusion(changes), ...block, ...assumptions, OUT_OF_SCOPE].map((part) => `${part}\n`).join('\n');
}

const groupLines = ({ affected, changes }: Group) =>
  [`@@ ${affected.map(oneLine).join(', ')} @@`, ...changes.map((change) => `${SIGNS[change.kind]} ${changeText(change)}`)].join('\n');
