import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { OidcProvider } from './oidc-provider';
import { PodCredentials } from '../identity';
import { ObjectsAccess, ObjectsFunctionOptions } from '../kubernetes';

/** Options for a cluster that `IrsaCluster` does not define. */
export interface ExistingClusterOptions {
  /**
   * The URL of the cluster's OIDC issuer: the output of
   * `aws eks describe-cluster --name <name> --query cluster.identity.oidc.issuer --output text`. With a literal, trust policies are objects in the
   * template. For a cluster that this app defines, a literal pins the issuer, as the property `issuerUrl` of `IrsaCluster` does.
   *
   * @default - the issuer of a cluster that this app defines; otherwise unknown: roles cannot trust the service accounts of the cluster
   */
  readonly issuerUrl?: string;

  /**
   * The IAM OIDC provider of the cluster.
   *
   * @default OidcProvider.alreadyInAccount()
   */
  readonly oidcProvider?: OidcProvider;

  /**
   * The audience of the tokens that Amazon EKS mounts into pods. The IAM OIDC provider must accept it.
   *
   * @default 'sts.amazonaws.com'
   */
  readonly audience?: string;

  /**
   * How pods get the credentials of their role, unless the role says otherwise. A target role is an option of a single role only.
   *
   * @default PodCredentials.irsa()
   */
  readonly podCredentials?: PodCredentials;

  /**
   * Whether to install the add-on `eks-pod-identity-agent` in the stack of this construct. EKS Pod Identity requires it, except on the nodes of
   * Auto Mode. The deployment fails if the cluster already has the add-on.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
   * @default false
   */
  readonly installPodIdentityAgent?: boolean;

  /**
   * What the function that applies Kubernetes objects is allowed to do in the cluster. If it is set, the function and its access entry are
   * created in the stack of this construct. Set it if other stacks define objects in the cluster.
   *
   * @default ObjectsAccess.clusterAdmin(), but the function is created only if the stack of this construct defines objects in the cluster
   */
  readonly objectsAccess?: ObjectsAccess;

  /**
   * Options for the function that applies Kubernetes objects.
   *
   * @default - the defaults of each option
   */
  readonly objectsFunction?: ObjectsFunctionOptions;
}

/**
 * What an app knows of a cluster that something else defines, such as eksctl, Terraform or another app. The name and the issuer are enough
 * for roles. Kubernetes objects also require the endpoint and the certificate authority.
 */
export interface IrsaClusterAttributes extends ExistingClusterOptions {
  /** The name of the cluster. */
  readonly clusterName: string;

  /**
   * The ARN of the cluster.
   *
   * @default - composed of the name, and of the account and region of the stack
   */
  readonly clusterArn?: string;

  /**
   * The URL of the Kubernetes API server. Required to apply Kubernetes objects.
   *
   * @default - unknown
   */
  readonly clusterEndpoint?: string;

  /**
   * The certificate authority data of the API server: base64-encoded PEM. Required to apply Kubernetes objects.
   *
   * @default - unknown
   */
  readonly clusterCertificateAuthorityData?: string;

  /**
   * The VPC of the cluster. If it is set, the function that applies Kubernetes objects runs in its private and isolated subnets.
   *
   * @default - none: the function runs outside a VPC, so the API server must accept connections from the internet
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The security group that Amazon EKS created for the cluster.
   *
   * @default - none: a function in `vpc` gets its own security group, and you must allow it to connect to the API server
   */
  readonly clusterSecurityGroup?: ec2.ISecurityGroup;
}
