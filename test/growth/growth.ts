import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../documents';

/** Prepares what it needs for a size, and returns the work that is counted. */
export type Workload = (size: number) => () => unknown;

/**
 * For each workload that a module exports: the code whose steps grow faster than the size, which is doubled twice. A number of steps is the same on
 * every machine, unlike the time that they take.
 *
 * V8 counts how often each block of code runs. The process is new, because V8 cannot count in code that is compiled already, and does not optimize,
 * because V8 leaves out counts in optimized code. Not counted are the steps of regular expressions, and of `...` with objects.
 */
export function superlinear(program: string, size: number): { readonly [workload: string]: readonly string[] } {
  const args = ['--no-opt', '--no-maglev', '--import', './bin/tsx.mjs', join(__dirname, 'count.ts'), program, String(size)];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }));
}
