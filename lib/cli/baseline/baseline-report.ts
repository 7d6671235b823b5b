import { BaselineChange, BaselineCheck, Line } from './baseline-check';
import { lineText } from './baseline-file';
import { PodAccess } from '../../verification/pod-access';
import { assumedText } from '../assumptions';
import { json } from '../json';
import { printable } from '../printable';

/** How a report is written. */
export type BaselineFormat = 'text' | 'markdown' | 'json';

/** What a check found. */
export function baselineReport(check: BaselineCheck, assumed: readonly string[], format: BaselineFormat): string {
  if (format === 'json') {
    return json({ ...check, assumed });
  }
  const blocks = blocksOf(check).map(({ title, lines }) => (format === 'text' ? [title, ...lines].map((line) => `${line}\n`).join('') : `${title}\n\n${fenced(lines)}`));
  const parts = [...(format === 'text' ? [] : ['## Access of pods\n']), ...blocks, `${conclusion(check)}\n`, `${assumedText(assumed)}${PodAccess.OUT_OF_SCOPE}\n`];
  return parts.join('\n');
}

interface Block { readonly title: string; readonly lines: readonly string[] }

/** What nobody approved first, and then what somebody has to approve. */
function blocksOf({ file, lacking, gone, change }: BaselineCheck): Block[] {
  const name = printable(file);
  const blocks = [
    { title: `${name} lacks ${counted(lacking.length)}:`, lines: lacking.map((access) => `+ ${access}`) },
    { title: `${name} has ${counted(gone.length)} that no access has:`, lines: gone.map((line) => `- ${textOf(line)}`) },
    ...(change ? [{ title: `What changes in ${name}:`, lines: changeLines(change) }] : []),
  ];
  return blocks.filter(({ lines }) => lines.length > 0);
}

/** GitHub colors the lines of a `diff` block by these signs. */
const changeLines = ({ added, removed, otherReasons }: BaselineChange): string[] => [
  ...added.map((line) => `+ ${textOf(line)}`),
  ...removed.map((line) => `- ${textOf(line)}`),
  ...otherReasons.map((line) => `! ${textOf(line)}${line.reason === '' ? ' (without its reason)' : ''}`),
];

const textOf = ({ access, reason }: Line) => lineText(access, reason);

export const counted = (count: number): string => `${count} ${count === 1 ? 'line' : 'lines'}`;

/** The fence is longer than any in the lines, so that they cannot end it and become Markdown. */
function fenced(lines: readonly string[]): string {
  const text = lines.join('\n');
  const fence = '`'.repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map(({ length }) => length + 1)));
  return `${fence}diff\n${text}\n${fence}\n`;
}

function conclusion({ file, isFine, lines, change }: BaselineCheck): string {
  const name = printable(file);
  const unchanged = change && Object.values(change).every(({ length }) => length === 0) ? ' Nothing changes in the file.' : '';
  return isFine
    ? `Access is what ${name} says, in ${counted(lines)}.${unchanged}`
    : `Access is not what ${name} says.${unchanged} If it is intended, write the file with --write-baseline, and let its owners review the change.`;
}
