import { Answer } from './answers';
import { Question } from './question';
import { AccessChange } from '../verification/access-diff';
import { AccessFinding } from '../verification/access-reason';
import { AccessTableRow } from '../verification/access-table-row';

/** What a command reports, as data. Each format writes it in its own way. */
export type Report = AccessReport | AnswersReport | DiffReport;

/** Who can do what. */
export interface AccessReport {
  readonly report: 'access';
  readonly rows: readonly ReportedRow[];
  readonly findings: readonly AccessFinding[];
  readonly assumed: readonly string[];
}

/** A row of the access table. */
export interface ReportedRow extends AccessTableRow {
  /** The principal, as in answers and in comparisons. */
  readonly who: string;
}

/** Who can do something. */
export interface AnswersReport extends Question {
  readonly report: 'answers';
  readonly noResourcePolicy: readonly string[];
  readonly assumed: readonly string[];
  readonly answers: readonly Answer[];
}

/** Who gained and who lost what. */
export interface DiffReport {
  readonly report: 'diff';
  readonly broadens: boolean;
  readonly changes: AccessChange[];
  readonly assumed: readonly string[];
}
