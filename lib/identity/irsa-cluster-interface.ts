import { OidcIssuer } from './oidc-issuer';
import { IKubernetesCluster } from '../kubernetes';

/** All that a service account needs to know of a cluster. */
export interface IIrsaCluster extends IKubernetesCluster {
  /**
   * The OIDC issuer of the cluster.
   *
   * @default - none: roles cannot trust the cluster's service accounts
   */
  readonly issuer?: OidcIssuer;

  /**
   * The ARN of the IAM OIDC provider of the issuer, in the AWS account of the roles.
   *
   * @default - none: roles cannot trust the cluster's service accounts
   */
  readonly openIdConnectProviderArn?: string;

  /** Whether service accounts create their namespace by default: true for a cluster that is defined in this app. */
  readonly createNamespaceByDefault: boolean;
}
