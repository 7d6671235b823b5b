import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Yaml } from 'cdk8s';

/** The parts of a workflow that these tests read. @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax */
interface Step { readonly uses?: string; readonly shell?: string; readonly run?: string; readonly with?: { readonly [input: string]: unknown } }
interface Job { readonly uses?: string; readonly needs?: string; readonly permissions?: unknown; readonly steps?: Step[] }
interface Workflow { readonly permissions?: unknown; readonly jobs: { readonly [id: string]: Job } }

const FOLDER = resolve(__dirname, '..', '.github', 'workflows');
const files = readdirSync(FOLDER);

const isReadOnly = (permissions: unknown) => typeof permissions === 'object' && permissions !== null
  && Object.values(permissions).every((permission) => permission === 'read' || permission === 'none');

/** Whatever allows others to act with the permissions of this repository. */
function holes(text: string, { permissions, jobs }: Workflow): string[] {
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);
  const used = [...Object.values(jobs), ...steps].flatMap(({ uses }) => uses ?? []);
  return [
    ...(/pull_request_target|workflow_run/.test(text) ? ['runs on foreign code with the rights of this repository'] : []),
    ...(/\bsecrets\b/.test(text) ? ['uses a secret'] : []),
    ...(isReadOnly(permissions) ? [] : ['permissions of the workflow are not read-only']),
    ...Object.entries(jobs).filter(([, job]) => !isReadOnly(job.permissions)).map(([id]) => `permissions of job ${id} are not read-only`),
    ...used.filter((action) => !/^[\w-]+\/[\w./-]+@[0-9a-f]{40}$/.test(action)).map((action) => `${action} is not pinned to a commit`),
    ...steps.filter(({ uses, with: inputs }) => uses?.startsWith('actions/checkout@') && inputs?.['persist-credentials'] !== false)
      .map(() => 'a checkout keeps its credentials'),
    ...steps.filter(({ run }) => run?.includes('${{')).map(() => 'a script has an expression in it, whose value would run as code'),
  ];
}

const holesOf = (file: string) => holes(readFileSync(join(FOLDER, file), 'utf8'), Yaml.load(join(FOLDER, file))[0]);

test('there are five workflows: the build, the comparison of access, the check of access that others call, the weekly audit and the check of pull request titles', () => {
  expect(files.sort()).toEqual(['access.yml', 'audit.yml', 'build.yml', 'check-access.yml', 'pull-request-lint.yml']);
});

test.each(files)('%s has read-only permissions, and pins actions to commits', (file) => {
  expect(holesOf(file)).toEqual([]);
});

test('dependencies are audited weekly and on pull requests', () => {
  const text = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
  expect(text('audit.yml')).toMatch(/on:\n {2}schedule:\n {4}- cron: \d+ \d+ \* \* \d\n/);
  expect(text('build.yml')).toMatch(/on:\n {2}pull_request: /);
  for (const file of ['audit.yml', 'build.yml']) {
    expect(text(file)).toMatch(/run: npm audit --omit=dev\n[^]*\n +npm audit\n/);
  }
});

test('the packages that are in no lock file run no scripts when they are installed, except for Node.js', () => {
  const script = readFileSync(resolve(__dirname, '..', '.ci', 'newest'), 'utf8');
  const commands = script.split('\n').filter((line) => /^npm /.test(line));
  expect(commands.filter((line) => !/^npm (ci|install) .*--ignore-scripts\b/.test(line))).toEqual([expect.stringMatching(/^npm rebuild .*\bnode$/)]);
  const [unlocked] = commands.flatMap((line) => /^npm install .*? (\w[\w-]*@.*)$/.exec(line)?.[1] ?? []);
  const names = unlocked.split(' ').map((each) => each.split('@')[0]).filter((name) => name !== 'node');
  const sentence = /Packages are installed from lock files with hashes, except (.*?)\. /.exec(readFileSync(resolve(__dirname, '..', 'SECURITY.md'), 'utf8'))?.[1] ?? '';
  expect(names.filter((name) => !sentence.includes(name))).toEqual([]);
});

describe('the access of a pull request is compared with that of what it is merged into', () => {
  const text = readFileSync(join(FOLDER, 'access.yml'), 'utf8');
  const { jobs: { synth, access, ...others } }: Workflow = Yaml.load(join(FOLDER, 'access.yml'))[0];
  const runs = ({ steps = [] }: Job) => steps.flatMap(({ run }) => run ?? []);

  test('on each pull request, in a check that fails if access is broader', () => {
    expect(text).toMatch(/on:\n {2}pull_request: /);
    expect(runs(access).at(-1)).toMatch(/ access --diff cdk\.out "\$RUNNER_TEMP\/cdk\.out" --format markdown --fail-on-broadening \| tee -a "\$GITHUB_STEP_SUMMARY"$/);
    expect(access.steps?.at(-1)?.shell).toBe('bash'); // with pipefail
  });

  // or a pull request could forge the comparison
  test('in a job that runs only what it is merged into, on templates of another job', () => {
    expect(others).toEqual({});
    expect(runs(access)[0]).toBe('git checkout --detach HEAD^1');
    expect(access.needs).toBe('synth');
    expect(access.steps?.map(({ uses = 'run' }) => uses.replace(/@.*/, ''))).toEqual(
      ['actions/checkout', 'run', 'actions/setup-node', 'run', 'actions/download-artifact', 'run'],
    );
    expect(access.steps?.[4].with?.path).toBe('${{ runner.temp }}/cdk.out');
    expect(runs(synth)).toEqual(['npm ci\nnpx cdk synth --quiet']);
  });
});

const CHECKOUT = `actions/checkout@${'a'.repeat(40)}`;
const job = (more: Job): Workflow => ({ permissions: {}, jobs: { build: { permissions: {}, ...more } } });

test.each<[string, string, Workflow]>([
  ['no permissions', 'permissions of the workflow are not read-only', { jobs: {} }],
  ['a job without permissions', 'permissions of job build are not read-only', { permissions: {}, jobs: { build: {} } }],
  ['a permission to write', 'permissions of job build are not read-only', job({ permissions: { contents: 'write' } })],
  ['all permissions', 'permissions of job build are not read-only', job({ permissions: 'write-all' })],
  ['an action at a tag', 'actions/setup-node@v7 is not pinned to a commit', job({ steps: [{ uses: 'actions/setup-node@v7' }] })],
  ['a reusable workflow at a branch', 'a/b/.github/workflows/c.yml@main is not pinned to a commit', job({ uses: 'a/b/.github/workflows/c.yml@main' })],
  ['a checkout with default options', 'a checkout keeps its credentials', job({ steps: [{ uses: CHECKOUT }] })],
  ['an expression in a script', 'a script has an expression in it, whose value would run as code', job({ steps: [{ run: 'echo ${{ github.head_ref }}' }] })],
])('a workflow with %s is reported', (_, hole, workflow) => {
  expect(holes('', workflow)).toEqual([hole]);
});
