import { PolicyValidationPluginReportBeta1, PolicyViolationBeta1 } from 'aws-cdk-lib';
import { Severity } from './rule';
import { accepts } from './unused-acknowledgements';
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
  violations.filter((violation) => !acknowledged.some((entry) => accepts(entry, violation)));

/** The report of the plugin, which fails because of violations of some severities. */
export const reportOf = (violations: readonly ReportedViolation[], failOn: FailOn, pluginVersion?: string): PolicyValidationPluginReportBeta1 => ({
  success: violations.every(({ rule }) => !FAILING[failOn].includes(rule.level)),
  violations: violations.map(violationOf),
  pluginVersion,
});

/** A violation on a line, for the terminal. */
export const lineOf = ({ rule: { id, level, fix }, message, place, templatePath }: ReportedViolation): string =>
  printable(`${level} ${id} at ${place.constructPath ?? `${templatePath}, ${place.logicalId}`}: ${message} ${fix}.`);

const violationOf = ({ rule, message, place: { logicalId, path }, templatePath }: ReportedViolation): PolicyViolationBeta1 => ({
  ruleName: rule.id,
  description: printable(message),
  fix: rule.fix,
  severity: rule.level,
  violatingResources: [{ templatePath, resourceLogicalId: logicalId, locations: path === undefined ? [] : [printable(path)] }],
});
