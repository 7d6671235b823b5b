import * as iam from 'aws-cdk-lib/aws-iam';
import { inCall, refusalWithoutValue } from '../private/errors';
import { checkNoOptions } from '../private/no-options';
import { checkType } from '../private/props/check-props';

const OF_POD_IDENTITY = 'targetRole, sessionPolicy and unsafeWithoutSessionTags are options of PodCredentials.podIdentity';

/** Options for EKS Pod Identity. */
export interface PodIdentityOptions {
  /**
   * A second role, in the same or another AWS account, whose permissions the pods get. Amazon EKS assumes the role of the service account, and with
   * its credentials the target role. Grants go to the target role. If this app defines the target role, its trust policy gets the statements that it
   * needs. Otherwise, an output of the stack contains what the owner of the role must add.
   *
   * If the target role is in another stack, the role of the service account requires a literal `roleName`. In `podCredentials` of a cluster, a target
   * role is an error.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
   * @default - none: the pods get the permissions of the role of the service account
   */
  readonly targetRole?: iam.IRole;

  /**
   * A policy that limits the permissions of the sessions, up to 2,048 characters. The pods get the permissions that both the role and this policy
   * allow. Amazon EKS accepts a session policy only without session tags, so it requires `unsafeWithoutSessionTags`.
   *
   * @see https://aws.amazon.com/blogs/containers/session-policies-for-amazon-eks-pod-identity
   * @default - none
   */
  readonly sessionPolicy?: iam.PolicyDocument;

  /**
   * Whether Amazon EKS omits the session tags of the pods' sessions. If true, the trust policy is bound to the cluster only, and not to the namespace
   * and the service account: anyone who can create Pod Identity associations in the cluster, and pass the role, can give the role to other pods.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
   * @default false
   */
  readonly unsafeWithoutSessionTags?: boolean;
}

/**
 * How pods get the credentials of their role: with IAM roles for service accounts (IRSA), with EKS Pod Identity, or with both.
 *
 * AWS recommends EKS Pod Identity. It supports neither AWS Fargate nor Windows nodes, and no patterns of service accounts.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html#service-accounts-iam
 */
export class PodCredentials {
  /** IAM roles for service accounts: the pod exchanges its token for credentials at AWS STS. The cluster requires an IAM OIDC provider. */
  public static irsa(): PodCredentials {
    checkNoOptions('PodCredentials.irsa', arguments, OF_POD_IDENTITY);
    return new PodCredentials(true);
  }

  /**
   * EKS Pod Identity: an agent on the node gets the credentials for the pod. The nodes require the add-on `eks-pod-identity-agent`, except
   * those of Auto Mode. Each service account gets an association in Amazon EKS instead of an annotation.
   *
   * @param options for example, a target role.
   * @throws if `sessionPolicy` is set without `unsafeWithoutSessionTags`.
   */
  public static podIdentity(options: PodIdentityOptions = {}): PodCredentials {
    return new PodCredentials(false, inCall('PodCredentials.podIdentity', () => checkedOptions(options)));
  }

  /**
   * Both, to move from one to the other: the role trusts both, and the service account has the annotation and the association. New pods
   * use EKS Pod Identity. Running pods continue to use IRSA until you restart them.
   */
  public static both(): PodCredentials {
    checkNoOptions('PodCredentials.both', arguments, OF_POD_IDENTITY);
    return new PodCredentials(true, {});
  }

  private constructor(private readonly usesIrsa: boolean, private readonly podIdentityOptions?: PodIdentityOptions) {}

  /** Whether pods can use IAM roles for service accounts, and the options for EKS Pod Identity if pods can use that. @internal */
  public get _definition(): { readonly usesIrsa: boolean; readonly podIdentityOptions?: PodIdentityOptions } {
    return { usesIrsa: this.usesIrsa, podIdentityOptions: this.podIdentityOptions };
  }
}

function checkedOptions(options: PodIdentityOptions): PodIdentityOptions {
  checkType('options', 'cdk-irsa.PodIdentityOptions', options);
  if (options.sessionPolicy && !options.unsafeWithoutSessionTags) {
    throw refusalWithoutValue('sessionPolicy', 'omitted, or set together with unsafeWithoutSessionTags: true',
      'Amazon EKS accepts a session policy only without session tags, which bind the role to its service account');
  }
  return { ...options };
}
