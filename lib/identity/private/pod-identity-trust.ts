import { Lazy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { placeOfCluster } from './cluster-place';
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
  /** The ARNs of the clusters of which sessions without tags are trusted. */
  private readonly untagged = new Set<string>();
  private readonly clusters = new Set<string>();

  /** The ARNs of the clusters, in the order in which they were added. */
  public get clusterArns(): string[] {
    return [...this.clusters];
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
    this.clusters.add(cluster.clusterArn);
    subjects.forEach(({ value }) => this.subjects.add(value));
    if (unsafeWithoutSessionTags) {
      const isNew = !this.untagged.has(cluster.clusterArn);
      this.untagged.add(cluster.clusterArn);
      return isNew ? [inCluster(cluster)] : [];
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
  return podIdentity({ StringEquals: sessionTags(cluster.clusterArn, namespace, oneOrMore) });
}

/** The ARN of the association is not known yet, and was seen to be denied: https://github.com/awslabs/mountpoint-s3-csi-driver/issues/781 */
const inCluster = (cluster: IIrsaCluster): iam.PrincipalBase => podIdentity({
  // not ArnEquals, which matches wildcards: the ARN can be a value that is known only at deployment
  StringEquals: { 'aws:SourceAccount': placeOfCluster(cluster).account, 'aws:SourceArn': cluster.clusterArn },
});

const podIdentity = (conditions: iam.Conditions): iam.PrincipalBase =>
  new iam.ServicePrincipal('pods.eks.amazonaws.com', { conditions }).withSessionTags();
