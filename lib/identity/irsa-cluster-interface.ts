import { IrsaClusterDefinition } from './internal/irsa-cluster-definition';
import { OidcIssuer } from './oidc-issuer';
import { IKubernetesCluster } from '../kubernetes';

/**
 * A cluster whose service accounts can have IAM roles: an `IrsaCluster`, or what its `from…` methods return.
 *
 * Do not implement this interface. Constructs refuse a cluster that this library did not define or import, because they need more than the
 * interface shows.
 */
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

  /** @internal */
  readonly _definition: IrsaClusterDefinition;
}
