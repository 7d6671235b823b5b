import { read } from './documents';
import { config, linter, messages } from './linter';

const eslint = linter({});
const CLOCK = 'count steps instead of measuring time, and pass in a clock';
const SLEEP = 'wait for an event, or pass in a clock';
const LIMIT = 'testTimeout in .projenrc.ts is the only limit';

test.each([
  ['process.cpuUsage()', CLOCK],
  ['process.hrtime.bigint()', CLOCK],
  ['performance.now()', CLOCK],
  ['Date.now()', CLOCK],
  ['new Date()', CLOCK],
  ["import { performance as time } from 'node:perf_hooks'", CLOCK],
  ['setTimeout(done, 5)', SLEEP],
  ['setInterval(look, 5)', SLEEP],
  ['new Promise((done) => globalThis.setTimeout(done, 5))', SLEEP],
  ["import { scheduler } from 'node:timers/promises'", SLEEP],
  ["import * as timers from 'timers'", SLEEP],
  ['Atomics.wait(memory, 0, 0, 5)', SLEEP],
  ['AbortSignal.timeout(5)', LIMIT],
  ['jest.retryTimes(5)', LIMIT],
  ["test('x', () => {}, 5)", LIMIT],
  ["it('x', () => {}, 5)", LIMIT],
  ["test.only('x', () => {}, 5)", LIMIT],
  ["test.each([1])('x', () => {}, 5)", LIMIT],
  ['beforeAll(() => {}, 5)', LIMIT],
  ['afterEach(() => {}, 5)', LIMIT],
  ["execFileSync('x', [], { timeout: 5 })", LIMIT],
])('a test cannot contain %s', async (statement, message) => {
  expect(await messages(eslint, 'test/identity/x.test.ts', `${statement};\n`)).toEqual([message]);
});

test('a test cannot set the limit of jest', async () => {
  expect(await messages(eslint, 'test/identity/x.test.ts', 'jest.setTimeout(5);\n')).toContain(LIMIT);
});

test.each(['new Date(0)', 'Date.UTC(2026, 0)', "test('x', () => {})", "test.each([1], [2])('x', () => {})", 'setImmediate(done)'])('a test can contain %s', async (statement) => {
  expect(await messages(eslint, 'test/identity/x.test.ts', `${statement};\n`)).toEqual([]);
});

const exceptions: string[] = config.overrides.flatMap(({ excludedFiles = [] }) => excludedFiles);

test.each(exceptions.filter((file) => !file.includes('*')))('%s needs its exception', async (file) => {
  expect(await messages(eslint, 'test/x.ts', read(file))).not.toEqual([]);
  expect(await messages(eslint, file, read(file))).toEqual([]);
});
