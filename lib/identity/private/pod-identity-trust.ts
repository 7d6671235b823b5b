import { Lazy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { placeOf } from './cluster-place';
import { sessionTags } from './session-tags';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { PodIdentityOptions } from '../pod-credentials';
import { ServiceAccountSubject } from '../service-account-subject';

/**
 * The service accounts for which a role trusts EKS Pod Identity. Without conditions, anyone who can create associations and pass the role could
 * give it to any pod of any cluster in the AWS account.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export class PodIdentityTrust {
  /** The names of service accounts, by the ARN of their cluster and their namespace. */
  private readonly names = new Map<string, Set<string>>();
  private readonly subjects = new Set<string>();
  private readonly clusters = new Map<string, IIrsaCluster>();

  /** The ARNs of the clusters, in the order in which they were added. */
  public get clusterArns(): string[] {
    return [...this.clusters.keys()];
  }

  /** All subjects, in the order in which they were added. */
  public get values(): string[] {
    return [...this.subjects];
  }

  /**
   * Trusts additional subjects. Subjects that are already trusted are ignored.
   *
   * @returns the principals of new statements. Existing statements include the subjects at synthesis.
   */
  public add(cluster: IIrsaCluster, subjects: ServiceAccountSubject[], { unsafeWithoutSessionTags }: PodIdentityOptions): iam.PrincipalBase[] {
    const isNewCluster = !this.clusters.has(cluster.clusterArn);
    this.clusters.set(cluster.clusterArn, cluster);
    subjects.forEach(({ value }) => this.subjects.add(value));
    if (unsafeWithoutSessionTags) {
      return isNewCluster ? [inCluster(cluster)] : [];
    }
    return subjects.flatMap(({ namespace, serviceAccountName }) => {
      const key = `${cluster.clusterArn} ${namespace}`;
      const names = this.names.get(key);
      if (names) {
        names.add(serviceAccountName);
        return [];
      }
      const created = new Set([serviceAccountName]);
      this.names.set(key, created);
      return [inNamespace(cluster, namespace, created)];
    });
  }
}

function inNamespace(cluster: IIrsaCluster, namespace: string, names: Set<string>): iam.PrincipalBase {
  const oneOrMore = Lazy.uncachedAny({ produce: () => (names.size === 1 ? [...names][0] : [...names]) });
  return podIdentity({ StringEquals: sessionTags(cluster, namespace, oneOrMore) });
}

/** The ARN of the association is not known yet, and was seen to be denied: https://github.com/awslabs/mountpoint-s3-csi-driver/issues/781 */
const inCluster = (cluster: IIrsaCluster): iam.PrincipalBase => podIdentity({
  StringEquals: { 'aws:SourceAccount': placeOf(cluster).account },
  ArnEquals: { 'aws:SourceArn': cluster.clusterArn },
});

const podIdentity = (conditions: iam.Conditions): iam.PrincipalBase =>
  new iam.ServicePrincipal('pods.eks.amazonaws.com', { conditions }).withSessionTags();
