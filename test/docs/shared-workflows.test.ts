import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { Job, PullRequest, UPLOADED, withAssets } from './ci-jobs';
import { assemblyOf } from '../cli/assemblies';
import { run } from '../cli/run';
import { blocksOf, read, ROOT } from '../documents';
import { write } from '../files';
import { analysisIn, resultLines } from '../sarif';
import { templateAfter } from '../verification/diff/app';

const shared = Yaml.load(join(ROOT, '.github', 'workflows', 'check-access.yml'))[0];
const [, callerYaml, gitlabYaml] = blocksOf('docs/command-line.md', 'yaml');
const loaded = (yaml: string) => Yaml.load(join(write({ 'jobs.yml': yaml }), 'jobs.yml'))[0];
const [caller, gitlab] = [callerYaml, gitlabYaml].map(loaded);

const before = assemblyOf({ App: templateAfter() });
const after = assemblyOf({ App: templateAfter(({ Reader }) => Reader.Properties.Policies[0].PolicyDocument.Statement[0].Action.push('s3:PutObject')) });
const baselineOf = (assembly: string, ...options: string[]) => {
  const file = join(write({ x: '' }), 'access.txt');
  run('access', assembly, '--baseline', file, '--write-baseline', ...options);
  return file;
};
const approved = { assembly: before, baseline: baselineOf(before) };
const notApproved = { ...approved, assembly: after };
const approving = { assembly: after, baseline: baselineOf(after) };

describe('the workflow that others call', () => {
  const { synth, access, ...others } = shared.jobs;
  const DEFAULTS = Object.fromEntries(Object.entries<any>(shared.true.workflow_call.inputs).map(([name, input]) => [name, input.default])); // `on` is true in this version of YAML

  /** The outcomes of both jobs. */
  const check = (pullRequest: PullRequest, inputs: object = {}, event?: 'merge_group') => {
    const [first, second] = [synth, access].map((job) => pullRequest.github(job, { ...DEFAULTS, ...inputs }, event));
    expect(first.code).toBe(0);
    return { ...second, programs: [...first.programs, '', ...second.programs], sarif: pullRequest.artifact('access.sarif-app', 'access.sarif') };
  };

  const failing = check(new PullRequest(approved, notApproved));
  const passing = check(new PullRequest(approved, approving));

  test('has two jobs, which read contents and no more', () => {
    expect(others).toEqual({});
    expect([shared.permissions, synth.permissions, access.permissions]).toEqual(Array(3).fill({ contents: 'read' }));
  });

  test('fails for access that nobody approved, and names it in the summary and as SARIF', () => {
    const { code, log, summary, sarif } = failing;
    expect(code).toBe(1);
    expect(log).toBe(summary);
    expect(summary).toMatch(/access\.txt lacks 1 line:\n\n```diff\n\+ role App\.template\.json\/Reader: allows s3:PutObject on /);
    expect(resultLines(analysisIn(sarif!))).toEqual(['error unapproved-access cdk.json:1 App.template.json/Reader']);
  });

  test('passes if the file of the pull request approves it, and shows that', () => {
    const { code, summary, sarif } = passing;
    expect(code).toBe(0);
    expect(summary).toMatch(/What changes in .*access\.txt:\n\n```diff\n\+ role App\.template\.json\/Reader: allows s3:PutObject on /);
    expect(resultLines(analysisIn(sarif!))).toEqual([]);
  });

  test('runs the code of the pull request in its first job only', () => {
    expect(passing.programs).toEqual([
      'npm ci of pull request', 'cdk of pull request', '', 'npm ci of target', 'cdk-irsa of target', 'cdk-irsa of target',
    ]);
  });

  test('in a merge queue, runs what the commits are based on, also if there are several', () => {
    const { code, programs } = check(new PullRequest(approved, approving).rebased(notApproved), {}, 'merge_group');
    expect(code).toBe(1);
    expect(programs).toEqual(failing.programs);
  });

  test('gives its second job templates, manifests and the tree of constructs, and no assets, in which secrets may be', () => {
    for (const directory of ['.', 'apps/reports']) {
      const pullRequest = new PullRequest(approved, { ...approved, assembly: withAssets(before) }, directory);
      expect(check(pullRequest, { directory: directory === '.' ? './' : directory }).code).toBe(0);
      expect(pullRequest.artifactFiles('cdk.out-app')).toEqual(UPLOADED);
    }
  });

  test('runs each job with a Node.js that the caller can name', () => {
    const beforeNpm = ({ steps }: Job) => steps.slice(0, steps.findIndex(({ run: script }) => script?.includes('npm')));
    for (const job of [synth, access]) {
      expect(beforeNpm(job).filter(({ uses }) => uses?.startsWith('actions/setup-node@')).map(({ with: inputs }) => inputs?.['node-version'])).toEqual(['${{ inputs.node }}']);
    }
    expect(DEFAULTS.node).toBe('24');
  });

  test('checks an app in a folder of the repository', () => {
    const { code, sarif } = check(new PullRequest(approved, notApproved, 'apps/reports'), { directory: 'apps/reports' });
    expect(code).toBe(1);
    expect(resultLines(analysisIn(sarif!))).toEqual(['error unapproved-access apps/reports/cdk.json:1 App.template.json/Reader']);
  });

  test('gives the command other options', () => {
    const assumed = { assembly: before, baseline: baselineOf(before, '--assume-no-other-nodes', '--assume-no-other-credentials') };
    expect(check(new PullRequest(assumed, assumed), { options: '--assume-no-other-nodes  --assume-no-other-credentials' }).code).toBe(0);
  });

  test('fails without a file, and leaves no SARIF', () => {
    const { code, sarif } = check(new PullRequest(approved, { assembly: before }));
    expect(code).not.toBe(0);
    expect(sarif).toBeUndefined();
  });

  test('fails for templates that cannot be read, and leaves no SARIF', () => {
    const { code, sarif } = check(new PullRequest(approved, { ...approved, assembly: write({ 'manifest.json': '{' }) }));
    expect(code).not.toBe(0);
    expect(sarif).toBeUndefined();
  });
});

describe('the workflow of the guide that calls it', () => {
  const { check, 'code-scanning': upload, ...others } = caller.jobs;

  test('names a job whose only permission to write is that of code scanning', () => {
    expect(others).toEqual({});
    expect(caller.permissions).toEqual({ contents: 'read' });
    expect(check).toEqual({ uses: expect.stringMatching(/^cdk-irsa\/cdk-irsa\/\.github\/workflows\/check-access\.yml@/) });
    expect(upload.permissions).toEqual({ 'security-events': 'write', 'actions': 'read', 'contents': 'read' });
    expect(Object.entries(upload.permissions).filter(([, access]) => access === 'write')).toHaveLength(1);
  });

  test('runs for pull requests, in a merge queue, and on the target branch', () => {
    expect(Object.keys(caller.true)).toEqual(['pull_request', 'merge_group', 'push']);
  });

  test('uploads what the other job has left, also if that fails, and runs no code', () => {
    expect(upload).toMatchObject({ needs: 'check', if: '${{ !cancelled() }}' });
    expect(upload.steps.map(({ uses, with: inputs }: any) => [uses?.replace(/@.*/, ''), inputs])).toEqual([
      ['actions/download-artifact', { name: 'access.sarif-app' }],
      ['github/codeql-action/upload-sarif', { sarif_file: 'access.sarif' }],
    ]);
  });

  test('names all inputs', () => {
    const guide = read('docs/command-line.md');
    expect(Object.keys(shared.true.workflow_call.inputs).filter((input) => !guide.includes(`\`${input}\``))).toEqual([]);
  });
});

describe('the jobs for GitLab', () => {
  const { synth, access, ...others } = gitlab;
  const check = (target: typeof approved, merged: typeof approved) => {
    const pullRequest = new PullRequest(target, merged);
    const [first, second] = [synth, access].map((job) => pullRequest.gitlab(job));
    return { ...second, programs: [...first.programs, '', ...second.programs] };
  };
  const passing = check(approved, approving);

  test('run for merge requests', () => {
    expect(others).toEqual({ '.merge-request': { image: 'node:24', rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }] } });
    expect([synth.extends, access.extends, access.needs]).toEqual(['.merge-request', '.merge-request', ['synth']]);
  });

  test('give the second job no assets', () => {
    const pullRequest = new PullRequest(approved, { ...approved, assembly: withAssets(before) });
    pullRequest.gitlab(synth);
    expect(pullRequest.artifactFiles('cdk.out')).toEqual(UPLOADED);
  });

  test('fail for access that nobody approved, and name it', () => {
    const { code, log } = check(approved, notApproved);
    expect(code).toBe(1);
    expect(log).toMatch(/access\.txt lacks 1 line:\n\+ role App\.template\.json\/Reader: allows s3:PutObject on /);
  });

  test('pass if the file of the merge request approves it, and show that', () => {
    const { code, log } = passing;
    expect(code).toBe(0);
    expect(log).toMatch(/What changes in .*access\.txt:\n\+ role App\.template\.json\/Reader: allows s3:PutObject on /);
  });

  test('run the code of the merge request in the first job only', () => {
    expect(passing.programs).toEqual(['npm ci of pull request', 'cdk of pull request', '', 'npm ci of target', 'cdk-irsa of target']);
  });
});
