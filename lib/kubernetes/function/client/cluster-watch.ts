import { codeOf, isUnreachable } from '../nature';
import { signedHeaders } from './signature';

export interface ClusterWatchOptions {
  /** The name of the cluster. */
  readonly name: string;
  readonly eksEndpoint: string;
  /** The name of the stack of the objects, and the logical id of their resource. */
  readonly stack: string;
  readonly logicalId: string;
}

/**
 * Finds out whether a cluster that does not respond still exists. If not, there is nothing left to delete.
 *
 * Only Amazon EKS decides whether the cluster exists. A name that cannot be resolved or a missing network route is no evidence: the stack
 * would be deleted while the objects stay in a running cluster.
 */
export class ClusterWatch {
  /** The reason why the cluster counts as deleted. */
  public gone?: string;
  /** What prevents the deletion, and the fix; undefined while the cluster responds. */
  public wayOut?: string;

  constructor(private readonly options: ClusterWatchOptions) {}

  /** Throws if the error occurred because the cluster does not exist. */
  public async check(error: unknown): Promise<void> {
    this.wayOut = undefined;
    if (!this.gone && isUnreachable(error)) {
      await this.ask();
    }
    if (this.gone) {
      throw new Error(this.gone);
    }
  }

  private async ask(): Promise<void> {
    const { name, stack, logicalId } = this.options;
    const answer = await this.answer();
    if (answer === 'ResourceNotFoundException') {
      this.gone = `cluster ${name} does not exist in Amazon EKS`;
      return;
    }
    const reason = answer === 'exists'
      ? `cluster ${name} exists in Amazon EKS, but the function cannot reach its API server: allow the function to connect to it`
      : `cannot find out from Amazon EKS whether cluster ${name} exists (${answer}): allow eks:DescribeCluster for the role of the function, and let the function `
        + `reach the Amazon EKS API (in a VPC without internet access, through an interface endpoint for com.amazonaws.${process.env.AWS_REGION}.eks)`;
    this.wayOut = `${reason}; or keep the objects: when the stack is in the state DELETE_FAILED, run `
      + `aws cloudformation delete-stack --stack-name ${stack} --retain-resources ${logicalId}`;
  }

  /**
   * `exists`, the error code that Amazon EKS returns, or the reason why there is no response.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html
   */
  private async answer(): Promise<string> {
    try {
      const url = new URL(`/clusters/${encodeURIComponent(this.options.name)}`, this.options.eksEndpoint);
      // the certificate proves who responds, but not after a redirect
      const answer = await fetch(url, { headers: await signedHeaders('eks', url), redirect: 'error', signal: AbortSignal.timeout(5_000) });
      return answer.ok ? 'exists' : await errorCode(answer) ?? `status ${answer.status}`;
    } catch (error) {
      return `${codeOf(error) ?? (error as Error).message}`;
    }
  }
}

/** @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization */
async function errorCode(answer: Response): Promise<string | undefined> {
  const body = await answer.json().catch(() => undefined) as { __type?: unknown } | undefined;
  const code = answer.headers.get('x-amzn-errortype') ?? body?.__type ?? '';
  return /^(?:[\w.]+#)?(\w+)(?::|$)/.exec(`${code}`)?.[1];
}
