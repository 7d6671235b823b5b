import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EKS_USE_NATIVE_OIDC_PROVIDER } from 'aws-cdk-lib/cx-api';
import { Construct, IConstruct, IDependable } from 'constructs';
import { IIrsaCluster, OidcIssuer, ServiceAccountWithRole, ServiceAccountWithRoleOptions } from '../identity';
import { KubernetesObjects, KubernetesObjectsOptions, ObjectsFunctionOptions } from '../kubernetes';
import { IrsaNodegroup, IrsaNodegroupOptions } from '../nodes';
import { providerFor } from './private/client-ids';
import { hasUnrestrictedEndpoint } from './private/endpoint-access';
import { warnOfForeignNodes } from './private/foreign-nodes';
import { checkKubernetesVersion } from './private/kubernetes-version';
import { checkClusterName, checkNodegroupNames, nodegroupId } from './private/names';
import { Audience } from '../identity/audience';
import { ObjectsProvider } from '../kubernetes/objects-provider';
import { refusal, within } from '../private/errors';
import { checkOwnCluster } from '../private/own-cluster';
import { checkProps } from '../private/props/check-props';
import { checkSymmetricKey } from '../private/symmetric-key';

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
   * The managed nodegroups. If there are several, each requires a literal `nodegroupName`, which becomes part of the id of its construct.
   *
   * @default - none; add nodegroups with `addNodegroup`
   */
  readonly nodegroups?: IrsaNodegroupOptions[];

  /**
   * The audience of the tokens that pods exchange for credentials: 1 to 255 printable ASCII characters without spaces and `$`. The OIDC
   * provider of the cluster accepts only this client ID, trust policies require it, and service accounts get the annotation
   * `eks.amazonaws.com/audience`.
   *
   * A change takes effect for new pods. Running pods keep tokens for the previous audience, which the trust policies no longer accept: restart
   * them. Do not use the audience of the Kubernetes API, because it accepts such tokens as well.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
   * @default 'sts.amazonaws.com'
   */
  readonly audience?: string;

  /**
   * Whether the creator of the cluster becomes its administrator. The creator is the role that CloudFormation uses for the deployment.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessConfigRequest.html
   * @default - true, the default of Amazon EKS
   */
  readonly bootstrapClusterCreatorAdminPermissions?: boolean;

  /**
   * Whether Amazon EKS installs the self-managed add-ons VPC CNI, kube-proxy and CoreDNS when it creates the cluster. A change of this property
   * replaces the cluster.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
   * @default - true, the default of Amazon EKS
   */
  readonly bootstrapSelfManagedAddons?: boolean;

  /**
   * Options for the function that applies Kubernetes objects in the cluster.
   *
   * @default - the defaults of each option
   */
  readonly objectsFunction?: ObjectsFunctionOptions;
}

/**
 * Defines an EKS cluster in which each service account can have its own IAM role: the cluster, its IAM OIDC provider, its nodegroups, and the
 * function that applies Kubernetes objects. `IrsaClusterProps` describes the inherited properties that differ from aws-cdk-lib.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export class IrsaCluster extends Construct implements IIrsaCluster {
  /**
   * The underlying EKS cluster, as an escape hatch. Each nodegroup or Auto Scaling group that you add to it without this library gets a
   * warning, because its launch template determines whether pods can act as their nodes.
   */
  public readonly eksCluster: eks.Cluster;

  /** The name of the cluster: a literal if `clusterName` is set to one, otherwise a token. */
  public readonly clusterName: string;

  /** The ARN of the cluster. */
  public readonly clusterArn: string;

  /** The URL of the Kubernetes API server. */
  public readonly clusterEndpoint: string;

  /** The certificate authority data of the API server: base64-encoded PEM. */
  public readonly clusterCertificateAuthorityData: string;

  /** The VPC of the cluster: the property `vpc`, or a new VPC. */
  public readonly vpc?: ec2.IVpc;

  /** The security group that Amazon EKS creates for the cluster. */
  public readonly clusterSecurityGroup?: ec2.ISecurityGroup;

  /** Whether the API server accepts connections from the whole internet. */
  public readonly hasUnrestrictedEndpoint: boolean;

  /** The options for the function that applies Kubernetes objects. */
  public readonly objectsFunction?: ObjectsFunctionOptions;

  /** The OIDC issuer of the cluster. It is a token. */
  public readonly issuer?: OidcIssuer;

  /** The ARN of the cluster's IAM OIDC provider. */
  public readonly openIdConnectProviderArn?: string;

  /** The audience of the tokens that pods exchange for credentials. */
  public readonly audience: string;

  /** True, because a new cluster does not have the namespaces of its service accounts. */
  public readonly createNamespaceByDefault = true;

  private readonly _nodegroups: IrsaNodegroup[] = [];
  private readonly nodegroupNames = new Set<string | undefined>();

  /**
   * @throws if Amazon EKS does not accept the name, version or key; if there are several nodegroups and one does not have a literal and unique
   * name; if a nodegroup is invalid; if `albController` is set; or if the function that applies Kubernetes objects cannot use its subnets,
   * VPC or role.
   */
  constructor(scope: Construct, id: string, props: IrsaClusterProps) {
    super(scope, id);
    checkProps(this, 'IrsaClusterProps', props);
    const { nodegroups = [], objectsFunction, audience = Audience.DEFAULT, ...clusterProps } = props;
    within(this, () => {
      checkClusterName(props.clusterName);
      checkKubernetesVersion('version', props.version.version);
      checkNodegroupNames(nodegroups);
      Audience.check('audience', audience);
      checkSymmetricKey('secretsEncryptionKey', props.secretsEncryptionKey);
      if (props.albController) {
        throw refusal('albController', props.albController.version.version, 'left out',
          'it would add its own OIDC provider and trust policy; define its service account with addServiceAccountWithRole, and install its Helm chart');
      }
    });
    // one native OIDC provider, regardless of the feature flags of the app, and also for code that gets it from the EKS cluster
    this.node.setContext(EKS_USE_NATIVE_OIDC_PROVIDER, true);
    this.eksCluster = new eks.Cluster(this, 'Cluster', {
      ...clusterProps,
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, // the default would be Auto Mode
      defaultCapacity: 0,
    });
    const { clusterArn, clusterEndpoint, clusterCertificateAuthorityData, vpc, clusterSecurityGroup } = this.eksCluster;
    this.clusterName = props.clusterName ?? this.eksCluster.clusterName;
    this.clusterArn = clusterArn;
    this.clusterEndpoint = clusterEndpoint;
    this.clusterCertificateAuthorityData = clusterCertificateAuthorityData;
    this.vpc = vpc;
    this.clusterSecurityGroup = clusterSecurityGroup;
    this.hasUnrestrictedEndpoint = hasUnrestrictedEndpoint(this.eksCluster);
    this.objectsFunction = objectsFunction;
    this.audience = audience;
    this.openIdConnectProviderArn = providerFor(this.eksCluster, audience).openIdConnectProviderArn;
    this.issuer = OidcIssuer.fromProviderArn(this.openIdConnectProviderArn);
    // always, so that stacks that are added or removed later do not change this stack
    ObjectsProvider.of(this);
    nodegroups.forEach((nodegroup) => this.addNodegroup(nodegroupId(nodegroup.nodegroupName), nodegroup));
    this.node.addValidation({ validate: () => this.validateNodes() });
  }

  /** The nodegroups that were defined with `nodegroups` and `addNodegroup`. The list is a copy. */
  public get nodegroups(): IrsaNodegroup[] {
    return [...this._nodegroups];
  }

  /**
   * Defines a managed nodegroup of this cluster.
   *
   * @param id the id of the new construct, in the scope of this cluster.
   * @param options the options for the nodegroup.
   * @throws like `IrsaNodegroup`, and if the cluster already has a nodegroup with this name.
   */
  public addNodegroup(id: string, options: IrsaNodegroupOptions = {}): IrsaNodegroup {
    checkOwnCluster(this, options, this.eksCluster);
    const { nodegroupName } = options;
    within(this, () => this.checkNewNodegroup(nodegroupName));
    const nodegroup = new IrsaNodegroup(this, id, { ...options, cluster: this.eksCluster });
    this._nodegroups.push(nodegroup);
    this.nodegroupNames.add(nodegroupName);
    return nodegroup;
  }

  /**
   * Defines a service account and its role in the stack of the cluster. In other stacks, use `new ServiceAccountWithRole`.
   *
   * @param id the id of the new construct, in the scope of this cluster.
   * @param options the options for the service account and its role.
   * @throws like `ServiceAccountWithRole`.
   */
  public addServiceAccountWithRole(id: string, options: ServiceAccountWithRoleOptions): ServiceAccountWithRole {
    checkOwnCluster(this, options, this);
    return new ServiceAccountWithRole(this, id, { ...options, cluster: this });
  }

  /**
   * Defines Kubernetes objects in this cluster, in the stack of the cluster. In other stacks, use `new KubernetesObjects`.
   *
   * Workloads do not wait for nodes, service accounts or the namespaces of service accounts. If a workload needs them, add a dependency.
   * `KubernetesObjects` describes what happens to objects that already exist in the cluster, and when objects are deleted.
   *
   * @param id the id of the new construct, in the scope of this cluster.
   * @param options the objects and their options.
   * @throws like `KubernetesObjects`.
   */
  public addKubernetesObjects(id: string, options: KubernetesObjectsOptions): KubernetesObjects {
    checkOwnCluster(this, options, this);
    return new KubernetesObjects(this, id, { ...options, cluster: this });
  }

  /**
   * Makes the function that applies Kubernetes objects an administrator of this cluster.
   *
   * @param scope the scope of the access entry.
   * @param role the role of the function.
   * @returns the access entry.
   */
  public addObjectsAccess(scope: Construct, role: iam.IRole): IDependable {
    return new eks.AccessEntry(scope, 'Access', {
      cluster: this.eksCluster,
      principal: role.roleArn,
      accessPolicies: [eks.AccessPolicy.fromAccessPolicyName('AmazonEKSClusterAdminPolicy', { accessScopeType: eks.AccessScopeType.CLUSTER })],
    });
  }

  private validateNodes(): string[] {
    warnOfForeignNodes({ name: this.clusterName, resource: this.eksCluster.node.defaultChild! }, isOurs);
    return [];
  }

  private checkNewNodegroup(name: string | undefined): void {
    if (name !== undefined && this.nodegroupNames.has(name)) {
      throw refusal('nodegroupName', name, 'unique', 'the cluster already has a nodegroup with this name');
    }
  }
}

/** Whether an IrsaNodegroup defines the resource. */
function isOurs(resource: IConstruct): boolean {
  const [irsaNodegroup, nodegroup] = resource.node.scopes.slice(-3);
  return irsaNodegroup instanceof IrsaNodegroup && irsaNodegroup.eksNodegroup === nodegroup;
}
