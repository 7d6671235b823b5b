import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { endWithCommands, Failure, Result, run, unlessEnding } from './commands';
import { localEnvironment, withoutConfiguration } from './environment';
import { Door, post } from './loopback';
import { TestCluster } from './test-cluster';

const ROOT = resolve(__dirname, '..');

export interface LocalAwsOptions {
  /** The Python of the virtual environment. */
  readonly python: string;
  /** The program of control-plane/. @default - clusters are records */
  readonly kubernetes?: string;
}

/** What the first line of its output says. The secrets are for this process, and for whom it tells. */
interface Whereabouts {
  readonly port: number;
  readonly administrator: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly control: Door;
  readonly programs: string;
}

/** The local AWS of server/, as a process of its own, and the CLIs that talk to it. It ends with this process, however that ends. */
export class LocalAws {
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
    return new LocalAws(child, python, folder, JSON.parse(first));
  }

  /** Fails when this AWS has ended by itself. */
  public readonly ended: Promise<never>;

  private stopped = false;

  private constructor(
    private readonly child: ChildProcess,
    private readonly python: string,
    /** Temporary, and empty but for the log. */
    public readonly folder: string,
    private readonly at: Whereabouts,
  ) {
    this.ended = new Promise((_, reject) => child.once('close', () => {
      if (!this.stopped) {
        unlessEnding(() => reject(new Failure(`${endOf(join(folder, 'log'))}\nthe local AWS has ended by itself`)));
      }
    }));
    this.ended.catch(() => undefined); // of interest to who waits for it
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${this.at.port}`; // localhost may be [::1], where another user may listen
  }

  /** Where the AWS CLI is. */
  public get programs(): string {
    return this.at.programs;
  }

  /** What a program needs to know to be the administrator of this AWS. */
  public get environment(): { [name: string]: string } {
    return {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_ACCESS_KEY_ID: this.at.administrator.accessKeyId,
      AWS_SECRET_ACCESS_KEY: this.at.administrator.secretAccessKey,
      AWS_REGION: 'us-west-2',
      AWS_DEFAULT_REGION: 'us-west-2',
      CDK_HOME: join(this.folder, 'cdk'), // where it keeps which account a key is of
      ...withoutConfiguration(join(this.folder, 'nowhere')),
    };
  }

  /** Runs the AWS CLI as the administrator, or with other variables; those that are undefined are not set. */
  public aws(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Result> {
    return run(this.python, ['-I', '-m', 'awscli', ...args], { env: this.with(environment) });
  }

  /** As `aws`, and returns the answer. */
  public async ask(...args: string[]): Promise<any> {
    const { code, output } = await this.aws([...args, '--output', 'json']);
    if (code !== 0) {
      throw new Failure(output.trim());
    }
    return output.trim() ? JSON.parse(output) : undefined;
  }

  /** Runs the CDK CLI as the administrator, with the app of this repository unless another folder is given. */
  public cdk(args: string[], cwd = ROOT): Promise<Result> {
    return run(process.execPath, [join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args, '--no-notices'], {
      cwd, env: this.with({ AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }),
    });
  }

  /** A real Kubernetes, without a stack. */
  public async startCluster(name: string): Promise<TestCluster> {
    return new TestCluster(this, name, await this.control({ do: 'start_cluster', name }));
  }

  /** A real Kubernetes, of a stack. */
  public async cluster(name: string): Promise<TestCluster> {
    return new TestCluster(this, name, await this.control({ do: 'describe_cluster', name }));
  }

  /** Asks what is in control.py. */
  public async control(request: { do: string; [argument: string]: unknown }): Promise<any> {
    const { answer, error } = await this.during(post(this.at.control, request));
    if (error) {
      throw new Failure(`${request.do}: ${error}`);
    }
    return answer;
  }

  /** Waits for what needs this AWS; that it has ended by itself is said rather than what fails because of that. */
  public async during<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([work, this.ended]);
    } catch (error) {
      return Promise.race([this.ended, setTimeout(500).then(() => Promise.reject(error))]);
    }
  }

  public async stop(): Promise<void> {
    this.stopped = true;
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
