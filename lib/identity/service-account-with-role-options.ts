import { Duration } from 'aws-cdk-lib';
import { IServiceAccountRole } from './service-account-role-interface';
import { ServiceAccountRoleOptions } from './service-account-role-options';
import { ExistingObjects } from '../kubernetes';

/** Options for a service account and its role. */
export interface ServiceAccountWithRoleOptions extends ServiceAccountRoleOptions {
  /**
   * Name of the service account: an RFC 1123 subdomain of 1 to 253 characters. Required, unless `controllerPolicies` have a name by convention.
   *
   * Every namespace has a service account `default`, which pods use if they do not specify a service account. To give the role to all of
   * these pods, set `existing` to `ExistingObjects.TAKE_OVER`. Otherwise, the name `default` is an error.
   *
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
   * @default - the name that `controllerPolicies` have by convention
   */
  readonly serviceAccountName?: string;

  /**
   * Namespace of the service account: an RFC 1123 label of 1 to 63 characters.
   *
   * @default - the namespace that `controllerPolicies` have by convention, otherwise `default`
   */
  readonly namespace?: string;

  /**
   * Whether to create the namespace if it does not exist. An existing namespace does not change, and no namespace is ever deleted.
   *
   * The option has no effect for namespaces that every cluster has: `default`, `kube-system`, `kube-public` and `kube-node-lease`.
   *
   * Only a function that is allowed to create Namespaces can create it. True is an error with `ObjectsAccess.namespaces`.
   *
   * @default - true for a cluster that is defined in this app with `ObjectsAccess.clusterAdmin()`, otherwise false
   */
  readonly createNamespace?: boolean;

  /**
   * Kubernetes labels of the service account.
   *
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Kubernetes annotations of the service account, up to 262,144 bytes for all keys and values. You cannot set the annotations
   * `eks.amazonaws.com/role-arn`, `eks.amazonaws.com/audience`, `eks.amazonaws.com/token-expiration` and
   * `eks.amazonaws.com/sts-regional-endpoints`, because this construct and the options of the account set them.
   *
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set
   * @default - only the annotations that this construct sets
   */
  readonly annotations?: { [key: string]: string };

  /**
   * The lifetime of the token that a pod exchanges for credentials of the role: 10 minutes to 24 hours, in whole seconds. The kubelet
   * renews the token before it expires. The lifetime of the credentials does not depend on it. An annotation on a pod takes precedence.
   *
   * @see https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough
   * @default - not set: Amazon EKS then uses 24 hours
   */
  readonly tokenExpiration?: Duration;

  /**
   * Whether the AWS SDK in a pod exchanges its token at the STS endpoint of its region, instead of the global endpoint in us-east-1. AWS
   * recommends regional endpoints. STS must be active in the region.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/configure-sts-endpoint.html
   * @default - not set: Amazon EKS then uses regional endpoints
   */
  readonly stsRegionalEndpoints?: boolean;

  /**
   * Whether pods get a token for the Kubernetes API by default. A pod can override it. It does not affect the token for AWS.
   *
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
   * @default - not set: Kubernetes then mounts a token
   */
  readonly automountServiceAccountToken?: boolean;

  /**
   * A role that this service account shares with others, from another `ServiceAccountRole`. To use any other IAM role, pass it to
   * `ServiceAccountRole.fromRole`. The trust policy of the role gets a statement for this service account. Set options of the role, such as
   * `managedPolicies`, on the construct that defines the role. If the role is in another AWS account or region, it needs a literal `roleName`.
   *
   * @default - a new role
   */
  readonly serviceAccountRole?: IServiceAccountRole;

  /**
   * Whether the deployment waits until pods that use this service account get credentials.
   *
   * Amazon EKS sets the credentials of a pod when the pod is created, with a webhook that learns of a new or changed service account with a
   * short delay. A pod that is created before that never gets credentials, or gets those of the previous role. So after the function has applied
   * the service account, it creates pods in dry runs, which store nothing, until the API server returns a pod with the credentials of the role. It
   * waits for at most one minute for all accounts of a set. If there are no credentials by then, or if the cluster refuses the pod, the deployment
   * continues, and the log of the function says why.
   *
   * If the function is not allowed to create pods in the namespace, it does not wait.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-configuration.html
   * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
   * @default true
   */
  readonly waitForCredentials?: boolean;

  /**
   * What happens if a service account with this name already exists in the cluster.
   *
   * `ExistingObjects.TAKE_OVER` takes it over from another stack or from another tool. Fields that are not set here do not change. When you
   * remove the account from this stack, it is given back and names its previous role again. `ExistingObjects.KEEP` is not allowed, because
   * an existing account would not name the role. For an account in a `ServiceAccountSet`, specify `existing` on the set.
   *
   * @default ExistingObjects.REFUSE
   */
  readonly existing?: ExistingObjects;
}
