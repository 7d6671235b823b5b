import { basename } from 'node:path';
import { PolicyValidationPluginReportBeta1, PolicyViolationBeta1 } from 'aws-cdk-lib';
import { Severity } from './rule';
import { ReportedViolation } from './violations-in';
import { printable } from '../../internal/printable';
import { AcknowledgedViolation, FailOn } from '../../pod-access-plugin-props';

const FAILING: { readonly [failOn in FailOn]: readonly Severity[] } = {
  [FailOn.ERROR]: ['error'],
  [FailOn.WARNING]: ['error', 'warning'],
  [FailOn.NONE]: [],
};

/** The violations that nobody has acknowledged. */
export const unacknowledged = (violations: readonly ReportedViolation[], acknowledged: readonly AcknowledgedViolation[]): ReportedViolation[] =>
  violations.filter((violation) => !acknowledged.some((one) => isAcknowledged(violation, one)));

/** The report of the plugin, which fails because of violations of some severities. */
export const reportOf = (violations: readonly ReportedViolation[], failOn: FailOn, pluginVersion?: string): PolicyValidationPluginReportBeta1 => ({
  success: violations.every(({ severity }) => !FAILING[failOn].includes(severity)),
  violations: violations.map(violationOf),
  pluginVersion,
});

/** A violation on a line, for the terminal. */
export const lineOf = ({ rule, severity, description, fix, constructPath, templatePath, logicalId }: ReportedViolation): string =>
  printable(`${severity} ${rule} at ${constructPath ?? `${templatePath}, ${logicalId}`}: ${description} ${fix}.`);

function isAcknowledged(violation: ReportedViolation, { ruleId, constructPath }: AcknowledgedViolation): boolean {
  const place = violation.constructPath ?? `${basename(violation.templatePath)}/${violation.logicalId}`;
  return violation.rule === ruleId && `${place}/`.startsWith(`${constructPath}/`);
}

const violationOf = ({ rule, severity, description, fix, templatePath, logicalId, path }: ReportedViolation): PolicyViolationBeta1 => ({
  ruleName: rule,
  description: printable(description),
  fix,
  severity,
  violatingResources: [{ templatePath, resourceLogicalId: logicalId, locations: path === undefined ? [] : [printable(path)] }],
});
