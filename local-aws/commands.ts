import { ChildProcess, spawn, SpawnOptions } from 'node:child_process';

/** An error whose message is all that there is to say. */
export class Failure extends Error {}

/** How a command has ended: its exit code, and what it has written to its standard output and error. */
export interface Result {
  readonly code: number | null;
  readonly output: string;
}

/** A command has a process group of its own, so that what it starts can be ended with it; that of a test has the one of all tests. */
const detached = process.env.JEST_WORKER_ID === undefined;
const running = new Set<ChildProcess>();
let ended = false;

/** Runs a command to its end. */
export function run(command: string, args: string[], options: SpawnOptions = {}): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (ended) {
      return; // nothing is started any more; this process is about to exit
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

/** As `run`, and shows what the command writes. Returns its exit code. */
export function show(command: string, args: string[], options: SpawnOptions = {}): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit', detached });
    endWithCommands(child);
    child.on('close', (code) => unlessEnding(() => resolve(code)));
  });
}

/** Does nothing once commands are being ended: what fails then says nothing of what it does. */
export function unlessEnding(work: () => void): void {
  if (!ended) {
    work();
  }
}

/** As `run`, and fails with what the command has written unless it succeeds. */
export async function succeed(command: string, args: string[], options: SpawnOptions = {}): Promise<string> {
  const { code, output } = await run(command, args, options);
  if (code !== 0) {
    throw new Failure(`${output.trim()}\n${[command, ...args].slice(0, 4).join(' ')} failed`);
  }
  return output;
}

/** Lets `endCommands` end a process, too, which has a process group of its own. What it leaves running in that ends when it does. */
export function endWithCommands(child: ChildProcess): void {
  running.add(child);
  child.once('error', () => running.delete(child));
  child.once('exit', () => kill(child, 'SIGKILL'));
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
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code!)) { // nothing of it runs
      throw error;
    }
  }
}
