import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { allow } from './private/statements';
import { workspaces } from './private/workspaces';
import { checkType } from '../private/props/check-props';

/** Properties of `PrometheusWritePolicy`. */
export interface PrometheusWritePolicyProps {
  /** The ARNs of the workspaces to which metrics are sent: at least one. */
  readonly workspaceArns: string[];
}

/**
 * The permissions to send metrics to Amazon Managed Service for Prometheus, with `remote_write` of Prometheus or of a collector.
 *
 * Tighter than the upstream policy, `AmazonPrometheusRemoteWriteAccess`: metrics can be sent only to the given workspaces.
 *
 * **What a compromised pod can still do**
 *
 * Send false metrics to the workspaces, also in the name of other clusters.
 *
 * - Send metrics with any name and labels to `workspaceArns`, including those of other clusters. They can trigger alerts and scaling, or hide a problem. Give
 *   each cluster a workspace of its own. It cannot read or delete metrics.
 * - Cause costs with many metrics, and use up the quotas of the workspaces, so that the metrics of others are rejected.
 *
 * @upstream AmazonPrometheusRemoteWriteAccess v1
 * @hops Set `sigv4.region` in `remote_write`.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonPrometheusRemoteWriteAccess.html
 */
export class PrometheusWritePolicy implements IControllerPolicy {
  /** The namespace of Prometheus. */
  public readonly namespace?: string = 'prometheus';

  /** The service account of Prometheus. */
  public readonly serviceAccountName?: string = 'amp-iamproxy-ingest-service-account';

  private readonly arns: string[];

  /** @throws if a property is unknown or has another type, or if there are no workspaces. */
  constructor(props: PrometheusWritePolicyProps) {
    checkType('PrometheusWritePolicy: props', 'cdk-irsa.policies.PrometheusWritePolicyProps', props);
    this.arns = workspaces('PrometheusWritePolicy', props.workspaceArns);
  }

  /**
   * The permissions for the role.
   *
   * @param _context not used: an ARN has its place.
   */
  public bind(_context: ControllerPolicyContext): ControllerPolicyConfig {
    return { statements: [allow(['aps:RemoteWrite'], this.arns)] };
  }
}
