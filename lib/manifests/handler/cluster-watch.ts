import { codeOf, isUnreachable } from './patience';
import { signedHeaders } from './signature';

/** Finds out whether a cluster that does not answer is there at all: with it went everything that was to be deleted. */
export class ClusterWatch {
  /** Why the cluster counts as deleted. */
  public gone?: string;
  private unknownSince?: number;

  /** @param patience how long the name of the cluster's endpoint may be unknown where EKS cannot be asked, in milliseconds. */
  constructor(private readonly name: string, private readonly eksEndpoint: string, private readonly patience: number) {}

  /** Throws if what failed did so because the cluster is gone. */
  public async check(error: unknown): Promise<void> {
    if (!this.gone && isUnreachable(error)) {
      this.gone = await this.whyGone(error);
    }
    if (this.gone) {
      throw new Error(this.gone);
    }
  }

  private async whyGone(error: unknown): Promise<string | undefined> {
    const known = await this.isKnown();
    this.unknownSince = codeOf(error) === 'ENOTFOUND' ? this.unknownSince ?? Date.now() : undefined;
    if (known === false) {
      return `Amazon EKS knows no cluster ${this.name}`;
    }
    const unknown = known === undefined && this.unknownSince !== undefined && Date.now() - this.unknownSince >= this.patience;
    return unknown ? `the endpoint of cluster ${this.name} is unknown` : undefined;
  }

  /**
   * Whether EKS knows the cluster; undefined where it cannot be asked.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html
   */
  private async isKnown(): Promise<boolean | undefined> {
    try {
      const url = new URL(`/clusters/${encodeURIComponent(this.name)}`, this.eksEndpoint);
      const answer = await fetch(url, { headers: await signedHeaders('eks', url), signal: AbortSignal.timeout(5_000) });
      const isUnknown = answer.status === 404 && `${answer.headers.get('x-amzn-errortype')} ${await answer.text()}`.includes('ResourceNotFoundException');
      return answer.ok ? true : isUnknown ? false : undefined;
    } catch {
      return undefined;
    }
  }
}
