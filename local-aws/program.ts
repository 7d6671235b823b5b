import { endCommands, Failure } from './commands';

const STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Runs what a program of this repository does, and exits with the status that it returns. However it ends, all that it has started ends
 * with it: when it fails, is interrupted, or nobody reads its output any more.
 *
 * @param cleanUp what is left to do when its commands have ended
 */
export function runProgram(main: () => Promise<number>, cleanUp: () => Promise<void> = async () => undefined): void {
  let ending = false;

  async function end(status: number, message?: unknown): Promise<void> {
    if (ending) {
      return; // what fails because all that runs is ended is of no interest
    }
    ending = true;
    if (message) {
      console.error(message);
    }
    await endCommands();
    await cleanUp();
    process.exit(status);
  }

  for (const [signal, status] of Object.entries(STATUS)) {
    process.on(signal, () => void end(status, '\nInterrupted: ending all that runs'));
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => void end(1));
  }
  main().then(end, (error) => end(1, error instanceof Failure ? error.message : error));
}
