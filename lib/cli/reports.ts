import { BaselineCheck } from './baseline/baseline-check';
import { Question } from './question';
import { AccessChange } from '../verification/access-diff';
import { AccessOutcome } from '../verification/access-outcome';
import { AccessFinding } from '../verification/access-reason';
import { AccessTableRow } from '../verification/access-table-row';

/** What a command reports, as data. Each format writes it in its own way. */
export type Report = AccessReport | AnswersReport | BaselineReport | DiffReport;

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

/** Whether a principal can do what was asked. */
export interface Answer {
  readonly cluster: string;
  readonly who: string;
  readonly outcome: AccessOutcome;
  /** With the credentials that SDKs use by default. */
  readonly outcomeByDefault: AccessOutcome;
  /** What the outcomes depend on, if one of them is UNKNOWN. */
  readonly missing: readonly string[];
}

/** Who can do something. */
export interface AnswersReport extends Question {
  readonly report: 'answers';
  /** The ARN of a resource that is named by its construct or its logical ID, with `${label}` for parts that are known only at deployment. */
  readonly arn?: string;
  readonly resourcesWithoutPolicy: readonly string[];
  readonly assumed: readonly string[];
  /** How many principals the question is about, and their clusters. */
  readonly asked: number;
  readonly clusters: readonly string[];
  readonly answers: readonly Answer[];
}

/** Who gained and who lost what. */
export interface DiffReport {
  readonly report: 'diff';
  readonly broadens: boolean;
  readonly changes: AccessChange[];
  readonly assumed: readonly string[];
}

/** Whether access is what a baseline says. */
export interface BaselineReport extends BaselineCheck {
  readonly report: 'baseline';
  readonly assumed: readonly string[];
}
