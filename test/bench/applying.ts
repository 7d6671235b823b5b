import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOUNDS } from './figures';
import { inTurns, ROOT } from './runs';
import { seconds, table } from './table';
import { succeed } from '../../local-aws/commands';
import type { TestCluster } from '../../local-aws/test-cluster';
import { TestStack } from '../e2e/cloudformation';
import { RECORDS, ROLE } from '../e2e/scene';

const BUNDLE = join(ROOT, 'assets', 'lib', 'kubernetes', 'function', 'apply-objects');
const FUNCTION = 'const [, bundle, event] = process.argv; require(bundle).handler(require(event))';

/** Of a process, in seconds. */
interface Times {
  readonly wall: number;
  readonly cpu: number;
}

/** Creates service accounts in a real cluster, with the function and with kubectl, each time in a new process. */
export class Applying {
  private readonly folder = mkdtempSync(join(tmpdir(), 'bench-'));
  private names = 0;

  constructor(private readonly cluster: TestCluster, private readonly environment: NodeJS.ProcessEnv, private readonly kubectl: string | undefined) {}

  public async table(): Promise<string> {
    await this.withFunction(1); // so that the namespace of the records exists
    const { kubectl } = this;
    const rows: (string | number)[][] = [];
    for (const objects of Object.keys(BOUNDS.requests).map(Number)) {
      const times = await inTurns([
        () => this.withFunction(objects), () => this.withFunction(objects, true), ...(kubectl ? [() => this.withKubectl(kubectl, objects)] : []),
      ]);
      const [cpu, wall] = (['cpu', 'wall'] as const).map((what) => times.map((each) => seconds(each.map((time) => time[what]))));
      rows.push([objects, cpu[0], cpu[1], cpu[2] ?? '–', wall[0], wall[1], wall[2] ?? '–']);
    }
    const who = ['of the function', 'with roles', 'of kubectl'];
    return table(['service accounts', ...who.map((each) => `CPU ${each}`), ...who.map((each) => `time ${each}`)], rows);
  }

  public end(): void {
    rmSync(this.folder, { recursive: true });
  }

  private async withFunction(count: number, hasRoles = false): Promise<Times> {
    await this.cluster.send('DELETE', RECORDS);
    const event = new TestStack('Bench').event('Create', 'Set', { objects: await this.objects(count, hasRoles) });
    return timed([process.execPath, '--eval', FUNCTION, BUNDLE, this.write('event.json', JSON.stringify(event))], this.environment);
  }

  private async withKubectl(kubectl: string, count: number): Promise<Times> {
    const objects = await this.objects(count);
    const file = this.write('objects.json', objects.map((object) => JSON.stringify(object)).join('\n'));
    const home = mkdtempSync(join(this.folder, 'home-')); // where kubectl caches what the API server offers
    return timed([kubectl, 'create', '--save-config', '--filename', file], { HOME: home, KUBECONFIG: this.cluster.access.kubeconfig });
  }

  /** Service accounts in a new namespace. The function waits until those with a role give pods credentials. */
  private async objects(count: number, hasRoles = false): Promise<object[]> {
    const namespace = `bench-${++this.names}`;
    await this.cluster.makeNamespace(namespace);
    return Array.from({ length: count }, (_, i) => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: `account-${i}`, namespace, annotations: { [hasRoles ? ROLE : 'example.com/role-arn']: `arn:aws:iam::123456789012:role/role-${i}` } },
    }));
  }

  private write(name: string, text: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }
}

/** Runs a command to its end. */
async function timed(command: string[], environment: NodeJS.ProcessEnv): Promise<Times> {
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TIMEFORMAT: '%R %U %S', ...environment };
  const output = await succeed('bash', ['-c', 'time "$@" >/dev/null', 'bash', ...command], { env });
  const [wall, user, system] = output.trim().split('\n').pop()!.split(' ').map(Number);
  return { wall, cpu: user + system };
}
