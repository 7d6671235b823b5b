import { OidcIssuer } from './oidc-issuer';
import { PodCredentials } from './pod-credentials';
import { IKubernetesCluster } from '../kubernetes';

/** A cluster whose service accounts can have IAM roles. */
export interface IIrsaCluster extends IKubernetesCluster {
  /**
   * The OIDC issuer of the cluster.
   *
   * @default - none: roles cannot trust the service accounts of the cluster
   */
  readonly issuer?: OidcIssuer;

  /**
   * The ARN of the IAM OIDC provider for the issuer, in the AWS account of the cluster. If the issuer is a literal, roles in other accounts trust
   * the provider of their own account.
   *
   * @default - none: roles cannot trust the service accounts of the cluster
   */
  readonly openIdConnectProviderArn?: string;

  /**
   * The audience of the tokens that pods exchange for credentials: a literal. The IAM OIDC provider must accept it as a client ID. Trust
   * policies require it, and service accounts get the annotation `eks.amazonaws.com/audience` if it is not `sts.amazonaws.com`.
   *
   * @see https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough
   */
  readonly audience: string;

  /**
   * How pods get the credentials of their role, unless the role says otherwise.
   *
   * @default PodCredentials.irsa()
   */
  readonly podCredentials?: PodCredentials;

  /**
   * Whether the EKS Pod Identity agent runs on the nodes. If false, roles cannot use EKS Pod Identity.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
   * @default - unknown: nothing is checked
   */
  readonly hasPodIdentityAgent?: boolean;

  /**
   * The default of `createNamespace` for service accounts: true for a cluster that is defined in this app with
   * `ObjectsAccess.clusterAdmin()`.
   */
  readonly createNamespaceByDefault: boolean;
}
