import { OidcIssuer } from './oidc-issuer';
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
   * The ARN of the IAM OIDC provider for the issuer, in the AWS account of the roles.
   *
   * @default - none: roles cannot trust the service accounts of the cluster
   */
  readonly openIdConnectProviderArn?: string;

  /**
   * The default of `createNamespace` for service accounts: true for a cluster that is defined in this app with
   * `ObjectsAccess.clusterAdmin()`.
   */
  readonly createNamespaceByDefault: boolean;
}
