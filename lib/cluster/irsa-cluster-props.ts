import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IrsaAddonOptions } from './irsa-addon-options';
import { OidcProvider } from './oidc-provider';
import { PodCredentials } from '../identity';
import { ObjectsAccess, ObjectsFunctionOptions } from '../kubernetes';
import { IrsaNodegroupOptions } from '../nodes';

/**
 * Properties of `IrsaCluster`: the common options of EKS clusters in `aws-eks-v2`, and additional options.
 *
 * Some inherited properties work differently from their documentation in aws-cdk-lib:
 *
 * - `version` must be 1.32 or later.
 * - `albController` is not allowed. Define its service account with `addServiceAccountWithRole`, and install its Helm chart.
 * - `mastersRole` becomes an administrator of the cluster through an access entry with the access policy `AmazonEKSClusterAdminPolicy`. The
 *   role is not added to the group `system:masters`. The stack gets two outputs with commands that use the role.
 * - `kubectlProviderOptions` is required only for manifests and charts that you add to `eksCluster`. `KubernetesObjects` does not use kubectl.
 * - `prune` applies only to manifests that you add to `eksCluster`. It has no effect on `KubernetesObjects`.
 * - `coreDnsComputeType` can be `FARGATE` only with `kubectlProviderOptions`, and with a Fargate profile that you add to `eksCluster`.
 * - `removalPolicy` applies to the cluster, its OIDC provider, role and security group, and the VPC that it creates. It does not apply to
 *   nodegroups, the function that applies Kubernetes objects, or service accounts and their roles.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks_v2-readme.html
 */
export interface IrsaClusterProps extends eks.ClusterCommonOptions {
  /**
   * The managed nodegroups. If there are several, each requires a literal `nodegroupName`, which becomes part of the ID of its construct. To add a
   * second nodegroup later without replacing the first one, use `addNodegroup`.
   *
   * @default - none: without `autoMode`, pods do not start until you add nodegroups with `addNodegroup`
   */
  readonly nodegroups?: IrsaNodegroupOptions[];

  /**
   * The EKS add-ons. They are defined before the nodegroups. If `vpc-cni` is among them, it has a role of its own, and the roles of the nodes do not
   * have its policy. If there are several add-ons, they require literal names, which become part of the IDs of their constructs.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
   * @default - none, except for `eks-pod-identity-agent` if `podCredentials` include EKS Pod Identity
   */
  readonly addons?: IrsaAddonOptions[];

  /**
   * The audience of the tokens that pods exchange for credentials: 1 to 255 printable ASCII characters without spaces or `$`. The OIDC
   * provider of the cluster accepts only this client ID, trust policies require it, and service accounts get the annotation
   * `eks.amazonaws.com/audience`, unless it is the default.
   *
   * A change takes effect for new pods. Running pods keep tokens for the previous audience, which the trust policies no longer accept: restart
   * them. Do not use the audience of the Kubernetes API, because the API would accept these tokens as well.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
   * @default 'sts.amazonaws.com'
   */
  readonly audience?: string;

  /**
   * Whether the creator of the cluster becomes its administrator. The creator is the role that CloudFormation uses for the deployment. A change of
   * this property replaces the cluster: in a cluster that exists, delete the access entry of the role instead.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessConfigRequest.html
   * @default - true, the default of Amazon EKS
   */
  readonly bootstrapClusterCreatorAdminPermissions?: boolean;

  /**
   * Whether Amazon EKS installs the self-managed add-ons VPC CNI, kube-proxy and CoreDNS when it creates the cluster. A change of this property
   * replaces the cluster. If it is false, nodegroups require the add-ons `vpc-cni`, `kube-proxy` and `coredns`, or what replaces them.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
   * @default - true, the default of Amazon EKS, or false with `autoMode`
   */
  readonly bootstrapSelfManagedAddons?: boolean;

  /**
   * What the function that applies Kubernetes objects is allowed to do in the cluster, and whether there is such a function.
   *
   * @default ObjectsAccess.clusterAdmin()
   */
  readonly objectsAccess?: ObjectsAccess;

  /**
   * Options for the function that applies Kubernetes objects in the cluster. They must be omitted with `ObjectsAccess.none()`.
   *
   * @default - the defaults of each option
   */
  readonly objectsFunction?: ObjectsFunctionOptions;

  /**
   * Whether Amazon EKS Auto Mode manages nodes, with the node pools `system` and `general-purpose`. Its nodes require IMDSv2 with a hop
   * limit of 1. The cluster can have nodegroups in addition if `addons` contains `vpc-cni`, `kube-proxy` and `coredns`.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/automode.html
   * @default false
   */
  readonly autoMode?: boolean;

  /**
   * How pods get the credentials of their role, unless `podCredentials` of the role is set. A `targetRole` can be set only for a single role.
   *
   * If it includes EKS Pod Identity, the cluster gets the add-on `eks-pod-identity-agent`, unless all nodes are those of Auto Mode, which contain the
   * agent. Nodes in subnets without internet access require a VPC endpoint for `eks-auth`.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
   * @default PodCredentials.irsa()
   */
  readonly podCredentials?: PodCredentials;

  /**
   * The IAM OIDC provider of the cluster. With `OidcProvider.none()`, its roles can only use EKS Pod Identity.
   *
   * @default OidcProvider.create(), or OidcProvider.none() if `podCredentials` is `PodCredentials.podIdentity()`
   */
  readonly oidcProvider?: OidcProvider;

  /**
   * The URL of the cluster's OIDC issuer, once it is known: the output of the stack whose name contains `IssuerUrl`. If you set it, trust policies
   * are objects in the template, which `cdk diff` and policy validators can read. Setting it replaces nothing. If the value is not the issuer of this
   * cluster, the deployment fails.
   *
   * @default - the issuer is a token, and trust policies are JSON texts that CloudFormation completes
   */
  readonly issuerUrl?: string;
}
