import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { allow } from './private/statements';
import { workspaces } from './private/workspaces';
import { checkType } from '../private/props/check-props';

/** Properties of `PrometheusQueryPolicy`. */
export interface PrometheusQueryPolicyProps {
  /** The ARNs of the workspaces that are queried: at least one. */
  readonly workspaceArns: string[];
}

/**
 * The permissions to query metrics of Amazon Managed Service for Prometheus, for example with Grafana.
 *
 * Tighter than the upstream policy, `AmazonPrometheusQueryAccess`: only the given workspaces can be queried.
 *
 * Not covered: a list of the workspaces to choose from, and alerts and rules.
 *
 * **What a compromised pod can still do**
 *
 * Read all metrics of the workspaces.
 *
 * - Read all metrics and labels in `workspaceArns`, including those that other clusters and teams send there.
 * - Cause costs with expensive queries, and use up the quotas for queries.
 *
 * @upstream AmazonPrometheusQueryAccess v1
 * @hops Set the default Region of the data source.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonPrometheusQueryAccess.html
 */
export class PrometheusQueryPolicy implements IControllerPolicy {
  /** The namespace of the query client. */
  public readonly namespace?: string = 'prometheus';

  /** The service account of the query client. */
  public readonly serviceAccountName?: string = 'amp-iamproxy-query-service-account';

  private readonly arns: string[];

  /** @throws if a property is unknown or has another type, or if there are no workspaces. */
  constructor(props: PrometheusQueryPolicyProps) {
    checkType('PrometheusQueryPolicy: props', 'cdk-irsa.policies.PrometheusQueryPolicyProps', props);
    this.arns = workspaces('PrometheusQueryPolicy', props.workspaceArns);
  }

  /**
   * The permissions for the role.
   *
   * @param _context not used: an ARN has its place.
   */
  public bind(_context: ControllerPolicyContext): ControllerPolicyConfig {
    return { statements: [allow(['aps:GetLabels', 'aps:GetMetricMetadata', 'aps:GetSeries', 'aps:QueryMetrics'], this.arns)] };
  }
}
