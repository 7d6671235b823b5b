import type { Deadline } from '../deadline';
import { isUnreachable } from '../nature';
import { describeCluster, Description } from './describe-cluster';
import type { ClusterComparison } from '../../contract/environment';

export interface ClusterWatchOptions {
  /** The name of the cluster. */
  readonly name: string;
  readonly eksEndpoint: string;
  /** The name of the stack of the objects, and the logical id of their resource. */
  readonly stack: string;
  readonly logicalId: string;
  /** Whether the event deletes the objects. */
  readonly deletes: boolean;
}

/** Where the function sends its token. */
export interface ClusterAddress {
  readonly endpoint: string;
  /** Base64-encoded PEM. */
  readonly certificateAuthority: string;
}

/** Between two requests to Amazon EKS, in milliseconds. */
const PAUSE = 2_000;
/** After so many requests without a response, Amazon EKS counts as unreachable. */
const TRIES = 3;

/**
 * Compares what the function knows about its cluster with what Amazon EKS knows: whether the cluster still exists if it does not respond, and
 * whether an address that was set at deployment is that of the cluster.
 *
 * Only Amazon EKS decides whether the cluster exists. A name that cannot be resolved or a missing network route is no evidence: the stack
 * would be deleted while the objects stay in a running cluster.
 */
export class ClusterWatch {
  /** The reason why the cluster counts as deleted. */
  public whyGone?: string;
  /** What prevents the deletion, and the fix; undefined while the cluster responds. */
  public deletionProblem?: string;

  constructor(private readonly options: ClusterWatchOptions) {}

  /** Throws if the error occurred because the cluster does not exist. */
  public async check(error: unknown): Promise<void> {
    this.deletionProblem = undefined;
    if (!this.whyGone && isUnreachable(error)) {
      const { problem } = await this.describe();
      this.deletionProblem = this.orKeepObjects(problem === undefined
        ? `cluster ${this.options.name} exists in Amazon EKS, but the function cannot reach its API server: allow the function to connect to it`
        : `cannot find out from Amazon EKS whether cluster ${this.options.name} exists (${problem}): ${howToAllowDescribe()}`);
    }
    this.throwIfGone();
  }

  /**
   * Throws unless the address is that of the cluster. Whoever decides the address at deployment would otherwise get a token of the function, which
   * the API server of the cluster accepts for a minute.
   *
   * @param comparison what to do if Amazon EKS does not respond.
   * @param deadline how long to ask again for what can change.
   */
  public async confirm(address: ClusterAddress, comparison: ClusterComparison, deadline: Deadline): Promise<void> {
    const { name } = this.options;
    let description = await this.describe();
    const mayChange = (tries: number) => description.canChange && (description.responded || comparison === 'required' || tries < TRIES);
    for (let tries = 1; mayChange(tries) && deadline.left > PAUSE; tries++) {
      await deadline.sleep(PAUSE);
      description = await this.describe();
    }
    this.throwIfGone();
    const { cluster, problem, responded } = description;
    if (!responded && comparison === 'if-reachable') {
      console.log(`the address of cluster ${name} cannot be compared with that in Amazon EKS: ${problem}`);
      return;
    }
    if (!cluster) {
      throw this.refusal(`cannot verify clusterEndpoint and clusterCertificateAuthorityData, which were set at deployment, against cluster ${name} in Amazon EKS (${problem}): `
        + `${howToAllowDescribe()}; or set both to literals`);
    }
    if (!isSameServer(address.endpoint, cluster.endpoint)) {
      throw this.refusal(isNot('clusterEndpoint', 'endpoint', name));
    }
    if (!isSameData(address.certificateAuthority, cluster.certificateAuthority?.data)) {
      throw this.refusal(isNot('clusterCertificateAuthorityData', 'certificateAuthority.data', name));
    }
  }

  private async describe(): Promise<Description> {
    const { name, eksEndpoint } = this.options;
    const description = await describeCluster(name, eksEndpoint);
    if (description.problem === 'ResourceNotFoundException') {
      this.whyGone = `cluster ${name} does not exist in Amazon EKS`;
    }
    return description;
  }

  private throwIfGone(): void {
    if (this.whyGone) {
      throw new Error(this.whyGone);
    }
  }

  private refusal(reason: string): Error {
    return new Error(this.options.deletes ? this.orKeepObjects(reason) : reason);
  }

  private orKeepObjects(reason: string): string {
    const { stack, logicalId } = this.options;
    return `${reason}; or keep the objects: when the stack is in the state DELETE_FAILED, run `
      + `aws cloudformation delete-stack --stack-name ${stack} --retain-resources ${logicalId}`;
  }
}

const howToAllowDescribe = () => 'allow eks:DescribeCluster for the role of the function, and let the function '
  + `reach the Amazon EKS API (in a VPC without internet access, through an interface endpoint for com.amazonaws.${process.env.AWS_REGION}.eks)`;

const isNot = (property: string, attribute: string, cluster: string) => `${property} is not that of cluster ${cluster}, so the function sent it no token: `
  + `set it to the output of aws eks describe-cluster --name ${cluster} --query cluster.${attribute} --output text`;

const isSameServer = (given: string, actual = '') =>
  URL.canParse(given) && URL.canParse(actual) && new URL(given).origin === new URL(actual).origin;

const isSameData = (given: string, actual = '') =>
  actual !== '' && Buffer.from(given, 'base64').equals(Buffer.from(actual, 'base64'));
