import { basename } from 'node:path';
import { BaselineChange, BaselineCheck, Line } from './baseline-check';
import { lineText } from './baseline-file';
import { OUT_OF_SCOPE } from '../../verification/internal/out-of-scope';
import { printable } from '../../verification/internal/printable';
import { assumedText } from '../assumptions';
import { fenced } from '../fenced';
import { textOf } from '../report-lines';
import { BaselineReport } from '../reports';

/** What a check found, for people. */
export const checkText = (report: BaselineReport): string =>
  reported(blocksOf(report).map(({ title, lines }) => textOf([title, ...lines])), report);

/** What a check found, for a pull request. */
export const checkMarkdown = (report: BaselineReport): string =>
  reported(['## Access of pods\n', ...blocksOf(report).map(({ title, lines }) => `${title}\n\n${fenced('diff', lines.join('\n'))}\n`)], report);

const reported = (parts: readonly string[], report: BaselineReport): string =>
  [...parts, `${conclusion(report)}\n`, `${assumedText(report.assumed)}${OUT_OF_SCOPE}\n`].join('\n');

interface Block { readonly title: string; readonly lines: readonly string[] }

/** What nobody approved first, and then what somebody has to approve. */
function blocksOf({ file, lacking, gone, change }: BaselineCheck): Block[] {
  const name = printable(file);
  const blocks = [
    { title: `${name} lacks ${counted(lacking.length)}:`, lines: lacking.map((access) => `+ ${access}`) },
    { title: `${name} has ${counted(gone.length)} that no access has:`, lines: gone.map((line) => `- ${textOfLine(line)}`) },
    ...(change ? [{ title: `What changes in ${name}:`, lines: changeLines(change) }] : []),
  ];
  return blocks.filter(({ lines }) => lines.length > 0);
}

/** GitHub colors the lines of a `diff` block by these signs. */
const changeLines = ({ added, removed, otherReasons }: BaselineChange): string[] => [
  ...added.map((line) => `+ ${textOfLine(line)}`),
  ...removed.map((line) => `- ${textOfLine(line)}`),
  ...otherReasons.map((line) => `! ${textOfLine(line)}${line.reason === '' ? ' (without its reason)' : ''}`),
];

const textOfLine = ({ access, reason }: Line) => lineText(access, reason);

export const counted = (count: number): string => `${count} ${count === 1 ? 'line' : 'lines'}`;

function conclusion({ file, isFine, lines, change, assumed }: BaselineReport): string {
  const name = printable(file);
  const unchanged = change && Object.values(change).every(({ length }) => length === 0) ? ' Nothing changes in the file.' : '';
  const options = assumed.length > 0 ? ' and the same options for what is assumed' : '';
  return isFine
    ? `Access is what ${name} says, in ${counted(lines)}.${unchanged}`
    : `Access is not what ${name} says. If it is intended, write the file, for example with `
      + `npx --no cdk-irsa access cdk.out --baseline ${printable(basename(file))} --write-baseline${options}, and let its owners review the change.`;
}
