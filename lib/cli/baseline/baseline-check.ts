import { Baseline } from './baseline-file';

/** A line of a baseline. */
export interface Line {
  readonly access: string;
  /** Why it is approved; empty if nobody said so. */
  readonly reason: string;
}

/** What is in one version of a baseline only, and the lines whose reasons differ. */
export interface BaselineChange {
  readonly added: readonly Line[];
  readonly removed: readonly Line[];
  readonly otherReasons: readonly Line[];
}

/** Whether access is what a baseline says. */
export interface BaselineCheck {
  /** The name of the file. */
  readonly file: string;
  readonly isFine: boolean;
  /** How many lines the access has. */
  readonly lines: number;
  /** What the file lacks: nobody approved it. */
  readonly lacking: readonly string[];
  /** What the file approves although it is not there. If it stayed, it would approve a later change. */
  readonly gone: readonly Line[];
  /** What changes in the file. @default - it is not compared with another version */
  readonly change?: BaselineChange;
}

/**
 * Compares access with a baseline.
 *
 * @param approved the version of the baseline that was approved before.
 */
export function checkBaseline(file: string, access: readonly string[], baseline: Baseline, approved?: Baseline): BaselineCheck {
  const now = new Set(access);
  const [lacking, gone] = [access.filter((line) => !baseline.has(line)), linesOf(baseline).filter((line) => !now.has(line.access))];
  const change = approved === undefined ? undefined : changeBetween(approved, baseline);
  return { file, isFine: lacking.length + gone.length === 0, lines: access.length, lacking, gone, change };
}

/** What changes from one version of a baseline to another one. */
export const changeBetween = (before: Baseline, after: Baseline): BaselineChange => ({
  added: linesOf(after).filter(({ access }) => !before.has(access)),
  removed: linesOf(before).filter(({ access }) => !after.has(access)),
  otherReasons: linesOf(after).filter(({ access, reason }) => before.has(access) && before.get(access) !== reason),
});

const linesOf = (baseline: Baseline): Line[] =>
  [...baseline].map(([access, reason]) => ({ access, reason })).sort((one, other) => (one.access < other.access ? -1 : 1));
