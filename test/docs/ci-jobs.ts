import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { ROOT } from '../documents';
import { newFolder, write } from '../files';

/** The files of a commit: the assembly that its code synthesizes, and its file of approved access. */
export interface Commit { readonly assembly: string; readonly baseline?: string }

/** What a job uploads for the next one, of this assembly with assets and the tree of constructs. */
export const UPLOADED = ['App.template.json', 'manifest.json', 'tree.json'];

/** An assembly with assets, such as the code of functions. */
export function withAssets(assembly: string): string {
  const folder = write({ 'tree.json': {}, 'asset.1/config.json': { secret: 'x' }, 'asset.1/code/index.js': 'x', 'asset.2.zip': 'x' });
  cpSync(assembly, folder, { recursive: true });
  return folder;
}

/** What a job did: the lines that it printed, and the programs that it ran, each with the commit whose code they are. */
export interface Outcome { readonly code: number; readonly log: string; readonly summary: string; readonly programs: readonly string[] }

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly if?: string;
  readonly env?: { readonly [name: string]: string };
  readonly with?: { readonly [input: string]: any };
}

/** A job of a workflow, as far as this runs it. */
export interface Job { readonly defaults?: { readonly run?: { readonly 'working-directory'?: string } }; readonly steps: readonly Step[] }

/** The command in one file, which starts faster than its sources, as far from package.json as they are. */
function bundledCommand(): string {
  const file = join(write({ 'package.json': { version: '0.0.0' } }), 'build', 'verification', 'internal', 'main.js');
  const options = ['--bundle', '--platform=node', '--packages=external', `--outfile=${file}`, '--log-level=error'];
  execFileSync(join(ROOT, 'node_modules', '.bin', 'esbuild'), [join(ROOT, 'lib', 'cli', 'main.ts'), ...options]);
  return file;
}

/** Stand-ins for npm, which installs nothing, and for npx, which runs the CDK of the commit that is checked out, and this version of the command. */
const programs = (command: string) => ({
  'bin/npm': '#!/bin/sh\necho "npm $* of $(cat commit)" >> "$PROGRAMS"\n',
  'bin/npx': `#!/bin/sh
[ "$1" = --no ] || exit 9
echo "$2 of $(cat commit)" >> "$PROGRAMS"
if [ "$2" = cdk ]; then exec cp -r "$(cat assembly)" cdk.out; fi
shift 2
NODE_PATH="${ROOT}/node_modules" exec "${process.execPath}" "${command}" "$@"
`,
});

/** A job of GitLab, as far as this runs it. */
interface GitlabJob {
  readonly script: readonly string[];
  readonly artifacts?: { readonly paths: readonly string[]; readonly exclude?: readonly string[] };
}

/** A repository in which a pull request is merged into its target branch, and the machines on which jobs run for this event. */
export class PullRequest {
  private static command?: string;

  /** The commit on which the merge queue bases the merged commits. */
  readonly base: string;
  private readonly repository = newFolder();
  private readonly artifacts = newFolder();
  private readonly bin: string;

  /** @param directory the folder of the app in the repository. */
  constructor(target: Commit, merged: Commit, private readonly directory = '.') {
    PullRequest.command ??= bundledCommand();
    this.bin = join(write(programs(PullRequest.command)), 'bin');
    ['npm', 'npx'].forEach((program) => chmodSync(join(this.bin, program), 0o755));
    mkdirSync(join(this.repository, directory), { recursive: true });
    git(this.repository, 'init', '--quiet', '--initial-branch', 'main');
    this.commit('target', target);
    this.base = git(this.repository, 'rev-parse', 'HEAD');
    git(this.repository, 'checkout', '--quiet', '-b', 'merge');
    this.commit('pull request', merged);
  }

  /** The commit that is checked. */
  get sha(): string {
    return git(this.repository, 'rev-parse', 'HEAD');
  }

  /** Another commit of the pull request, if its commits are not merged, but rebased. */
  rebased(commit: Commit): this {
    this.commit('pull request', commit);
    return this;
  }

  /** Runs a job of GitHub, with artifacts of the jobs before it. */
  github({ defaults, steps }: Job, inputs: { readonly [input: string]: string } = {}, event: 'pull_request' | 'merge_group' = 'pull_request'): Outcome {
    const [workspace, temp] = [newFolder(), newFolder()];
    mkdirSync(temp);
    const [summary, ran] = [join(temp, 'summary'), join(temp, 'programs')];
    [summary, ran].forEach((file) => writeFileSync(file, ''));
    const github = { event_name: event, event: { merge_group: event === 'merge_group' ? { base_sha: this.base } : {} } };
    const filled = (text: unknown = '') => String(text).replace(/\$\{\{ (.*?) \}\}/g, (_, expression) => runInNewContext(expression, { github, inputs, runner: { temp } }) ?? '');
    const folder = () => join(workspace, filled(defaults?.run?.['working-directory']));
    let [code, log] = [0, ''];
    for (const step of steps.filter(({ if: when }) => when === undefined || when === '${{ !cancelled() }}')) {
      if (code !== 0 && step.if === undefined) {
        continue;
      }
      const [action] = (step.uses ?? 'run').split('@');
      const path = filled(step.with?.path);
      if (action === 'actions/checkout') {
        const depth = filled(step.with?.['fetch-depth'] ?? 1);
        git(dirname(workspace), 'clone', '--quiet', '--no-local', ...(depth === '0' ? [] : ['--depth', depth]), '--branch', 'merge', this.repository, basename(workspace));
      } else if (action === 'actions/upload-artifact') {
        this.uploadAll(filled(step.with!.name), workspace, path);
      } else if (action === 'actions/download-artifact') {
        cpSync(join(this.artifacts, filled(step.with!.name)), resolve(workspace, path), { recursive: true });
      } else if (step.run !== undefined) {
        const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)]));
        const result = this.script(step.run, folder(), step.shell === 'bash', {
          ...env, GITHUB_EVENT_NAME: event, GITHUB_SHA: this.sha, RUNNER_TEMP: temp, GITHUB_STEP_SUMMARY: summary, PROGRAMS: ran,
        });
        [code, log] = [result.code, log + result.log];
      }
    }
    return { code, log, summary: readFileSync(summary, 'utf8'), programs: linesOf(ran) };
  }

  /** Runs the script of a job of GitLab, in the project folder with the artifacts of the jobs before it. */
  gitlab({ script, artifacts }: GitlabJob): Outcome {
    const project = newFolder();
    const ran = join(write({ programs: '' }), 'programs');
    git(dirname(project), 'clone', '--quiet', '--no-local', '--branch', 'merge', this.repository, basename(project));
    if (existsSync(this.artifacts)) {
      cpSync(this.artifacts, project, { recursive: true });
    }
    const { code, log } = this.script(script.join('\n'), project, true, {
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_COMMIT_SHA: this.sha,
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      PROGRAMS: ran,
      TMPDIR: dirname(project),
    });
    if (artifacts) {
      const isArtifact = (path: string) => statSync(path).isDirectory() || isMatched(relative(project, path), artifacts.paths, artifacts.exclude);
      cpSync(project, this.artifacts, { recursive: true, filter: isArtifact });
    }
    return { code, log, summary: '', programs: linesOf(ran) };
  }

  /** A file of an artifact that a job uploaded; undefined if none did. */
  artifact(name: string, file: string): string | undefined {
    const path = join(this.artifacts, name, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  /** The paths in an artifact, in order. */
  artifactFiles(name: string): string[] {
    const folder = join(this.artifacts, name);
    return readdirSync(folder, { recursive: true }).map(String).filter((path) => statSync(join(folder, path)).isFile()).sort();
  }

  /** As the action does: the paths in the artifact are relative to the folder before the first wildcard. */
  private uploadAll(name: string, workspace: string, paths: string): void {
    const all = paths.trim().split('\n');
    const [included, excluded] = [false, true].map((isExcluded) =>
      all.filter((path) => path.startsWith('!') === isExcluded).map((path) => resolve(workspace, path.replace(/^!/, ''))));
    const root = included[0].replace(/\/[^/]*\*.*$/, '');
    if (existsSync(root)) {
      const folder = statSync(root).isFile() ? dirname(root) : root;
      const isArtifact = (path: string) => statSync(path).isDirectory() || isMatched(path, included, excluded);
      cpSync(folder, join(this.artifacts, name), { recursive: true, filter: isArtifact });
    }
  }

  private commit(name: string, { assembly, baseline }: Commit): void {
    const folder = join(this.repository, this.directory);
    writeFileSync(join(folder, 'commit'), name);
    writeFileSync(join(folder, 'assembly'), assembly);
    rmSync(join(folder, 'access.txt'), { force: true });
    if (baseline !== undefined) {
      writeFileSync(join(folder, 'access.txt'), readFileSync(baseline));
    }
    git(this.repository, 'add', '.');
    git(this.repository, 'commit', '--quiet', '--message', name);
  }

  /** As GitHub runs it: `bash -e`, and with a `shell`, also with pipefail. */
  private script(script: string, cwd: string, isPipefail: boolean, env: { readonly [name: string]: string }) {
    try {
      const log = execFileSync('bash', ['-e', ...(isPipefail ? ['-o', 'pipefail'] : []), '-c', script], {
        cwd, stdio: 'pipe', encoding: 'utf8', env: { ...process.env, ...env, PATH: `${this.bin}:${process.env.PATH}` },
      });
      return { code: 0, log };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return { code: status, log: stdout };
    }
  }
}

/** Whether a file is one of these paths, or in one, and none of those that are excluded. */
const isMatched = (file: string, included: readonly string[], excluded: readonly string[] = []): boolean => {
  const isOneOf = (paths: readonly string[]) => paths.some((path) => new RegExp(`^${pattern(path)}(/|$)`).test(file));
  return isOneOf(included) && !isOneOf(excluded);
};

const pattern = (path: string): string => path.replace(/[.+()[\]{}^$|\\]/g, '\\$&').replaceAll('**/', '\0').replaceAll('*', '[^/]*').replaceAll('\0', '(?:.*/)?');

const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd, encoding: 'utf8', stdio: 'pipe' }).trim();
