import { accessText } from '../access-text';
import { answersText } from '../answers-text';
import { checkText } from '../baseline/baseline-report';
import { diffText } from '../diff-text';
import { Report } from '../reports';
import { Style } from '../style';

/** Text for people. */
export function text(report: Report, style: Style): string {
  switch (report.report) {
    case 'access': return accessText(report, style);
    case 'answers': return answersText(report, style);
    case 'baseline': return checkText(report);
    case 'diff': return diffText(report, style);
  }
}
