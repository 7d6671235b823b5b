// Counts the steps of the workloads of a module, in a process of its own. Arguments: the module, the size.
import { Profiler, Session } from 'node:inspector';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Workload } from './growth';
import { walked } from './walks';

/** How many steps for each of the size may be superlinear, because sorting is. */
const MOST = 10;

/** A function, and the ranges of its code that ran equally often. An outer range comes before those inside it. */
interface Ran {
  readonly script: Profiler.ScriptCoverage;
  readonly name: string;
  readonly ranges: Profiler.CoverageRange[];
}

/** What a workload did. */
interface Work {
  readonly functions: Map<string, Ran>;
  readonly walked: typeof walked;
}

const COUNTING = [__filename, join(__dirname, 'walks.ts')];
const [, , program, given] = process.argv;
const size = Number(given);
const session = new Session(); // which answers before `post` returns
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true }); // before anything that is counted is compiled

/** The code that has run since the last time, and how often. */
function take(): Profiler.ScriptCoverage[] {
  let taken: Profiler.ScriptCoverage[] = [];
  session.post('Profiler.takePreciseCoverage', (_, { result }) => { taken = result; });
  return taken.filter((script) => script.url !== '' && !script.url.startsWith('node:') && !COUNTING.includes(fileOf(script)));
}

function workOf(workload: () => unknown): Work {
  take();
  const before = { ...walked };
  workload();
  const steps = Object.entries(walked).map(([name, count]) => [name, count - before[name]]);
  const functions = take().flatMap((script) => script.functions.map(({ functionName: name, ranges }): [string, Ran] =>
    [[script.scriptId, ranges[0].startOffset, ranges[0].endOffset].join(), { script, name, ranges }]));
  return { functions: new Map(functions), walked: Object.fromEntries(steps) };
}

/** How often each part of the code ran for each of the sizes. */
function* countsOf(works: Work[]): Generator<{ counts: number[]; where: () => string }> {
  for (const name of Object.keys(walked)) {
    yield { counts: works.map((work) => work.walked[name]), where: () => name };
  }
  for (const [id, { script, name }] of new Map(works.flatMap(({ functions }) => [...functions]))) {
    const ranges = works.map(({ functions }) => functions.get(id)?.ranges ?? []);
    for (const start of new Set(ranges.flat().map(({ startOffset }) => startOffset))) {
      const innermost = ranges.map((each) => each.filter(({ startOffset, endOffset }) => startOffset <= start && start < endOffset).pop());
      yield { counts: innermost.map((range) => range?.count ?? 0), where: () => `${relative(join(__dirname, '..', '..'), fileOf(script))} ${name}: ${excerpt(script, start)}` };
    }
  }
}

function superlinear(workload: Workload): string[] {
  workload(size)(); // what is remembered from now on does not count
  const counted = [...countsOf([1, 2, 4].map((factor) => workOf(workload(size * factor))))];
  if (!counted.some(({ counts: [once, twice] }) => twice - once >= size)) {
    return ['the work does not grow with the size'];
  }
  // zero for what always runs equally often, and for what runs equally often for each of the size
  const excess = ([once, twice, fourTimes]: number[]) => (fourTimes - twice) - 2 * (twice - once);
  return counted.filter(({ counts }) => excess(counts) > MOST * size)
    .sort((one, other) => excess(other.counts) - excess(one.counts)).slice(0, 10)
    .map(({ counts, where }) => `${where()}: ${counts.join(', ')} times`);
}

const fileOf = ({ url }: Profiler.ScriptCoverage) => (url.startsWith('file:') ? fileURLToPath(url) : url);

function excerpt({ scriptId }: Profiler.ScriptCoverage, start: number): string {
  let source = '';
  session.post('Debugger.enable');
  session.post('Debugger.getScriptSource', { scriptId }, (_, { scriptSource }) => { source = scriptSource; });
  return source.slice(start, start + 60);
}

const workloads = createRequire(__filename)(program) as { [name: string]: Workload };
console.log(JSON.stringify(Object.fromEntries(Object.entries(workloads).map(([name, workload]) => [name, superlinear(workload)]))));
