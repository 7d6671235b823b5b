import { ChildProcess, spawn, SpawnOptions } from 'node:child_process';

/** An error whose message is all that there is to say. */
export class Failure extends Error {}

/** How a command has ended: its exit code, and what it has written to its standard output and error. */
export interface Result {
  readonly code: number | null;
  readonly output: string;
}

const running = new Set<ChildProcess>();
let ended = false;

/** Runs a command to its end, in a process group of its own, so that whatever it starts can be ended with it. */
export function run(command: string, args: string[], options: SpawnOptions = {}): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (ended) {
      return; // nothing is started any more; this process is about to exit
    }
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    endWithCommands(child);
    let output = '';
    child.stdout!.on('data', (data) => output += data);
    child.stderr!.on('data', (data) => output += data);
    child.on('error', (error) => reject(new Failure(`${command} does not start: ${error.message}`)));
    child.on('close', (code) => {
      if (!ended) {
        resolve({ code, output });
      }
    });
  });
}

/** As `run`, and fails with what the command has written unless it succeeds. */
export async function succeed(command: string, args: string[], options: SpawnOptions = {}): Promise<string> {
  const { code, output } = await run(command, args, options);
  if (code !== 0) {
    throw new Failure(`${output.trim()}\n${[command, ...args].slice(0, 4).join(' ')} failed`);
  }
  return output;
}

/** Lets `endCommands` end a process, too, which has a process group of its own. */
export function endWithCommands(child: ChildProcess): void {
  running.add(child);
  child.once('error', () => running.delete(child));
  child.once('close', () => running.delete(child));
}

/** Ends the commands that run, with all that they have started, and starts no other. */
export async function endCommands(): Promise<void> {
  ended = true;
  await Promise.all([...running].map((child) => new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    kill(child, 'SIGTERM');
    setTimeout(() => kill(child, 'SIGKILL'), 5_000).unref();
  })));
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}
