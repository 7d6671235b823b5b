import { ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const ROOT = resolve(__dirname, '..', '..');
const MARK = 'CDK_IRSA_TEST_RUN';

/** A run of a program of this repository, as someone at a terminal starts it: in a process group of its own, and marked. */
export class TestRun {
  public output = '';
  public errors = '';
  public readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;
  private readonly mark = randomUUID();

  constructor(args: string[], environment: NodeJS.ProcessEnv = {}, cwd = ROOT) {
    this.child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...environment, [MARK]: this.mark }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.child.stdout!.on('data', (data) => this.output += data);
    this.child.stderr!.on('data', (data) => this.errors += data);
    this.ended = new Promise((done) => this.child.on('close', done));
  }

  /** Waits for a part of the output. */
  public async says(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      if (this.child.exitCode !== null) {
        throw new Error(`ended without having said "${text}": ${this.output}${this.errors}`);
      }
      await setTimeout(50);
    }
  }

  /** Ctrl-C: what is in the foreground gets it. */
  public interrupt(signal: NodeJS.Signals = 'SIGINT'): void {
    process.kill(-this.child.pid!, signal);
  }

  /** The command lines of what still runs of it: whatever has its mark in its environment. */
  public async leftovers(): Promise<string[]> {
    for (let i = 0; i < 50 && this.processes().length > 0; i++) {
      await setTimeout(100);
    }
    return this.processes();
  }

  private processes(): string[] {
    return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${MARK}=${this.mark}`) ? [readFileSync(`/proc/${pid}/cmdline`, 'latin1').replace(/\0/g, ' ')] : [];
      } catch {
        return []; // it has just ended, or is another user's
      }
    });
  }
}
