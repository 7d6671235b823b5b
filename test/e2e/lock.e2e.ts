import { spawn, ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from './waiting';

const LOCK = resolve(__dirname, '..', '..', 'local-aws', 'lock.cjs');
/** Holds the lock for some time, or until a file exists, and logs that. The log shows whether two runs held it at once. */
const PROGRAM = `
  const { alone } = require('./local-aws/lock.cjs');
  const { appendFileSync, existsSync } = require('node:fs');
  const { setTimeout } = require('node:timers/promises');
  alone(async () => {
    appendFileSync('log', 'takes ');
    await setTimeout(Number(process.argv[1]));
    while (process.argv[2] && !existsSync(process.argv[2])) {
      await setTimeout(20);
    }
    appendFileSync('log', 'leaves ');
  });`;
let folder: string;
let started: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-test-'));
  mkdirSync(join(folder, 'local-aws'));
  copyFileSync(LOCK, join(folder, 'local-aws', 'lock.cjs'));
  started = [];
});
afterEach(() => {
  started.forEach((child) => child.kill('SIGKILL'));
  rmSync(folder, { recursive: true });
});

const lock = () => join(folder, 'set-up.pid.lock');
const log = () => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '');

/** A run that holds the lock for this long, in milliseconds, or until this file exists. */
function hold(duration: number, file = '') {
  const child = spawn(process.execPath, ['-e', PROGRAM, String(duration), file], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  started.push(child);
  let errors = '';
  child.stderr.on('data', (data) => errors += data);
  return { child, said: () => errors, ended: new Promise<string>((done) => child.on('close', () => done(errors))) };
}

const holding = () => until(() => log().endsWith('takes '));

test('runs hold the lock one after the other, and waiting runs say so', async () => {
  const runs = [hold(0, 'released'), hold(0, 'released'), hold(0, 'released')];
  await until(() => runs.filter(({ said }) => said() !== '').length === 2);
  writeFileSync(join(folder, 'released'), '');
  const errors = await Promise.all(runs.map(({ ended }) => ended));
  expect(log()).toBe('takes leaves takes leaves takes leaves ');
  expect(errors.sort()).toEqual(['', 'Waiting for another run that sets up this folder\n', 'Waiting for another run that sets up this folder\n']);
  expect(existsSync(lock())).toBe(false);
});

test('a run that works for a long time keeps the lock', async () => {
  const first = hold(13_000);
  await holding();
  const second = hold(0);
  await Promise.all([first.ended, second.ended]);
  expect(log()).toBe('takes leaves takes leaves ');
});

test('a run that was killed does not keep the lock', async () => {
  const first = hold(60_000);
  await holding();
  first.child.kill('SIGKILL');
  await first.ended;
  expect(existsSync(lock())).toBe(true);
  await Promise.all([hold(300), hold(300)].map(({ ended }) => ended));
  expect(log()).toBe('takes takes leaves takes leaves ');
});

test.each([
  ['is empty', ''],
  ['names the ID of a process that has been reused', `${process.pid} 1b2f`],
])('a lock that %s is free if it has not been renewed for a while', async (_, content) => {
  writeFileSync(lock(), content);
  utimesSync(lock(), 0, 0);
  const start = Date.now();
  expect(await hold(0).ended).toBe('Waiting for another run that sets up this folder\n');
  expect(Date.now() - start).toBeGreaterThan(9_000);
  expect(log()).toBe('takes leaves ');
});

test('a lock with invalid content is free', async () => {
  writeFileSync(lock(), 'who knows');
  expect(await hold(0).ended).toBe('');
});
