import * as logs from 'aws-cdk-lib/aws-logs';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { withoutWildcards } from './private/inputs';
import { allowOnLogGroups, writesTo } from './private/log-groups';
import { refusalWithoutValue } from '../private/errors';
import { checkType } from '../private/props/check-props';

/** Properties of `FluentBitPolicy`. */
export interface FluentBitPolicyProps {
  /** The log groups to which Fluent Bit writes: at least one. If Fluent Bit creates them, import them with `LogGroup.fromLogGroupName`. */
  readonly logGroups: logs.ILogGroup[];

  /**
   * Whether Fluent Bit creates the log groups (`auto_create_group`).
   *
   * @default false
   */
  readonly createLogGroups?: boolean;

  /**
   * Whether Fluent Bit sets how long the log groups keep logs (`log_retention_days`). Anyone with this permission can shorten it, so that older logs are deleted.
   *
   * @default false
   */
  readonly allowSetRetention?: boolean;
}

/**
 * The permissions of Fluent Bit with the output `cloudwatch_logs`: it writes to log groups.
 *
 * Tighter than the upstream policy, `CloudWatchAgentServerPolicy`:
 * - Only the given log groups can be written.
 * - Creating log groups, and setting their retention, must be asked for.
 * - What Fluent Bit does not call is left out: `logs:DescribeLogGroups` and `logs:DescribeLogStreams`, and all of other services.
 *
 * The usual service account is that of the manifest for Container Insights. Charts have others.
 *
 * Not covered: other outputs, and the older output `cloudwatch`. `role_arn` needs a policy of its own.
 *
 * **What a compromised pod can still do**
 *
 * Write false log events, and metrics in any custom namespace.
 *
 * - Write false log events to `logGroups`, also in the streams of others. It cannot read or delete log events. With `allowSetRetention`, it can have older ones
 *   deleted.
 * - Publish metrics in any custom namespace, because CloudWatch extracts them from log events in the embedded metric format. They can trigger alarms and
 *   scaling, or hide a problem. No property limits this.
 * - Cause costs: nothing limits the number of log events and metrics.
 *
 * @upstream Fluent Bit 5.1
 * @hops Set `region` in the output. The filter `aws` needs the instance metadata.
 * @see https://docs.fluentbit.io/manual/data-pipeline/outputs/cloudwatch
 */
export class FluentBitPolicy implements IControllerPolicy {
  /** The namespace of Fluent Bit. */
  public readonly namespace?: string = 'amazon-cloudwatch';

  /** The service account of Fluent Bit. */
  public readonly serviceAccountName?: string = 'fluent-bit';

  private readonly props: FluentBitPolicyProps;

  /** @throws if a property is unknown or has another type, or if there are no log groups. */
  constructor(props: FluentBitPolicyProps) {
    checkType('FluentBitPolicy: props', 'cdk-irsa.policies.FluentBitPolicyProps', props);
    if (props.logGroups.length === 0) {
      throw refusalWithoutValue('FluentBitPolicy: logGroups', 'a list of at least one');
    }
    withoutWildcards('FluentBitPolicy: logGroups', props.logGroups.map(({ logGroupName }) => logGroupName));
    this.props = props;
  }

  /**
   * The permissions for the role.
   *
   * @param context the partition of the log groups.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    const { logGroups, createLogGroups, allowSetRetention } = this.props;
    const onGroups = [...(createLogGroups ? ['logs:CreateLogGroup'] : []), ...(allowSetRetention ? ['logs:PutRetentionPolicy'] : [])];
    return { statements: [writesTo(context, logGroups), ...(onGroups.length > 0 ? [allowOnLogGroups(context, onGroups, logGroups)] : [])] };
  }
}
