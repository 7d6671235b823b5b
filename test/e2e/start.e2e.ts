import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { TestRun } from './runs';

jest.setTimeout(300_000);
const ROOT = resolve(__dirname, '..', '..');
const START = [join('bin', 'start.mjs')];
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
let temporary: string;

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'start-test-'));
});
afterEach(() => rmSync(temporary, { recursive: true, force: true }));

/** npm start, whose temporary files are in a folder of this test. */
const start = (environment: NodeJS.ProcessEnv = {}, args: string[] = []) => new TestRun([...START, ...args], { TMPDIR: temporary, ...environment });
/** Where no Kubernetes has been built. */
const records = () => ({ XDG_CACHE_HOME: join(temporary, 'cache') });
/** Without what differs from run to run. */
const timeless = (text: string) => text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '<date>').replace(/\b(\d+[hms])+\b|\d+ s\b/g, '<time>').replace(/(s3-listonly[a-z0-9-]*-)[a-z0-9]{5}\b/g, '$1<pod>').replace(/ +/g, ' ');
/** What is in the temporary folder, but for what tools cache there. */
const files = () => readdirSync(temporary).filter((name) => !['node-compile-cache', 'cache'].includes(name) && !name.startsWith('tsx-'));
/** Text blocks of the README. */
const blocks = [...readme.matchAll(/```text\n(.*?)```/gs)].map(([, block]) => timeless(block));

test('npm start ends with outcomes as expected, with records and with a real Kubernetes, side by side, as the README shows', async () => {
  const runs = [start(records()), start()];
  for (const run of runs) {
    expect({ code: await run.ended, errors: run.errors, output: run.output }).toEqual({ code: 0, errors: '', output: expect.any(String) });
  }
  const [withRecords, withKubernetes] = runs.map(({ output }) => timeless(output));
  expect(blocks).toContain(withRecords);
  expect(withKubernetes).toMatch(/job.batch\/s3-listonly Complete 1\/1 .*All 14 outcomes are as expected/s);
  const shown = blocks.find((block) => block.startsWith('$ kubectl get jobs,pods\n'))!;
  expect(withKubernetes.split('\n')).toEqual(expect.arrayContaining(shown.split('\n'))); // names of pods order them anew each time
  expect(await Promise.all(runs.map((run) => run.leftovers()))).toEqual([[], []]);
  expect(files()).toEqual([]);
});

test('an outcome that differs is marked, and npm start fails', async () => {
  const run = start(records(), ['-c', 'podImdsAccess=true']);
  expect(await run.ended).toBe(1);
  expect(run.output).toMatch(/^a Job without a service account +aws s3 ls +Failed: no credentials +Failed: AccessDenied   <-- differs$/m);
  expect(run.output).toMatch(/^1 of 14 outcomes differ from what is expected$/m);
});

test.each([
  'cdk synth IrsaTestStack ...',
  'Starting a local AWS',
  'cdk bootstrap ...',
  'cdk deploy IrsaTestStack ...',
  'Jobs, the node, and attacks ...',
  'with podImdsAccess: true ...',
])('Ctrl-C at "%s" ends it, and all that it has started', async (line) => {
  const run = start();
  await run.says(line);
  run.interrupt();
  expect(await run.ended).toBe(130);
  expect(run.errors).toMatch(/\nInterrupted: ending all that runs\n$/);
  expect(await run.leftovers()).toEqual([]);
  expect(files()).toEqual([]);
});

test('Ctrl-C while packages are installed ends npm, and the next run starts anew', async () => {
  mkdirSync(join(temporary, 'bin'));
  for (const file of ['package.json', 'package-lock.json', '.npmrc', 'bin/start.mjs', 'bin/lock.cjs']) {
    copyFileSync(join(ROOT, file), join(temporary, file));
  }
  for (let i = 0; i < 2; i++) {
    const run = new TestRun(START, {}, temporary);
    await run.says('Installing Node.js packages, once ...');
    run.interrupt();
    expect({ code: await run.ended, errors: run.errors }).toEqual({ code: 130, errors: '\nInterrupted\n' });
    expect(await run.leftovers()).toEqual([]);
  }
});

test('npm start -- --keep leaves it up until Ctrl-C, and says how to get at it', async () => {
  const run = start({}, ['--keep']);
  await run.says('export PATH=');
  const variables = Object.fromEntries([...run.output.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  const { PATH, ...environment } = variables;
  const aws = new TestRun(['-e', 'require("child_process").spawnSync("aws", ["s3", "ls"], { stdio: "inherit" })'], { ...environment, PATH: PATH.replace('$PATH', process.env.PATH!) });
  expect(await aws.ended).toBe(0);
  expect(aws.output).toContain('first-bucket');
  expect(JSON.parse(readFileSync(environment.KUBECONFIG, 'utf8')).clusters[0].cluster.server).toMatch(/^https:\/\/127\.0\.0\.1:/);
  run.interrupt();
  expect(await run.ended).toBe(130);
  expect(await run.leftovers()).toEqual([]);
});

test('a control plane that does not start shows the end of its log', async () => {
  const { LOCAL_AWS_KUBERNETES: kubernetes } = process.env;
  const fake = join(temporary, 'cache', 'cdk-irsa', basename(kubernetes!));
  mkdirSync(dirname(fake), { recursive: true });
  writeFileSync(fake, '#!/bin/sh\necho "no room for etcd" >&2\nexit 1\n');
  chmodSync(fake, 0o755);
  const run = start(records());
  expect(await run.ended).toBe(1);
  expect(run.errors).toMatch(/^CREATE_FAILED AWS::EKS::Cluster \w+: kube-apiserver did not start; the end of its log:\nno room for etcd\ncdk deploy IrsaTestStack failed\n$/);
  expect(await run.leftovers()).toEqual([]);
});

describe('a Python', () => {
  const folder = () => join(temporary, 'venv');

  /** Installs with a python3 of which only the version is as it should be. */
  async function install(script: string): Promise<Pick<TestRun, 'errors'> & { code: number | null }> {
    writeFileSync(join(temporary, 'python3'), `#!/bin/sh\n[ "$1" = --version ] && echo Python 3.12.1 && exit\n${script}`);
    chmodSync(join(temporary, 'python3'), 0o755);
    const program = 'require("./test/local-aws/python").python(process.argv[1]).catch(({ message }) => { console.error(message); process.exitCode = 1; })';
    const run = new TestRun(['--import', 'tsx', '-e', program, folder()], { PATH: `${temporary}:${process.env.PATH}` });
    return { code: await run.ended, errors: run.errors };
  }

  test('without venv is said so in the words of Python', async () => {
    expect(await install('echo "No module named venv" >&2; exit 1\n')).toEqual({ code: 1, errors: `No module named venv\npython3 -m venv ${folder()} failed\n` });
  });

  test('whose pip fails is tried anew in the next run, from an empty folder', async () => {
    const venv = '[ "$2" = venv ] && mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && exit\n';
    expect(await install(`${venv}echo "no network" >&2; exit 1\n`)).toEqual({ code: 1, errors: `no network\n${folder()}/bin/python -m pip install failed\n` });
    writeFileSync(join(folder(), 'half-written'), '');
    expect(await install(`${venv}exit 0\n`)).toEqual({ code: 0, errors: '' });
    expect(readdirSync(folder()).sort()).toEqual(['bin', expect.stringMatching(/^complete-/)]);
  });
});
