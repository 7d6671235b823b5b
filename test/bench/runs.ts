import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { succeed } from '../../local-aws/commands';

export const ROOT = resolve(__dirname, '..', '..');
/** How often each work is done, unless something else is given. */
export const RUNS = 9;

/** Does each work several times, in turns, so that all of them are measured while the machine does the same. None is always the first. Returns the results of each. */
export async function inTurns<T>(works: (() => Promise<T>)[], runs = RUNS): Promise<T[][]> {
  const results: T[][] = works.map(() => []);
  for (let i = 0; i < runs; i++) {
    const turn = [...works.entries()];
    for (const [n, work] of i % 2 === 0 ? turn : turn.reverse()) {
      results[n].push(await work());
    }
  }
  return results;
}

/** Runs JavaScript in a Node.js of its own, and returns what it has written as JSON in the last line. The CDK writes others if an app has plugins. */
export async function evaluate<T>(script: string, ...args: string[]): Promise<T> {
  const lines = (await succeed(process.execPath, ['--eval', script, ...args], { cwd: ROOT })).trim().split('\n');
  return JSON.parse(lines[lines.length - 1]);
}

/** A program of this folder as JavaScript. If the measured process had to compile it, that would be measured, too. */
export function compiled(program: string): string {
  const options = { bundle: true, packages: 'external', platform: 'node', format: 'cjs', write: false } as const;
  return buildSync({ ...options, entryPoints: [join(__dirname, program)] }).outputFiles[0].text;
}
