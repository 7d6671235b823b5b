import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const running = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const LOCAL_AWS = join(__dirname, '..', 'local-aws');

/** A local AWS with a cluster in it, as a process whose standard input ends when asked to. */
async function start() {
  const child = spawn(process.env.LOCAL_AWS_PYTHON!, [join(LOCAL_AWS, 'server', 'local_aws.py')], {
    stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, CONTROL_PLANE: process.env.LOCAL_AWS_KUBERNETES },
  });
  const first = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data).split('\n')[0])));
  child.stdout.resume();
  const { control } = JSON.parse(first);
  const ask = async (request: object) => ((await (await fetch(`http://127.0.0.1:${control}`, { method: 'POST', body: JSON.stringify(request) })).json()) as { answer: any }).answer;
  const { kubeconfig } = await ask({ do: 'start_cluster', name: 'test' });
  return { child, kubeconfig, pids: await ask({ do: 'processes' }) as number[] };
}

test.each([
  ['its standard input ends', ({ child }: Awaited<ReturnType<typeof start>>) => child.stdin.end()],
  ['it is terminated', ({ child }) => child.kill('SIGTERM')],
  ['it is interrupted', ({ child }) => child.kill('SIGINT')],
  ['it is killed', ({ child }) => child.kill('SIGKILL')],
])('when %s, nothing of the local AWS is left behind', async (how, end) => {
  const local = await start();
  expect(local.pids).toHaveLength(5);
  end(local);
  for (let i = 0; i < 300 && local.pids.some(running); i++) {
    await setTimeout(100);
  }
  expect(local.pids.filter(running)).toEqual([]);
  expect(existsSync(local.kubeconfig)).toBe(how === 'it is killed'); // only what kills cannot be cleaned up after
});

test('without Python, npm run e2e says so in one line', () => {
  const { status, stdout, stderr } = program(join(__dirname, 'run.ts'));
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: 'the local AWS needs Python 3.10 or later, as python3 or python\n' });
});

test('without Go, npm run kubernetes says so in one line', () => {
  const { status, stdout, stderr } = program(join(LOCAL_AWS, 'build-kubernetes.ts'));
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: 'a real Kubernetes is built here with Go 1.26 or later, which is not on the PATH\n' });
});

/** Runs a program where there is nothing on the PATH, and nothing has been built. */
const program = (file: string) => spawnSync(process.execPath, ['--import', 'tsx', file], { encoding: 'utf8', env: { HOME: process.env.HOME, XDG_CACHE_HOME: '/nowhere', PATH: '/nowhere' } });
