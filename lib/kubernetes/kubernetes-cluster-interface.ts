import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct, IDependable } from 'constructs';
import { ObjectsFunctionOptions } from './objects-function-options';

/** All that applying Kubernetes objects needs to know of a cluster. */
export interface IKubernetesCluster extends IConstruct {
  /** The name of the cluster: the literal that was given, where there is one. */
  readonly clusterName: string;

  /** The ARN of the cluster. */
  readonly clusterArn: string;

  /** The URL of the Kubernetes API server. */
  readonly clusterEndpoint: string;

  /** The certificate authority of the API server: PEM, encoded in base64. */
  readonly clusterCertificateAuthorityData: string;

  /**
   * The VPC of the cluster.
   *
   * @default - not known: the function that applies objects runs outside of a VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The security group that Amazon EKS created for the cluster.
   *
   * @default - not known: a function in the VPC gets a security group of its own, which the API server must let in
   */
  readonly clusterSecurityGroup?: ec2.ISecurityGroup;

  /**
   * Whether the API server accepts connections from the whole internet: public access is on, and not restricted to CIDR blocks. The
   * function that applies objects then runs outside of the VPC, unless `objectsFunction` name subnets.
   */
  readonly hasUnrestrictedEndpoint: boolean;

  /**
   * Options of the function that applies objects.
   *
   * @default - the defaults of each option
   */
  readonly objectsFunction?: ObjectsFunctionOptions;

  /**
   * Gives the function that applies objects access to the Kubernetes API of this cluster: it must be allowed to read, create, change and
   * delete whatever it applies. `IrsaCluster` defines an access entry with the access policy `AmazonEKSClusterAdminPolicy`.
   *
   * @param scope the scope for what has to be defined, such as an access entry.
   * @param role the role of the function.
   * @returns what must be deployed before the function has access.
   */
  addObjectsAccess(scope: Construct, role: iam.IRole): IDependable;
}
