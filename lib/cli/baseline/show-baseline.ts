import { checkBaseline } from './baseline-check';
import { BaselineOptions } from './baseline-options';
import { BaselineFormat, baselineReport } from './baseline-report';
import { storedBaseline } from './stored-baseline';
import { writeBaseline } from './write-baseline';
import { PodAccess } from '../../verification/pod-access';
import { EXIT } from '../exit-codes';
import { Io } from '../io';

/** Compares access with a baseline, or writes it, and returns the exit code. */
export function showBaseline(
  access: PodAccess, file: string, { writeBaseline: isWritten, approved }: BaselineOptions, format: BaselineFormat, io: Io,
): number {
  const stored = storedBaseline(file);
  const lines = access._lines;
  if (isWritten) {
    io.out(writeBaseline(file, lines, stored));
    return EXIT.fine;
  }
  if (!stored.baseline) {
    throw new Error(`there is no baseline in ${file}: write it with --write-baseline`);
  }
  const check = checkBaseline(file, lines, stored.baseline, approved === undefined ? undefined : storedBaseline(approved).baseline ?? null);
  io.out(baselineReport(check, access._assumed, format));
  return check.isFine ? EXIT.fine : EXIT.notApproved;
}
