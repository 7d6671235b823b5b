import { join } from 'node:path';
import { PythonProgram } from './python-program';

export interface Verdict {
  readonly decision?: 'ALLOWED' | 'DENIED';
  readonly why?: 'allow' | 'explicit deny' | 'implicit deny';
  readonly error?: string;
}

const program = new PythonProgram([join(__dirname, '..', '..', 'local-aws', 'server', 'judge.py')]);

/** The decisions of the local AWS on cases, whose format is in `local-aws/server/judge.py`. */
export const judge = (cases: readonly object[]): Promise<Verdict[]> => program.answersTo(cases);
