// What the proof of access takes, in a process of its own. Arguments: the module of the library, the folder of a cloud assembly.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { verification } from '../../lib';

/** Processor time in seconds; memory in bytes, the most that the process had. */
export interface MeasuredAccess {
  readonly read: number;
  readonly decision: number;
  readonly table: number;
  readonly rows: number;
  readonly memory: number;
}

const [, library, assembly] = process.argv;
const { PodAccess } = createRequire(join(process.cwd(), 'package.json'))(library).verification as typeof verification;

function timed<T>(work: () => T): [T, number] {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1e6];
}

const [access, read] = timed(() => PodAccess.fromAssembly(assembly));
const [, decision] = timed(() => access.pod({ serviceAccountName: 'account-0' }).assertDenied('s3:PutObject'));
const [rows, table] = timed(() => access.principals.map(({ row }) => row));
const measured: MeasuredAccess = { read, decision, table, rows: rows.length, memory: process.resourceUsage().maxRSS * 1024 };
console.log(JSON.stringify(measured));
