import { BROADER_ACCESS, findingRule, UNAPPROVED_ACCESS, UNKNOWN_ACCESS, UNUSED_APPROVAL } from './sarif-rules';
import { Subject } from './subject';
import { AccessChange, AccessChangeKind } from '../../verification/access-diff';
import { AccessFinding, AccessPlace } from '../../verification/access-reason';
import { InternalAccess } from '../../verification/internal/internal-access';
import { Alert, AlertRule } from '../../verification/internal/sarif/alert';
import { sarifText } from '../../verification/internal/sarif/sarif-text';
import { BaselineCheck } from '../baseline/baseline-check';
import { AccessReport, Report } from '../reports';
import { Style } from '../style';

/**
 * SARIF for code scanning: what broadens access, what nobody approved, or without a comparison, what breaks rules and what was found. That somebody may do
 * something is no alert, and neither is the answer to a question.
 */
export const sarif = (report: Report, _style: Style, { access }: Subject): string => sarifText(report.report, alertsOf(report, access._internal));

function alertsOf(report: Report, access: InternalAccess): Alert[] {
  switch (report.report) {
    case 'access': return [...access.violations, ...findingsOf(report).map((finding) => findingAlert(finding, access))];
    case 'answers': return [];
    case 'baseline': return baselineAlerts(report, access);
    case 'diff': return report.changes.filter(({ broadens }) => broadens).map((change) => changeAlert(change, access));
  }
}

/** All findings, each once. Those about principals name all of them. */
function findingsOf({ rows, findings }: AccessReport): AccessFinding[] {
  const whoByFinding = new Map<string, string[]>();
  rows.forEach(({ who, findings: found }) => found.map((finding) => JSON.stringify(finding))
    .forEach((finding) => whoByFinding.set(finding, [...whoByFinding.get(finding) ?? [], who])));
  const aboutPrincipals = [...whoByFinding].map(([text, who]): AccessFinding => {
    const finding = JSON.parse(text);
    return { ...finding, message: `${[...new Set(who)].join(', ')}: ${finding.message}` };
  });
  return [...findings, ...aboutPrincipals];
}

const findingAlert = ({ id, message, place }: AccessFinding, access: InternalAccess) => alertAt(findingRule(id), message, place, access);

const changeAlert = ({ kind, affected, what, place }: AccessChange, access: InternalAccess) =>
  alertAt(kind === AccessChangeKind.UNKNOWN ? UNKNOWN_ACCESS : BROADER_ACCESS, `${affected.join(', ')}: ${what}`, place, access);

function baselineAlerts({ lacking, gone }: BaselineCheck, access: InternalAccess): Alert[] {
  const { places } = access;
  const alertOfLine = (rule: AlertRule, what: string, line: string) => alertAt(rule, `${what}: ${line}`, placeOfLine(line, places), access);
  return [
    ...lacking.map((line) => alertOfLine(UNAPPROVED_ACCESS, 'Nobody approved', line)),
    ...gone.map(({ access: line }) => alertOfLine(UNUSED_APPROVAL, 'Approved, but not there', line)),
  ];
}

/** The role of a line of access, or else the first resource that it names. */
function placeOfLine(line: string, places: ReadonlyMap<string, AccessPlace>): AccessPlace | undefined {
  const words = line.split(' ').map((word) => word.replace(/:$/, ''));
  const inOrder = [...words.filter((_, i) => words[i - 1] === 'role'), ...words];
  return inOrder.flatMap((word) => places.get(word) ?? [])[0];
}

const alertAt = (rule: AlertRule, message: string, place: AccessPlace | undefined, access: InternalAccess): Alert => ({
  rule,
  message: message.endsWith('.') ? message : `${message}.`,
  place,
  creationStack: place === undefined ? [] : access.creationStack(place),
});
