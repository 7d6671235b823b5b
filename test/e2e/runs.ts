import { ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Mark } from './marks';

const ROOT = resolve(__dirname, '..', '..');

/** A run of a program of this repository in its own process group, like in a terminal. */
export class TestRun {
  /** Ends processes that a failed test has left behind. */
  public static endAll(): void {
    TestRun.started.splice(0).forEach(({ mark }) => mark.signal('SIGKILL'));
  }

  private static readonly started: TestRun[] = [];

  public output = '';
  public errors = '';
  public readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;
  private readonly mark = new Mark();

  constructor(args: string[], environment: NodeJS.ProcessEnv = {}, cwd = ROOT) {
    const env = { ...process.env, JEST_WORKER_ID: undefined, ...environment, ...this.mark.environment };
    this.child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.child.stdout!.setEncoding('utf8').on('data', (data) => this.output += data);
    this.child.stderr!.setEncoding('utf8').on('data', (data) => this.errors += data);
    const look = setInterval(() => this.mark.members(), 250); // so that the process groups are known
    this.ended = new Promise((done) => this.child.on('close', (code) => {
      clearInterval(look);
      done(code);
    }));
    TestRun.started.push(this);
  }

  /** Waits until the output contains a text. */
  public async says(text: string): Promise<void> {
    await this.until(() => this.output.includes(text), `having said "${text}"`);
  }

  /** Waits until a process of the run has this text in its command line, and returns its ID. */
  public async runs(command: string): Promise<number> {
    const find = () => this.mark.members().find((member) => member.command.includes(command))?.pid;
    await this.until(() => find() !== undefined, `having run ${command}`);
    return find()!;
  }

  /** Sends the signal to the process group, as Ctrl-C does. */
  public interrupt(signal: NodeJS.Signals = 'SIGINT'): void {
    process.kill(-this.child.pid!, signal);
  }

  /** Closes the output pipe, as `| head` does. */
  public stopReading(): void {
    this.child.stdout!.destroy();
  }

  /** The command lines of processes that still run. */
  public leftovers(): Promise<string[]> {
    return this.mark.leftovers();
  }

  private async until(holds: () => boolean, what: string): Promise<void> {
    while (!holds()) {
      if (this.child.exitCode !== null) {
        throw new Error(`ended without ${what}: ${this.output}${this.errors}`);
      }
      await setTimeout(50);
    }
  }
}
