import { Duration } from 'aws-cdk-lib';
import { IServiceAccountRole } from './service-account-role-interface';
import { ServiceAccountRoleOptions } from './service-account-role-options';
import { ExistingObjects } from '../kubernetes';

/** A service account and its role, in any cluster. */
export interface ServiceAccountWithRoleOptions extends ServiceAccountRoleOptions {
  /**
   * Name of the service account: an RFC 1123 subdomain of 1 to 253 characters.
   *
   * Every namespace has a service account `default`, which all pods use that name no service account. To give all of these the role, set
   * `existing` to `ExistingObjects.TAKE_OVER`. Otherwise, the name `default` is an error.
   *
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
   */
  readonly serviceAccountName: string;

  /**
   * Namespace of the service account: an RFC 1123 label of 1 to 63 characters.
   *
   * @default 'default'
   */
  readonly namespace?: string;

  /**
   * Whether to create the namespace if it is absent. A namespace that exists stays as it is, and none is ever deleted.
   *
   * The namespaces that every cluster has (`default`, `kube-system`, `kube-public`, `kube-node-lease`) are left alone in any case.
   *
   * @default - true for a cluster that is defined in this app, false for another
   */
  readonly createNamespace?: boolean;

  /**
   * Labels of the service account in Kubernetes.
   *
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the service account in Kubernetes, beside those that this construct sets: `eks.amazonaws.com/role-arn`, and
   * `eks.amazonaws.com/token-expiration` with `tokenExpiration`. At most 262,144 bytes, keys and values together.
   *
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set
   * @default - the role's ARN alone
   */
  readonly annotations?: { [key: string]: string };

  /**
   * How long the token is valid that a pod exchanges for credentials of the role: 10 minutes to 24 hours, in whole seconds. The kubelet
   * renews it in time. How long the credentials are valid does not depend on it. An annotation of the pod itself takes precedence.
   *
   * @see https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough
   * @default - not set: EKS then asks for 24 hours
   */
  readonly tokenExpiration?: Duration;

  /**
   * Whether pods get a token for Kubernetes' own API, unless they say otherwise. The token for AWS does not depend on it.
   *
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
   * @default - not set: Kubernetes then mounts one
   */
  readonly automountServiceAccountToken?: boolean;

  /**
   * A role that this account shares with others. Its trust policy gets the subject of this account, too. Options of the role, such as
   * `managedPolicies`, belong to the construct that defines it.
   *
   * @default - a role of its own
   */
  readonly serviceAccountRole?: IServiceAccountRole;

  /**
   * What happens to a service account of this name that is in the cluster already.
   *
   * `ExistingObjects.TAKE_OVER` takes it over, from another stack or from outside. Its fields stay, unless they are set here. When the
   * account leaves this stack, it is given back, and names its former role again. `ExistingObjects.KEEP` is an error, because the account
   * would not name the role. In a `ServiceAccountSet`, set it on the set.
   *
   * @default ExistingObjects.REFUSE
   */
  readonly existing?: ExistingObjects;
}
