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

/** All running processes, without zombies. */
export function runningProcesses(): RunningProcess[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).flatMap((pid) => {
    try {
      const read = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'latin1');
      const [state, , group] = read('stat').replace(/^.*\) /s, '').split(' ');
      return state === 'Z' ? [] : [{ pid: Number(pid), group: Number(group), command: read('cmdline').replace(/\0/g, ' ').trim(), environment: read('environ') }];
    } catch {
      return []; // ended in the meantime, or belongs to another user
    }
  });
}

/** An environment variable that processes inherit, by which they are found again. Each mark has a different name, so that marks can be nested. */
export class Mark {
  public readonly environment: { [name: string]: string };
  private readonly name = `MARK_${randomUUID().replace(/-/g, '')}`; // without the prefix CDK_, which programs in the local AWS do not inherit
  private readonly groups = new Set<number>();

  constructor() {
    this.environment = { [this.name]: '1' };
  }

  /** The processes with the mark, and all in their process groups, because pods and functions do not inherit the environment. */
  public members(): RunningProcess[] {
    const all = runningProcesses();
    const marked = all.filter(({ environment }) => environment.includes(`${this.name}=`));
    marked.forEach(({ group }) => this.groups.add(group));
    return all.filter((each) => marked.includes(each) || this.groups.has(each.group));
  }

  /** Waits for the members to end, for this many seconds at most, and returns the command lines of those that still run. */
  public async leftovers(seconds = 120): Promise<string[]> {
    for (const end = Date.now() + 1_000 * seconds; this.members().length > 0 && Date.now() < end;) {
      await setTimeout(100);
    }
    return this.members().map(({ command }) => command);
  }

  public signal(signal: NodeJS.Signals): void {
    for (const { pid } of this.members()) {
      try {
        process.kill(pid, signal);
      } catch {
        // ended in the meantime
      }
    }
  }
}
