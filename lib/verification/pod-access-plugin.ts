import { IPolicyValidationContextBeta1, IPolicyValidationPluginBeta1, PolicyValidationPluginReportBeta1 } from 'aws-cdk-lib';
import { packageVersion } from './internal/package-version';
import { AlertRule } from './internal/sarif/alert';
import { AcknowledgedViolation, FailOn, PodAccessPluginProps } from './pod-access-plugin-props';
import { writePages } from './private/graph/page-files';
import { showsAllReports } from './private/rules/cdk-reports';
import { checkPluginProps } from './private/rules/check-plugin-props';
import { UNWRITABLE_PAGE, UNWRITABLE_SARIF } from './private/rules/plugin-alerts';
import { lineOf, reportOf, unacknowledged } from './private/rules/plugin-report';
import { SarifFiles } from './private/rules/sarif-files';
import { unusedAcknowledgements } from './private/rules/unused-acknowledgements';
import { atFirstResource, ReportedViolation, RULE_IDS, violationsIn } from './private/rules/violations-in';

/**
 * Checks the IAM roles of pods in each synthesis of an app, whatever constructs define them: roles that every pod can assume, that do not trust the service
 * account that is annotated with them, and others. docs/validation.md lists the rules.
 *
 * The templates of each stage are checked together, because clusters and roles can be in different stacks.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class PodAccessPlugin implements IPolicyValidationPluginBeta1 {
  /** The name in reports. */
  public readonly name: string = 'cdk-irsa';
  /** The version of this library. */
  public readonly version?: string = packageVersion();
  /** The rules. */
  public readonly ruleIds?: string[] = [...RULE_IDS];

  private readonly failOn: FailOn;
  private readonly acknowledged: readonly AcknowledgedViolation[];
  private readonly sarifFiles?: SarifFiles;
  private readonly htmlDirectory?: string;

  /** @param props what fails the synthesis, and where files go. */
  constructor(props: PodAccessPluginProps = {}) {
    checkPluginProps(props);
    this.failOn = props.failOn ?? FailOn.ERROR;
    this.acknowledged = props.acknowledged ?? [];
    this.sarifFiles = props.sarifDirectory === undefined ? undefined : new SarifFiles(props.sarifDirectory);
    this.htmlDirectory = props.htmlDirectory;
  }

  /**
   * Checks templates. The CDK calls it at the end of a synthesis.
   *
   * @param context which templates.
   */
  public validate(context: IPolicyValidationContextBeta1): PolicyValidationPluginReportBeta1 {
    const { templatePaths } = context;
    const all = violationsIn(templatePaths);
    const reported = [...unacknowledged(all, this.acknowledged), ...unusedAcknowledgements(templatePaths, this.acknowledged, all)];
    const violations = [
      ...reported,
      ...tryToWrite(UNWRITABLE_SARIF, templatePaths, () => this.sarifFiles?.write(templatePaths, reported)),
      ...tryToWrite(UNWRITABLE_PAGE, templatePaths, () => this.writePages(templatePaths)),
    ];
    const report = reportOf(violations, this.failOn, this.version);
    if (report.success && violations.length > 0 && !showsAllReports()) {
      console.error(violations.map(lineOf).join('\n'));
    }
    return report;
  }

  private writePages(templatePaths: readonly string[]): void {
    if (this.htmlDirectory !== undefined) {
      writePages(this.htmlDirectory, templatePaths);
    }
  }
}

/** Writes files, and returns the violation of a rule if that fails. An error would end the synthesis, and some versions of the CDK would not show it. */
function tryToWrite(rule: AlertRule, templatePaths: readonly string[], write: () => void): ReportedViolation[] {
  try {
    write();
    return [];
  } catch (error) {
    return [atFirstResource(rule, templatePaths, (error as Error).message)];
  }
}
