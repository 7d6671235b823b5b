import { ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { TestCluster } from './test-cluster';

/** The local AWS of test/local-aws, as a process of its own. It ends with this one, however that ends. */
export class LocalAws {
  /** Starts it; `npm run e2e` says where its Python and its control plane are. */
  public static async start(environment: NodeJS.ProcessEnv = {}): Promise<LocalAws> {
    const { LOCAL_AWS_PYTHON: python, CONTROL_PLANE: controlPlane } = process.env;
    if (!python || !controlPlane) {
      throw new Error('these tests need a local AWS: run them with npm run e2e');
    }
    const child = spawn(python, [join(__dirname, '..', 'local-aws', 'local_aws.py')], {
      env: { ...process.env, ...environment }, stdio: ['pipe', 'pipe', 'pipe'],
    });
    const log = join(tmpdir(), `local-aws-${child.pid}.log`);
    child.stderr.pipe(createWriteStream(log));
    const lines = createInterface(child.stdout);
    const first = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      child.once('exit', () => reject(new Error(`the local AWS does not start, see ${log}`)));
    });
    lines.on('line', () => undefined);
    const { port, control } = JSON.parse(first);
    return new LocalAws(child, port, control, log);
  }

  private constructor(
    private readonly child: ChildProcess,
    private readonly port: number,
    private readonly controlPort: number,
    /** What it has written to its standard error. */
    public readonly log: string,
  ) {}

  public get endpoint(): string {
    return `http://localhost:${this.port}`;
  }

  /** A real Kubernetes, without nodes of AWS and without a stack. */
  public async startCluster(name: string): Promise<TestCluster> {
    return new TestCluster(this, name, await this.ask({ do: 'start_cluster', name }));
  }

  public async cluster(name: string): Promise<TestCluster> {
    return new TestCluster(this, name, await this.ask({ do: 'describe_cluster', name }));
  }

  /** Asks what is in control.py. */
  public async ask(request: { do: string; [argument: string]: unknown }): Promise<any> {
    const answer = await fetch(`http://127.0.0.1:${this.controlPort}`, { method: 'POST', body: JSON.stringify(request) });
    const { answer: given, error } = await answer.json() as { answer: unknown; error?: string };
    if (error) {
      throw new Error(`${request.do}: ${error}`);
    }
    return given;
  }

  public async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.stdin!.end();
    await exited;
  }
}
