import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findPython } from '../../local-aws/virtual-environment';

export interface Verdict {
  readonly decision?: 'ALLOWED' | 'DENIED';
  readonly why?: 'allow' | 'explicit deny' | 'implicit deny';
  readonly error?: string;
}

const PROGRAM = join(__dirname, '..', '..', 'local-aws', 'server', 'judge.py');
const PYTHON = findPython();

/** Runs tests that need Python. Without it, they are reported as skipped, because `npm cit` does not need Python. */
export const describeWithPython = PYTHON ? describe : describe.skip;

/** The decisions of the local AWS on cases, whose format is in `local-aws/server/judge.py`. None without Python. */
export function judge(cases: readonly object[]): Verdict[] {
  if (!PYTHON) {
    return [];
  }
  const input = cases.map((one) => JSON.stringify(one)).join('\n');
  const { status, stdout, stderr } = spawnSync(PYTHON, [PROGRAM], { input, encoding: 'utf8', maxBuffer: 64e6 });
  if (status !== 0) {
    throw new Error(stderr);
  }
  return stdout.trim().split('\n').map((line) => JSON.parse(line));
}
