import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { AwsCli } from './aws-cli';
import { endWithCommands, Failure, Result, run, unlessEnding } from './commands';
import { localEnvironment, withoutConfiguration } from './environment';
import { LoopbackServer, post } from './loopback';
import { SurroundingAws, TestCluster } from './test-cluster';

const ROOT = resolve(__dirname, '..');

export interface LocalAwsOptions {
  /** The Python of the virtual environment. */
  readonly python: string;
  /** The program in control-plane/. @default - a cluster is a record */
  readonly kubernetes?: string;
}

/** The first line that the local AWS prints. It has secrets, which this process gives only to the programs that it starts. */
interface Endpoints {
  readonly port: number;
  readonly administrator: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly control: LoopbackServer;
  readonly programs: string;
}

/** The local AWS in server/, as a separate process, and the CLIs that use it. It ends when this process ends, even if this process is killed. */
export class LocalAws implements SurroundingAws {
  public static async start({ python, kubernetes }: LocalAwsOptions): Promise<LocalAws> {
    const folder = mkdtempSync(join(tmpdir(), 'local-aws-client-'));
    const log = join(folder, 'log');
    const output = openSync(log, 'w');
    const child = spawn(python, [join(__dirname, 'server', 'local_aws.py')], {
      env: { ...localEnvironment(), CONTROL_PLANE: kubernetes ?? '' }, stdio: ['pipe', 'pipe', output], detached: true,
    });
    closeSync(output);
    endWithCommands(child);
    const lines = createInterface(child.stdout!);
    const first = await new Promise<string>((done, reject) => {
      const fail = (why: string) => reject(new Failure(`${why}\nthe local AWS does not start`));
      const closed = () => unlessEnding(() => fail(endOf(log)));
      child.once('error', (error) => fail(error.message)).once('close', closed);
      lines.once('line', (line) => {
        child.off('close', closed);
        done(line);
      });
    });
    lines.on('line', () => undefined);
    return new LocalAws(child, new AwsCli(python), folder, JSON.parse(first));
  }

  /** Rejects if the local AWS ends by itself. */
  public readonly ended: Promise<never>;

  private stopped = false;

  private constructor(
    private readonly child: ChildProcess,
    private readonly cli: AwsCli,
    /** A temporary folder. */
    public readonly folder: string,
    private readonly at: Endpoints,
  ) {
    this.ended = new Promise((_, reject) => child.once('close', () => {
      if (!this.stopped) {
        unlessEnding(() => reject(new Failure(`${endOf(join(folder, 'log'))}\nthe local AWS has ended by itself`)));
      }
    }));
    this.ended.catch(() => undefined); // not unhandled if nobody waits for it
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${this.at.port}`; // localhost may be [::1], where another user may listen
  }

  /** The folder of the AWS CLI. */
  public get programs(): string {
    return this.at.programs;
  }

  /** The environment variables with which a program acts as the administrator of the local AWS. */
  public get environment(): { [name: string]: string } {
    return {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_ACCESS_KEY_ID: this.at.administrator.accessKeyId,
      AWS_SECRET_ACCESS_KEY: this.at.administrator.secretAccessKey,
      AWS_REGION: 'us-west-2',
      AWS_DEFAULT_REGION: 'us-west-2',
      CDK_HOME: join(this.folder, 'cdk'), // the CDK CLI caches there which account an access key belongs to
      ...withoutConfiguration(join(this.folder, 'nowhere')),
    };
  }

  /** Runs the AWS CLI as the administrator. `environment` adds variables, or removes them if they are undefined. */
  public aws(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Result> {
    return this.cli.run(args, this.with(environment));
  }

  /** Like `aws`, but returns the parsed output, and throws if the command fails. */
  public async ask(...args: string[]): Promise<any> {
    const { code, output } = await this.aws([...args, '--output', 'json']);
    if (code !== 0) {
      throw new Failure(output.trim());
    }
    return output.trim() ? JSON.parse(output) : undefined;
  }

  /** Runs the CDK CLI as the administrator. `cwd` is the folder of the app. */
  public cdk(args: string[], cwd = ROOT): Promise<Result> {
    return run(process.execPath, [join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args, '--no-notices'], {
      cwd, env: this.with({ AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }),
    });
  }

  /** Starts a real Kubernetes that belongs to no stack. */
  public async startCluster(name: string): Promise<TestCluster> {
    return new TestCluster(this, name, await this.control({ do: 'start_cluster', name }));
  }

  /** The real Kubernetes of a stack. */
  public async cluster(name: string): Promise<TestCluster> {
    return new TestCluster(this, name, await this.control({ do: 'describe_cluster', name }));
  }

  /** Sends a request that control.py answers. */
  public async control(request: { do: string; [argument: string]: unknown }): Promise<any> {
    const { answer, error } = await this.during(post(this.at.control, request));
    if (error) {
      throw new Failure(`${request.do}: ${error}`);
    }
    return answer;
  }

  /** Waits for work that uses the local AWS. If the local AWS ends by itself, that is the error, not the failure that it causes. */
  public async during<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([work, this.ended]);
    } catch (error) {
      return Promise.race([this.ended, setTimeout(500).then(() => Promise.reject(error))]);
    }
  }

  public async stop(): Promise<void> {
    this.stopped = true;
    this.cli.stop();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.stdin!.end();
      await once(this.child, 'close');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private with(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { ...localEnvironment(), ...this.environment, ...environment };
  }
}

const endOf = (log: string) => readFileSync(log, 'utf8').trim().split('\n').slice(-20).join('\n');
