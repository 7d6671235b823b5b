import { assumedText } from './assumptions';
import { changeText, conclusion, Group, groupsOf, oneLine } from './diff-groups';
import { AccessChangeKind, AccessDiff } from '../verification/access-diff';
import { PodAccess } from '../verification/pod-access';

const SIGNS: { readonly [kind in AccessChangeKind]: string } = { GAINED: '+', LOST: '-', UNKNOWN: '?' };

/** A diff for a terminal. */
export const diffText = ({ changes }: AccessDiff, assumed: readonly string[]): string =>
  `${[...groupsOf(changes).map(groupText), conclusion(changes)].join('\n')}\n${assumedText(assumed)}${PodAccess.OUT_OF_SCOPE}\n`;

const groupText = ({ subjects, changes }: Group) =>
  [subjects.map(oneLine).join(', '), ...changes.map((change) => `  ${SIGNS[change.kind]} ${changeText(change)}`), ''].join('\n');
