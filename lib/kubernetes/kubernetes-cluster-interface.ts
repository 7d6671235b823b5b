import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { KubernetesClusterDefinition } from './internal/kubernetes-cluster-definition';

/**
 * A cluster in which Kubernetes objects can be applied: an `IrsaCluster`, or what its `from…` methods return.
 *
 * Do not implement this interface. Constructs refuse a cluster that this library did not define or import, because they need more than the
 * interface shows.
 */
export interface IKubernetesCluster extends IConstruct {
  /** The name of the cluster: a literal if it is known, otherwise a token. */
  readonly clusterName: string;

  /** The ARN of the cluster. */
  readonly clusterArn: string;

  /** The URL of the Kubernetes API server. Reading it is an error for an imported cluster whose endpoint the app does not state. */
  readonly clusterEndpoint: string;

  /**
   * The certificate authority data of the API server: base64-encoded PEM. Reading it is an error for an imported cluster whose data the app does
   * not state.
   */
  readonly clusterCertificateAuthorityData: string;

  /**
   * The VPC of the cluster.
   *
   * @default - unknown: the function that applies objects runs outside a VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The security group that Amazon EKS created for the cluster.
   *
   * @default - unknown: a function in the VPC gets its own security group, and you must allow it to connect to the API server
   */
  readonly clusterSecurityGroup?: ec2.ISecurityGroup;

  /** @internal */
  readonly _definition: KubernetesClusterDefinition;
}
