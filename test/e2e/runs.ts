import { ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const ROOT = resolve(__dirname, '..', '..');
const MARK = 'TEST_RUN_OF_IRSA'; // not CDK_, which does not reach what runs in the local AWS

/** A process that belongs to a run. */
interface Member {
  readonly pid: number;
  readonly command: string;
}

/** A run of a program of this repository, as someone at a terminal starts it: in a process group of its own, and marked. */
export class TestRun {
  /** Ends what a test has left running because it failed. */
  public static endAll(): void {
    for (const { pid } of TestRun.started.splice(0).flatMap((run) => run.members())) {
      signalIfThere(pid, 'SIGKILL');
    }
  }

  private static readonly started: TestRun[] = [];

  public output = '';
  public errors = '';
  public readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;
  private readonly mark = randomUUID();

  constructor(args: string[], environment: NodeJS.ProcessEnv = {}, cwd = ROOT) {
    const env = { ...process.env, JEST_WORKER_ID: undefined, ...environment, [MARK]: this.mark };
    this.child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.child.stdout!.setEncoding('utf8').on('data', (data) => this.output += data);
    this.child.stderr!.setEncoding('utf8').on('data', (data) => this.errors += data);
    this.ended = new Promise((done) => this.child.on('close', done));
    TestRun.started.push(this);
  }

  /** Waits for a part of the output. */
  public async says(text: string): Promise<void> {
    await this.until(() => this.output.includes(text), `having said "${text}"`);
  }

  /** Waits until a process of it runs whose command line has this, and returns its id. */
  public async runs(command: string): Promise<number> {
    const find = () => this.members().find((member) => member.command.includes(command));
    await this.until(() => Boolean(find()), `having run ${command}`);
    return find()!.pid;
  }

  /** Ctrl-C: what is in the foreground gets it. */
  public interrupt(signal: NodeJS.Signals = 'SIGINT'): void {
    process.kill(-this.child.pid!, signal);
  }

  /** As `| head` does it. */
  public stopReading(): void {
    this.child.stdout!.destroy();
  }

  /** The command lines of what still runs of it. */
  public async leftovers(): Promise<string[]> {
    for (let i = 0; i < 50 && this.members().length > 0; i++) {
      await setTimeout(100);
    }
    return this.members().map(({ command }) => command);
  }

  private async until(holds: () => boolean, what: string): Promise<void> {
    while (!holds()) {
      if (this.child.exitCode !== null) {
        throw new Error(`ended without ${what}: ${this.output}${this.errors}`);
      }
      await setTimeout(50);
    }
  }

  /** Whatever has its mark in its environment. */
  private members(): Member[] {
    return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).flatMap((pid) => {
      try {
        const belongs = readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${MARK}=${this.mark}`);
        return belongs ? [{ pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, 'latin1').replace(/\0/g, ' ') }] : [];
      } catch {
        return []; // it has just ended, or is another user's
      }
    });
  }
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it has just ended
  }
}
