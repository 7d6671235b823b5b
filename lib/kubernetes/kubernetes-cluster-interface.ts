import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct, IDependable } from 'constructs';
import { ObjectsAccess } from './objects-access';
import { ObjectsFunctionOptions } from './objects-function-options';

/** A cluster in which Kubernetes objects can be applied. */
export interface IKubernetesCluster extends IConstruct {
  /** The name of the cluster: a literal if it is known, otherwise a token. */
  readonly clusterName: string;

  /** The ARN of the cluster. */
  readonly clusterArn: string;

  /** The URL of the Kubernetes API server. */
  readonly clusterEndpoint: string;

  /** The certificate authority data of the API server: base64-encoded PEM. */
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

  /**
   * Whether the API server accepts connections from the whole internet: public access is enabled and not restricted to CIDR blocks. If
   * true, the function that applies objects runs outside the VPC, unless `objectsFunction` specifies subnets.
   */
  readonly hasUnrestrictedEndpoint: boolean;

  /** What the function that applies objects is allowed to do in this cluster. With `ObjectsAccess.none()`, there is no such function. */
  readonly objectsAccess: ObjectsAccess;

  /**
   * The URL of the OIDC issuer, if it is a literal. The function that applies objects compares it with the issuer of the API server, because
   * pods get no credentials if trust policies name another issuer.
   *
   * @default - unknown until the deployment: nothing is compared
   */
  readonly issuerUrl?: string;

  /**
   * Options for the function that applies objects.
   *
   * @default - the defaults of each option
   */
  readonly objectsFunction?: ObjectsFunctionOptions;

  /**
   * Gives the function that applies objects the access `objectsAccess` to the Kubernetes API of this cluster. `IrsaCluster` defines an access
   * entry. It is called only if objects are applied in the cluster.
   *
   * @param scope the scope for constructs that this method defines, such as an access entry.
   * @param role the role of the function.
   * @returns the constructs that must be deployed before the function has access.
   */
  addObjectsAccess(scope: Construct, role: iam.IRole): IDependable;
}
