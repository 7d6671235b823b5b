import { ChildProcess, spawn, SpawnOptions } from 'node:child_process';

/** An error of which only the message is shown, without a stack trace. */
export class Failure extends Error {}

/** The exit code of a command, and what it wrote to standard output and standard error. */
export interface Result {
  readonly code: number | null;
  readonly output: string;
}

/** A command gets its own process group, so that everything it starts can be ended with it. In Jest it stays in the process group of the tests. */
const detached = process.env.JEST_WORKER_ID === undefined;
const running = new Set<ChildProcess>();
let ended = false;

export function run(command: string, args: string[], options: SpawnOptions = {}): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (ended) {
      return; // this process is about to exit
    }
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached });
    endWithCommands(child);
    let output = '';
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (data) => output += data);
    }
    child.on('error', (error) => reject(new Failure(`${command} does not start: ${error.message}`)));
    child.on('close', (code) => unlessEnding(() => resolve({ code, output })));
  });
}

/** Like `run`, but the command writes to this terminal. */
export function runInTerminal(command: string, args: string[], options: SpawnOptions = {}): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit', detached });
    endWithCommands(child);
    child.on('close', (code) => unlessEnding(() => resolve(code)));
  });
}

/** Does nothing once the commands are being ended: a command that fails then tells nothing about its work. */
export function unlessEnding(work: () => void): void {
  if (!ended) {
    work();
  }
}

/** Like `run`, but throws what the command wrote if it fails. */
export async function succeed(command: string, args: string[], options: SpawnOptions = {}): Promise<string> {
  const { code, output } = await run(command, args, options);
  if (code !== 0) {
    throw new Failure(`${output.trim()}\n${[command, ...args].slice(0, 4).join(' ')} failed`);
  }
  return output;
}

/** Lets `endCommands` end this process as well. The process must lead its own process group: the rest of the group ends when the process does. */
export function endWithCommands(child: ChildProcess): void {
  running.add(child);
  child.once('error', () => running.delete(child));
  child.once('exit', () => kill(child, 'SIGKILL'));
  child.once('close', () => running.delete(child));
}

/** Ends the running commands and everything that they started. After this, `run` starts nothing. */
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
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code!)) { // the process group has already ended
      throw error;
    }
  }
}
