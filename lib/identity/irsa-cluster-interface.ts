import { Construct, IConstruct } from 'constructs';
import { OidcIssuer } from './oidc-issuer';
import { KubernetesObjects, KubernetesObjectsOptions } from '../kubernetes';

/** All that a service account needs to know of a cluster. */
export interface IIrsaCluster extends IConstruct {
  /** The cluster's name: the literal that was given, where there is one. */
  readonly clusterName: string;

  /** The OIDC issuer of the cluster. */
  readonly issuer: OidcIssuer;

  /** The ARN of the IAM OIDC provider that stands for the issuer. */
  readonly openIdConnectProviderArn: string;

  /** Whether a service account creates its namespace where nothing else is said: true for a cluster that is defined in this app. */
  readonly createNamespaceByDefault: boolean;

  /**
   * Defines Kubernetes objects in this cluster.
   *
   * @param scope says in which stack they land: it may be another than the cluster's.
   * @param id the construct's id in the scope.
   * @param options the objects, and how to apply them.
   */
  addManifest(scope: Construct, id: string, options: KubernetesObjectsOptions): KubernetesObjects;
}
