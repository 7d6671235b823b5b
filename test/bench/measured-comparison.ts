// What a comparison takes, in a process of its own. Arguments: the module of the library, what is compared.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { COMPARED } from './compared';
import type { verification } from '../../lib';

/** Processor time in seconds, with reading both sides; memory in bytes, the most that the process had. */
export interface MeasuredComparison {
  readonly cpu: number;
  readonly changes: number;
  readonly memory: number;
}

const [, library, title] = process.argv;
const { AccessDiff, PodAccess } = createRequire(join(process.cwd(), 'package.json'))(library).verification as typeof verification;

const { before, after, assumptions } = COMPARED[title]();
const start = process.cpuUsage();
const [old, now] = [before, after].map((templates) => PodAccess.fromTemplates({ ...templates }).assume(assumptions));
const { changes } = AccessDiff.between(old, now);
const { user, system } = process.cpuUsage(start);
const measured: MeasuredComparison = { cpu: (user + system) / 1e6, changes: changes.length, memory: process.resourceUsage().maxRSS * 1024 };
console.log(JSON.stringify(measured));
