import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { findPython } from '../../local-aws/virtual-environment';

const PYTHON = findPython();

/** Runs tests that need Python. Without it, they are reported as skipped, because `npm cit` does not need Python. */
export const describeWithPython = PYTHON ? describe : describe.skip;

/** A Python program that answers each line of JSON with a line of JSON. It runs until the end of the suite, because Python takes longer to start than to answer. */
export class PythonProgram {
  private program?: ChildProcessWithoutNullStreams;
  private lines!: AsyncIterator<string>;
  private closed!: Promise<void>;
  private errors = '';

  constructor(private readonly args: string[]) {
    afterAll(() => {
      this.program?.stdin.end();
      return this.closed;
    });
  }

  public async answersTo(questions: readonly unknown[]): Promise<any[]> {
    const program = this.program ??= this.start();
    program.stdin.write(questions.map((question) => `${JSON.stringify(question)}\n`).join(''));
    const answers = [];
    while (answers.length < questions.length) {
      const { value, done } = await this.lines.next();
      if (done) {
        await this.closed;
        throw new Error(this.errors);
      }
      answers.push(JSON.parse(value));
    }
    return answers;
  }

  private start(): ChildProcessWithoutNullStreams {
    const program = spawn(PYTHON!, this.args);
    this.lines = createInterface(program.stdout)[Symbol.asyncIterator]();
    this.closed = new Promise((resolve) => program.once('close', () => resolve()));
    program.stderr.setEncoding('utf8').on('data', (data) => this.errors += data);
    return program;
  }
}
