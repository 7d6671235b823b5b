import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { assemblyOf } from '../cli/assemblies';
import { run } from '../cli/run';
import { blocksOf, read, ROOT } from '../documents';
import { write } from '../files';
import { templateAfter } from '../verification/diff/app';

interface Step { readonly uses?: string; readonly shell?: string; readonly run?: string; readonly with?: { readonly [input: string]: unknown } }

const [yaml] = blocksOf('docs/command-line.md', 'yaml');
const { jobs, permissions } = Yaml.load(join(write({ 'access.yml': yaml }), 'access.yml'))[0];
const { synth, access } = jobs;
const runs = ({ steps }: { readonly steps: Step[] }) => steps.flatMap((step) => step.run ?? []);

test('the workflow of the guide has read-only permissions, and runs nothing that is not installed', () => {
  expect(permissions).toEqual({ contents: 'read' });
  expect(yaml).toMatch(/^on: pull_request\n/); // `on` is true in this version of YAML
  expect(runs(synth)).toEqual(['npm ci && npx --no cdk synth --quiet']);
  expect(yaml).not.toMatch(/npx (?!--no )/);
  expect(access.steps[0].with).toEqual({ 'fetch-depth': 2, 'persist-credentials': false });
});

test('the guide names an owner of the file, of the workflow and of the package', () => {
  const owned = blocksOf('docs/command-line.md', 'text').concat(read('docs/command-line.md')).flatMap((text) => [...text.matchAll(/^ *(\/\S+) +@example\/access-owners$/gm)].map(([, path]) => path));
  expect([...new Set(owned)]).toEqual(['/access.txt', '/.github/', '/package.json', '/package-lock.json']);
});

test('the guide requires each job as a check, because one that is skipped does not block', () => {
  const step = /^4\. [^]*?(?=^$)/m.exec(read('docs/command-line.md'))![0];
  expect(Object.keys(jobs).filter((job) => !step.includes(`\`${job}\``))).toEqual([]);
});

describe('the check of the workflow', () => {
  /** The log, the summary and the exit code of the job, in a repository in which a pull request with an assembly and a baseline is merged into a target branch. */
  function check(assembly: string, baseline?: string): { code: number; log: string; summary: string } {
    const folder = write({ 'repository/access.txt': '', 'temp/x': '', 'bin/npx': `#!/bin/sh\nshift 2\nexec "${process.execPath}" --import "${ROOT}/bin/tsx.mjs" "${ROOT}/lib/cli/main.ts" "$@"\n` });
    const [repository, temp] = ['repository', 'temp'].map((name) => join(folder, name));
    chmodSync(join(folder, 'bin', 'npx'), 0o755);
    const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd: repository, encoding: 'utf8', stdio: 'pipe' }).trim();
    copyFileSync(approved, join(repository, 'access.txt'));
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'target');
    if (baseline === undefined) {
      rmSync(join(repository, 'access.txt'));
    } else {
      copyFileSync(baseline, join(repository, 'access.txt'));
    }
    git('commit', '--quiet', '--all', '--allow-empty', '--message', 'merge');
    const sha = git('rev-parse', 'HEAD');
    git('checkout', '--quiet', '--detach', 'HEAD^1');
    cpSync(assembly, join(temp, 'cdk.out'), { recursive: true });
    const script = runs(access).at(-1)!;
    writeFileSync(join(temp, 'summary'), '');
    try {
      const log = execFileSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
        cwd: repository,
        stdio: 'pipe',
        encoding: 'utf8',
        env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}`, GITHUB_SHA: sha, RUNNER_TEMP: temp, GITHUB_STEP_SUMMARY: join(temp, 'summary') },
      });
      return { code: 0, log, summary: readFileSync(join(temp, 'summary'), 'utf8') };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return { code: status, log: stdout, summary: readFileSync(join(temp, 'summary'), 'utf8') };
    }
  }

  const baselineOf = (assembly: string) => {
    const file = join(write({ x: '' }), 'access.txt');
    run('access', assembly, '--baseline', file, '--write-baseline');
    return file;
  };
  const before = assemblyOf({ App: templateAfter() });
  const after = assemblyOf({ App: templateAfter(({ Reader }) => Reader.Properties.Policies[0].PolicyDocument.Statement[0].Action.push('s3:PutObject')) });
  const approved = baselineOf(before);

  test('fails for a change that nobody approved, and names it', () => {
    const { code, log, summary } = check(after, approved);
    expect(code).toBe(1);
    expect(log).toBe(summary);
    expect(access.steps.at(-1).shell).toBe('bash'); // with pipefail
    expect(summary).toMatch(/access\.txt lacks 1 line:\n\n```diff\n\+ role App\.template\.json\/Reader: allows s3:PutObject on /);
  });

  test('passes with the line in the file, and shows that it is new', () => {
    const { code, summary } = check(after, baselineOf(after));
    expect(code).toBe(0);
    expect(summary).toMatch(/What changes in .*access\.txt:\n\n```diff\n\+ role App\.template\.json\/Reader: allows s3:PutObject on /);
  });

  test('passes if nothing changes', () => {
    expect(check(before, approved)).toMatchObject({ code: 0, summary: expect.stringContaining('Nothing changes in the file.') });
  });

  test('fails without the file', () => {
    expect(check(before).code).not.toBe(0);
  });
});
