import { codeOf, isUnreachable } from '../nature';
import { signedHeaders } from './signature';

export interface ClusterWatchOptions {
  /** Of the cluster. */
  readonly name: string;
  readonly eksEndpoint: string;
  /** The name of the stack that the objects belong to, and of their resource in it. */
  readonly stack: string;
  readonly logicalId: string;
}

/**
 * Finds out whether a cluster that does not answer still exists. If not, there is nothing left to delete.
 *
 * Only Amazon EKS may say that it is gone. A name that cannot be resolved, or a network without a route, says nothing: the objects would
 * stay in a cluster that runs, and the stack would be gone.
 */
export class ClusterWatch {
  /** Why the cluster counts as deleted. */
  public gone?: string;
  /** What is in the way of the deletion, and how to get past it; undefined while the cluster answers. */
  public wayOut?: string;

  constructor(private readonly options: ClusterWatchOptions) {}

  /** Throws if what failed did so because the cluster is gone. */
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
      this.gone = `Amazon EKS knows no cluster ${name}`;
      return;
    }
    const reason = answer === 'exists'
      ? `Amazon EKS has a cluster ${name}, but its API server cannot be reached from the function: open the way to it`
      : `Amazon EKS did not say whether cluster ${name} exists (${answer}): allow the function's role eks:DescribeCluster, and let the function `
        + `reach the API of Amazon EKS, in a VPC without internet access through an interface endpoint for com.amazonaws.${process.env.AWS_REGION}.eks`;
    this.wayOut = `${reason}; or leave the objects behind: once the stack is DELETE_FAILED, run `
      + `aws cloudformation delete-stack --stack-name ${stack} --retain-resources ${logicalId}`;
  }

  /**
   * `exists`, the code of the error that EKS answers with, or why there is no answer.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html
   */
  private async answer(): Promise<string> {
    try {
      const url = new URL(`/clusters/${encodeURIComponent(this.options.name)}`, this.options.eksEndpoint);
      // the certificate proves who answers, which it would not do after a redirect
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
