import { endCommands, Failure } from './commands';

const STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Runs the `main` function of a program, and exits with the status that it returns. Everything that the program started ends with it,
 * also if it fails, is interrupted, or its output is closed.
 *
 * @param cleanUp runs after all commands have ended
 */
export function runProgram(main: () => Promise<number>, cleanUp: () => Promise<void> = async () => undefined): void {
  let ending = false;

  async function end(status: number, message?: unknown): Promise<void> {
    if (ending) {
      return; // a failure now is only a consequence of ending the commands
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
