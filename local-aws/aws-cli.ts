import { ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { endWithCommands, Failure, Result, unlessEnding } from './commands';

interface Waiting {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/** The AWS CLI, which one process imports for all commands: see server/aws_cli.py. */
export class AwsCli {
  private program?: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;

  /** @param python the Python of the virtual environment. */
  constructor(private readonly python: string) {}

  public run(commandArguments: string[], environment: NodeJS.ProcessEnv): Promise<Result> {
    return new Promise((resolve, reject) => {
      const id = ++this.count;
      this.waiting.set(id, { resolve, reject });
      this.program ??= this.start();
      this.program.stdin!.write(`${JSON.stringify({ id, arguments: commandArguments, environment })}\n`);
    });
  }

  public stop(): void {
    this.program?.stdin!.end();
  }

  private start(): ChildProcess {
    const program = spawn(this.python, ['-I', join(__dirname, 'server', 'aws_cli.py')], { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    endWithCommands(program);
    let errors = '';
    program.stderr.setEncoding('utf8').on('data', (data) => errors += data);
    program.stdin.on('error', () => undefined); // the end of the program says why
    createInterface(program.stdout).on('line', (line) => {
      const { id, ...result } = JSON.parse(line);
      this.waiting.get(id)!.resolve(result);
      this.waiting.delete(id);
    });
    const fail = (why: string) => unlessEnding(() => {
      this.program = undefined; // the next command starts another one
      this.waiting.forEach(({ reject }) => reject(new Failure(`${why}\nthe AWS CLI has ended by itself`)));
      this.waiting.clear();
    });
    program.once('error', ({ message }) => fail(message)).once('close', () => fail(errors.trim()));
    return program;
  }
}
