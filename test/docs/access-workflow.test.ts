import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { PullRequest, UPLOADED, withAssets } from './ci-jobs';
import { assemblyOf } from '../cli/assemblies';
import { run } from '../cli/run';
import { blocksOf, read } from '../documents';
import { write } from '../files';
import { templateAfter } from '../verification/diff/app';

interface Step { readonly uses?: string; readonly shell?: string; readonly run?: string; readonly with?: { readonly [input: string]: unknown } }

const [yaml] = blocksOf('docs/command-line.md', 'yaml');
const workflow = Yaml.load(join(write({ 'access.yml': yaml }), 'access.yml'))[0];
const { jobs, permissions } = workflow;
const { synth, access } = jobs;
const runs = ({ steps }: { readonly steps: Step[] }) => steps.flatMap((step) => step.run ?? []);

test('the workflow of the guide has read-only permissions, and runs nothing that is not installed', () => {
  expect(permissions).toEqual({ contents: 'read' });
  expect(runs(synth)).toEqual(['npm ci && npx --no cdk synth --quiet']);
  expect(yaml).not.toMatch(/npx (?!--no )/);
  expect(access.steps[0].with).toMatchObject({ 'persist-credentials': false });
});

test('the guide names an owner of the file, of the workflow and of the package', () => {
  const owned = blocksOf('docs/command-line.md', 'text').concat(read('docs/command-line.md')).flatMap((text) => [...text.matchAll(/^ *(\/\S+) +@example\/access-owners$/gm)].map(([, path]) => path));
  expect([...new Set(owned)]).toEqual(['/access.txt', '/.github/', '/package.json', '/package-lock.json']);
});

test('the guide requires each job as a check, because one that is skipped does not block', () => {
  const step = /^4\. [^]*?(?=^$)/m.exec(read('docs/command-line.md'))![0];
  expect(Object.keys(jobs).filter((job) => !step.includes(`\`${job}\``))).toEqual([]);
});

test('the guide has a workflow for pull requests and for a merge queue', () => {
  expect(Object.keys(workflow.true)).toEqual(['pull_request', 'merge_group']); // `on` is true in this version of YAML
});

describe('the check of the workflow', () => {
  const baselineOf = (assembly: string) => {
    const file = join(write({ x: '' }), 'access.txt');
    run('access', assembly, '--baseline', file, '--write-baseline');
    return file;
  };
  const before = assemblyOf({ App: templateAfter() });
  const after = assemblyOf({ App: templateAfter(({ Reader }) => Reader.Properties.Policies[0].PolicyDocument.Statement[0].Action.push('s3:PutObject')) });
  const approved = { assembly: before, baseline: baselineOf(before) };
  const notApproved = { ...approved, assembly: after };
  const approving = { assembly: after, baseline: baselineOf(after) };

  /** The outcome of the second job, and the programs of both. */
  const check = (pullRequest: PullRequest, event?: 'merge_group') => {
    const [first, second] = [synth, access].map((job) => pullRequest.github(job, {}, event));
    return { ...second, programs: [...first.programs, '', ...second.programs] };
  };
  const failing = check(new PullRequest(approved, notApproved));

  test('fails for a change that nobody approved, and names it', () => {
    const { code, log, summary } = failing;
    expect(code).toBe(1);
    expect(log).toBe(summary);
    expect(summary).toMatch(/access\.txt lacks 1 line:\n\n```diff\n\+ role App\.template\.json\/Reader: allows s3:PutObject on /);
  });

  test('passes with the line in the file, and shows that it is new', () => {
    const { code, summary } = check(new PullRequest(approved, approving));
    expect(code).toBe(0);
    expect(summary).toMatch(/What changes in .*access\.txt:\n\n```diff\n\+ role App\.template\.json\/Reader: allows s3:PutObject on /);
  });

  test('passes if nothing changes, and its artifact has no assets', () => {
    const pullRequest = new PullRequest(approved, { ...approved, assembly: withAssets(before) });
    expect(check(pullRequest)).toMatchObject({ code: 0, summary: expect.stringContaining('Nothing changes in the file.') });
    expect(pullRequest.artifactFiles('cdk.out')).toEqual(UPLOADED);
  });

  test('runs the code of the pull request in the first job only, also in a merge queue of several commits', () => {
    expect(failing.programs).toEqual(['npm ci of pull request', 'cdk of pull request', '', 'npm ci of target', 'cdk-irsa of target']);
    const { code, programs } = check(new PullRequest(approved, approving).rebased(notApproved), 'merge_group');
    expect(code).toBe(1);
    expect(programs).toEqual(failing.programs);
  });

  test('fails without the file', () => {
    expect(check(new PullRequest(approved, { assembly: before })).code).not.toBe(0);
  });
});
