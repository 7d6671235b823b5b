import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure, succeed } from './commands';
import { step } from './steps';
import { hashOf, hasVersion } from './versions';

/** The version that it is, whatever a stack asks for. */
export const KUBERNETES = '1.36.3';
const SOURCES = join(__dirname, 'control-plane');
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk-irsa');

/** Where the program of control-plane/ is, if it has been built from its sources as they are. */
export function builtKubernetes(): string | undefined {
  return existsSync(program()) ? program() : undefined;
}

/** The program of control-plane/, built where it is not yet. */
export async function kubernetes(): Promise<string> {
  if (!existsSync(program())) {
    if (!hasVersion('go', ['version'], /go(\d+)\.(\d+)/, [1, 26])) {
      throw new Failure('a real Kubernetes is built here with Go 1.26 or later, which is not on the PATH');
    }
    await step('Building Kubernetes, some minutes once', build);
  }
  return program();
}

async function build(): Promise<void> {
  const set = (name: string, value: string) => `-X k8s.io/component-base/version.${name}=${value}`;
  const [major, minor] = KUBERNETES.split('.');
  const flags = `-s -w ${set('gitVersion', `v${KUBERNETES}`)} ${set('gitMajor', major)} ${set('gitMinor', minor)}`;
  mkdirSync(CACHE, { recursive: true, mode: 0o700 }); // nobody else replaces what is run from there
  const building = `${program()}-${process.pid}`;
  process.once('exit', () => rmSync(building, { force: true })); // what is half built
  await succeed('go', ['build', '-trimpath', '-ldflags', flags, '-o', building, '.'], { cwd: SOURCES, env: { ...process.env, CGO_ENABLED: '0' } });
  renameSync(building, program());
}

function program(): string {
  const sources = readdirSync(SOURCES).filter((name) => /^go\.(mod|sum)$|\.go$/.test(name)).sort();
  return join(CACHE, `control-plane-${hashOf(sources.map((name) => join(SOURCES, name)))}`);
}
