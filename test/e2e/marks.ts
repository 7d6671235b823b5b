import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** A process of this machine. */
export interface RunningProcess {
  readonly pid: number;
  readonly group: number;
  readonly command: string;
  readonly environment: string;
}

/** All that run; what has ended and is not waited for yet does not. */
export function runningProcesses(): RunningProcess[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).flatMap((pid) => {
    try {
      const read = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'latin1');
      const [state, , group] = read('stat').replace(/^.*\) /s, '').split(' ');
      return state === 'Z' ? [] : [{ pid: Number(pid), group: Number(group), command: read('cmdline').replace(/\0/g, ' ').trim(), environment: read('environ') }];
    } catch {
      return []; // it has just ended, or is another user's
    }
  });
}

/** A variable that all that a process starts has in its environment, by which it is found again; marks do not hide each other. */
export class Mark {
  public readonly environment: { [name: string]: string };
  private readonly name = `MARK_${randomUUID().replace(/-/g, '')}`; // not CDK_, which does not reach what runs in the local AWS
  private readonly groups = new Set<number>();

  constructor() {
    this.environment = { [this.name]: '1' };
  }

  /** What has the mark, and what is in a process group with it: pods and functions have an environment of their own. */
  public members(): RunningProcess[] {
    const all = runningProcesses();
    const marked = all.filter(({ environment }) => environment.includes(`${this.name}=`));
    marked.forEach(({ group }) => this.groups.add(group));
    return all.filter((each) => marked.includes(each) || this.groups.has(each.group));
  }

  /** Waits some seconds for the members to end, and returns the command lines of those that have not. */
  public async leftovers(): Promise<string[]> {
    for (let i = 0; i < 50 && this.members().length > 0; i++) {
      await setTimeout(100);
    }
    return this.members().map(({ command }) => command);
  }

  public signal(signal: NodeJS.Signals): void {
    for (const { pid } of this.members()) {
      try {
        process.kill(pid, signal);
      } catch {
        // it has just ended
      }
    }
  }
}
