import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { allowOnLogGroups, writesTo } from './private/log-groups';
import { allow, allowOnAll } from './private/statements';
import { sendsTraces } from './private/traces';
import { checkType } from '../private/props/check-props';

/**
 * To send metrics with OTLP. Only `PutMetricData` itself has a namespace.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
 */
const sendsMetricsWithOtlp = () => allow(['cloudwatch:PutMetricData'], ['*'], { Null: { 'cloudwatch:namespace': 'true' } });

/** Properties of `CloudWatchObservabilityPolicy`. */
export interface CloudWatchObservabilityPolicyProps {
  /**
   * Whether the agent collects the data of Application Signals, as with `applicationSignals.enabled` of the chart.
   *
   * @default true, as in the chart
   */
  readonly applicationSignals?: boolean;

  /**
   * Whether the agent collects metrics and logs with OpenTelemetry, as with `otelContainerInsights.enabled` of the chart.
   *
   * @default false, as in the chart
   */
  readonly otelContainerInsights?: boolean;
}

/**
 * The permissions of the EKS add-on `amazon-cloudwatch-observability`, and of the Helm chart of the same name: the CloudWatch agent and Fluent Bit write to log
 * groups, and create them. CloudWatch extracts metrics from these logs. The agent also sends traces, and some metrics with the OpenTelemetry Protocol (OTLP).
 *
 * Tighter than the upstream policies, `CloudWatchAgentServerPolicy` and `AWSXrayWriteOnlyAccess`:
 * - Only these log groups can be written: `/aws/containerinsights/<cluster>/*`, for Application Signals `/aws/application-signals/data` and
 *   `/aws/service-events/*`, and with OpenTelemetry `/aws/otel/containerinsights/<cluster>/*`. All clusters in the Region share those for Application Signals.
 * - Metrics can be sent with OTLP, but not to a namespace of CloudWatch.
 * - What the chart does not call by default is left out: `logs:PutRetentionPolicy`, `logs:DescribeLogGroups`, `logs:DescribeLogStreams` and `ssm:GetParameter`.
 * - `xray:GetSamplingStatisticSummaries` is left out, because it is for people who look at the results of sampling.
 *
 * `clusterName` of the chart must be the name of the cluster, because it is in the names of the log groups. Amazon EKS sets it for the add-on.
 *
 * Not covered: other configurations of the agent and of Fluent Bit, such as `log_retention_days` or metrics of StatsD; Dynamic Instrumentation; nodes with
 * Windows. For their permissions, add a `CustomControllerPolicy`.
 *
 * **What a compromised pod can still do**
 *
 * Write false logs and traces, and metrics in any custom namespace, and read the tags of all EC2 resources.
 *
 * - Write false log events to the log groups of its cluster and, with `applicationSignals`, to those that all clusters in the Region share. It cannot read or
 *   delete log events.
 * - Publish metrics in any custom namespace, because CloudWatch extracts them from log events in the embedded metric format. They can trigger alarms and
 *   scaling, or hide a problem. No property limits this.
 * - Send false traces with `applicationSignals`, and false metrics with `applicationSignals` or `otelContainerInsights`.
 * - Cause costs: nothing limits the number of log groups, log events, metrics and traces.
 * - Read the tags of all Amazon EC2 resources in the AWS account, and list the volumes.
 *
 * @upstream Amazon CloudWatch Observability chart 6.4
 * @hops Nothing: the pods use the network of the node.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html
 */
export class CloudWatchObservabilityPolicy implements IControllerPolicy {
  /** The namespace of the CloudWatch agent and Fluent Bit. */
  public readonly namespace?: string = 'amazon-cloudwatch';

  /** The service account of the CloudWatch agent and Fluent Bit. */
  public readonly serviceAccountName?: string = 'cloudwatch-agent';

  private readonly applicationSignals: boolean;
  private readonly otelContainerInsights: boolean;

  /** @throws if a property is unknown or has another type. */
  constructor(props: CloudWatchObservabilityPolicyProps = {}) {
    checkType('CloudWatchObservabilityPolicy: props', 'cdk-irsa.policies.CloudWatchObservabilityPolicyProps', props);
    this.applicationSignals = props.applicationSignals ?? true;
    this.otelContainerInsights = props.otelContainerInsights ?? false;
  }

  /**
   * The permissions for the role.
   *
   * @param context the cluster whose name is in the log groups, and where it is.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    const logGroups = this.logGroupNames(context).map((logGroupName) => ({ logGroupName, env: context }));
    return {
      statements: [
        writesTo(context, logGroups),
        allowOnLogGroups(context, ['logs:CreateLogGroup'], logGroups),
        allowOnAll('ec2:DescribeTags', 'ec2:DescribeVolumes'), // to find the Auto Scaling group and the volumes of the node
        ...(this.applicationSignals ? [sendsTraces()] : []),
        ...(this.applicationSignals || this.otelContainerInsights ? [sendsMetricsWithOtlp()] : []),
      ],
    };
  }

  private logGroupNames({ clusterName }: ControllerPolicyContext): string[] {
    return [
      `/aws/containerinsights/${clusterName}/*`,
      ...(this.applicationSignals ? ['/aws/application-signals/data', '/aws/service-events/*'] : []),
      ...(this.otelContainerInsights ? [`/aws/otel/containerinsights/${clusterName}/*`] : []),
    ];
  }
}
