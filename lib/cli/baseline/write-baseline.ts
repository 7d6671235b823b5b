import { statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { changeBetween } from './baseline-check';
import { Baseline, baselineText, lineText } from './baseline-file';
import { counted } from './baseline-report';
import { storedBaseline } from './stored-baseline';
import { printable } from '../../verification/internal/printable';
import { PodAccess } from '../../verification/pod-access';
import { textOf } from '../report-lines';

/**
 * Writes the access into a baseline. Lines that stay keep their reasons. A line that changed loses its reason, because that was about something else.
 *
 * @returns what changed in the file.
 * @throws if the folder of the file does not exist.
 */
export function writeBaseline(file: string, access: PodAccess): string {
  if (!statSync(dirname(file), { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`${file} cannot be written, because there is no folder ${dirname(file)}: create it, or correct the name`);
  }
  const { baseline: before = new Map(), lineEnd } = storedBaseline(file);
  const after: Baseline = new Map(access._internal.lines.map((line) => [line, before.get(line) ?? '']));
  const { added, removed } = changeBetween(before, after);
  writeFileSync(file, baselineText(after, lineEnd));
  const lost = removed.filter(({ reason }) => reason !== '');
  return textOf([
    `Wrote ${printable(file)}: ${counted(after.size)}, ${added.length} new, ${removed.length} gone.`,
    ...(lost.length === 0 ? [] : ['Gone with a reason. If a new line takes its place, write the reason there:']),
    ...lost.map(({ access: line, reason }) => `- ${lineText(line, reason)}`),
  ]);
}
