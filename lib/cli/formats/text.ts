import { accessTable } from '../access-table';
import { answersText } from '../answers';
import { diffText } from '../diff-text';
import { Report } from '../reports';

/** Text for people. */
export function text(report: Report): string {
  switch (report.report) {
    case 'access': return accessTable(report.rows, report.findings, report.assumed);
    case 'answers': return answersText(report.answers, report, report.assumed);
    case 'diff': return diffText(report, report.assumed);
  }
}
