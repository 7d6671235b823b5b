import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './runs';

const PAGE = join(ROOT, 'docs', 'performance.md');
const FIGURES = /(?<=<!-- The output of npm run bench -->\n\n)[^]*(?=\n\n<!-- The end of the output of npm run bench -->)/;

/** Replaces the figures of docs/performance.md: all of them, so that they are from one run. */
export function writeFigures(figures: string): void {
  writeFileSync(PAGE, readFileSync(PAGE, 'utf8').replace(FIGURES, () => figures));
}
