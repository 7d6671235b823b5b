import { existsSync } from 'node:fs';
import { checkBaseline } from './baseline-check';
import { storedBaseline } from './stored-baseline';
import { PodAccess } from '../../verification/pod-access';
import { BaselineReport } from '../reports';

/**
 * Reads a baseline, and compares access with it.
 *
 * @param approved the file with the version that was approved before. An empty one approves nothing.
 */
export function baselineReport(access: PodAccess, file: string, approved?: string): BaselineReport {
  const { baseline } = storedBaseline(file);
  if (!baseline) {
    throw new Error(`there is no baseline in ${file}: correct the name, or write a new file with --write-baseline`);
  }
  if (approved !== undefined && !existsSync(approved)) {
    throw new Error(`there is no file ${approved}: correct the name, or if nothing was approved before, give an empty file`);
  }
  const before = approved === undefined ? undefined : storedBaseline(approved).baseline ?? new Map<string, string>();
  return { report: 'baseline', ...checkBaseline(file, access._internal.lines, baseline, before), assumed: access._internal.assumed };
}
