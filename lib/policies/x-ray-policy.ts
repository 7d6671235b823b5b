import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { sendsTraces } from './private/traces';

/**
 * The permissions of a collector that sends traces to AWS X-Ray, such as AWS Distro for OpenTelemetry (ADOT) or the X-Ray daemon.
 *
 * Tighter than the upstream policy, `AWSXrayWriteOnlyAccess`: `xray:GetSamplingStatisticSummaries` is left out, because it is for people who look at
 * the results of sampling. None of these actions supports permissions for single resources.
 *
 * Not covered: the OTLP endpoint of X-Ray.
 *
 * There is no usual service account: a collector is deployed under a name of its own.
 *
 * **What a compromised pod can still do**
 *
 * Send false traces, and read the sampling rules.
 *
 * - Send false traces in the name of any service in the AWS account. They can hide a problem, or show one that does not exist. It cannot read traces.
 * - Read the sampling rules, which contain names of services and paths of URLs.
 * - Cause costs: nothing limits the number of traces.
 *
 * @upstream AWSXrayWriteOnlyAccess v2
 * @hops Set `region` in the exporter, or `AWS_REGION`.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSXrayWriteOnlyAccess.html
 */
export class XRayPolicy implements IControllerPolicy {
  /** None: a collector is deployed under a name of its own. */
  public readonly namespace?: string;

  /** None: a collector is deployed under a name of its own. */
  public readonly serviceAccountName?: string;

  /**
   * The permissions for the role.
   *
   * @param _context not used.
   */
  public bind(_context: ControllerPolicyContext): ControllerPolicyConfig {
    return { statements: [sendsTraces()] };
  }
}
