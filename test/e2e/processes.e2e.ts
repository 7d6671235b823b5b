import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runningProcesses } from './marks';
import { TestRun } from './runs';
import { startLocalAws } from './start-local-aws';
import { until } from './waiting';
import { LocalAws } from '../../local-aws/local-aws';
import { post } from '../../local-aws/loopback';

const running = (id: number) => runningProcesses().some(({ pid }) => pid === id);
const ROOT = join(__dirname, '..', '..');
const LOCAL_AWS = join(ROOT, 'local-aws');

/** A local AWS with a cluster, as a process whose standard input the test can close. */
async function start() {
  const child = spawn(process.env.LOCAL_AWS_PYTHON!, [join(LOCAL_AWS, 'server', 'local_aws.py')], {
    stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, CONTROL_PLANE: process.env.LOCAL_AWS_KUBERNETES },
  });
  const first = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data).split('\n')[0])));
  child.stdout.resume();
  const { control } = JSON.parse(first);
  const ask = async (request: object) => (await post(control, request)).answer;
  const { kubeconfig } = await ask({ do: 'start_cluster', name: 'test' });
  return { child, kubeconfig, pids: await ask({ do: 'processes' }) as number[] };
}

test.each([
  ['its standard input ends', ({ child }: Awaited<ReturnType<typeof start>>) => child.stdin.end()],
  ['it is terminated', ({ child }) => child.kill('SIGTERM')],
  ['it is interrupted', ({ child }) => child.kill('SIGINT')],
  ['its terminal is closed', ({ child }) => child.kill('SIGHUP')],
  ['it is killed', ({ child }) => child.kill('SIGKILL')],
])('when %s, nothing of the local AWS is left behind', async (how, end) => {
  const local = await start();
  expect(local.pids).toHaveLength(5);
  end(local);
  await until(() => !local.pids.some(running));
  expect(existsSync(local.kubeconfig)).toBe(how === 'it is killed'); // a killed process cannot clean up
});

test.each([
  ['is stopped', (aws: LocalAws) => aws.stop()],
  ['is killed', async (aws) => process.kill((await aws.control({ do: 'processes' }))[0], 'SIGKILL')],
])('when the local AWS %s, no running pod is left behind', async (_, end) => {
  const aws = await startLocalAws({ records: true });
  await aws.control({ do: 'start_cluster', name: 'test' });
  const job = { metadata: { name: 'long' }, spec: { template: { spec: { containers: [{ command: ['sleep', '54.321'] }] } } } };
  const runs = () => runningProcesses().some(({ command }) => command === 'sleep 54.321');
  const failure = aws.control({ do: 'run_job', cluster: 'test', job }).catch((error) => error);
  await until(runs);
  await end(aws);
  await until(() => !runs());
  expect(String(await failure)).toMatch(/socket hang up|has ended by itself/);
  await aws.stop();
});

test('without Python, npm run e2e fails with a one-line error', () => {
  const { status, stdout, stderr } = program(join(__dirname, 'run.ts'));
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: 'Python 3.10 or later is needed, as python3 or python\n' });
});

test('without Go, npm run kubernetes fails with a one-line error', () => {
  const { status, stdout, stderr } = program(join(LOCAL_AWS, 'build-kubernetes.ts'));
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: 'a real Kubernetes is built here with Go 1.26 or later, which is not on the PATH\n' });
});

/** Runs a program with an empty PATH and nothing built. */
const program = (file: string) => spawnSync(process.execPath, ['--import', './bin/tsx.mjs', file], {
  cwd: ROOT, encoding: 'utf8', env: { HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, XDG_CACHE_HOME: '/nowhere', PATH: '/nowhere' },
});

describe('a program that is interrupted ends everything that it started:', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'processes-test-'));
  });
  afterEach(() => {
    TestRun.endAll();
    rmSync(folder, { recursive: true });
  });

  const run = (file: string, environment: NodeJS.ProcessEnv, ...args: string[]) => new TestRun(['--import', './bin/tsx.mjs', file, ...args], environment);

  test.each([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const)('npm run kubernetes, with %s', async (signal, code) => {
    writeFileSync(join(folder, 'go'), '#!/bin/sh\n[ "$1" = version ] && echo go1.26 && exit\nfor word; do case $word in */control-plane-*) touch "$word";; esac; done\nsleep 60\n');
    chmodSync(join(folder, 'go'), 0o755);
    const build = run(join(LOCAL_AWS, 'build-kubernetes.ts'), { PATH: `${folder}:${process.env.PATH}`, XDG_CACHE_HOME: folder });
    await build.runs('sleep 60');
    expect(readdirSync(join(folder, 'cdk-irsa'))).toHaveLength(1);
    build.interrupt(signal);
    expect({ code: await build.ended, errors: build.errors }).toEqual({ code, errors: '\nInterrupted: ending all that runs\n' });
    expect(await build.leftovers()).toEqual([]);
    expect(readdirSync(join(folder, 'cdk-irsa'))).toEqual([]);
  });

  test.each([
    ['while a stack is deployed', ['test/e2e/many.e2e.ts']],
    ['while npm start is tested', ['test/e2e/start.e2e.ts', '-t', 'until Ctrl-C']],
  ])('npm run e2e, %s', async (_, args) => {
    const tests = run(join(__dirname, 'run.ts'), { TMPDIR: folder }, ...args);
    await tests.runs('kube-apiserver');
    tests.interrupt();
    expect(await tests.ended).toBe(130);
    expect(await tests.leftovers()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
