import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EKS_USE_NATIVE_OIDC_PROVIDER } from 'aws-cdk-lib/cx-api';
import { Construct, IConstruct, IDependable } from 'constructs';
import { IIrsaCluster, OidcIssuer, ServiceAccountWithRole, ServiceAccountWithRoleOptions } from '../identity';
import { KubernetesObjects, KubernetesObjectsOptions, ObjectsFunctionOptions } from '../kubernetes';
import { IrsaNodegroup, IrsaNodegroupOptions } from '../nodes';
import { hasUnrestrictedEndpoint } from './private/endpoint-access';
import { warnOfForeignNodes } from './private/foreign-nodes';
import { checkKubernetesVersion } from './private/kubernetes-version';
import { ObjectsProvider } from '../kubernetes/objects-provider';
import { refusal, within } from '../private/errors';
import { checkSymmetricKey } from '../private/symmetric-key';

/** Properties of `IrsaCluster`: those of the EKS cluster, and the nodegroups. */
export interface IrsaClusterProps extends eks.ClusterCommonOptions {
  /**
   * The managed nodegroups. If there are several, each requires a literal `nodegroupName`, which is part of the id of its construct.
   *
   * @default - none: add some with `addNodegroup`
   */
  readonly nodegroups?: IrsaNodegroupOptions[];

  /**
   * Whether whoever creates the cluster, which is the role that CloudFormation deploys with, is its administrator.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessConfigRequest.html
   * @default - true, as Amazon EKS has it
   */
  readonly bootstrapClusterCreatorAdminPermissions?: boolean;

  /**
   * Whether the cluster starts with the self-managed VPC CNI, kube-proxy and CoreDNS. A change replaces the cluster.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
   * @default - true, as Amazon EKS has it
   */
  readonly bootstrapSelfManagedAddons?: boolean;

  /**
   * Options of the function that applies Kubernetes objects to the cluster.
   *
   * @default - the defaults of each option
   */
  readonly objectsFunction?: ObjectsFunctionOptions;
}

/**
 * Defines an EKS cluster whose pods get IAM roles of their own: the cluster, its IAM OIDC provider, and its nodegroups.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export class IrsaCluster extends Construct implements IIrsaCluster {
  /**
   * The EKS cluster itself: the escape hatch. A warning names each nodegroup, and each Auto Scaling group, that makes nodes of it and is
   * not defined by this library: whether pods can act as these nodes is up to their launch templates.
   */
  public readonly eksCluster: eks.Cluster;

  /** The cluster's name: the literal that was given, or a token. */
  public readonly clusterName: string;

  /** The ARN of the cluster. */
  public readonly clusterArn: string;

  /** The URL of the Kubernetes API server. */
  public readonly clusterEndpoint: string;

  /** The certificate authority of the API server: PEM, encoded in base64. */
  public readonly clusterCertificateAuthorityData: string;

  /** The VPC of the cluster. */
  public readonly vpc?: ec2.IVpc;

  /** The security group that Amazon EKS creates for the cluster. */
  public readonly clusterSecurityGroup?: ec2.ISecurityGroup;

  /** Whether the API server accepts connections from the whole internet. */
  public readonly hasUnrestrictedEndpoint: boolean;

  /** Options of the function that applies objects, as they were given. */
  public readonly objectsFunction?: ObjectsFunctionOptions;

  /** The OIDC issuer of the cluster, a token. */
  public readonly issuer?: OidcIssuer;

  /** The ARN of the cluster's IAM OIDC provider. */
  public readonly openIdConnectProviderArn?: string;

  /** True: the cluster is new, so that the namespaces of its service accounts are, too. */
  public readonly createNamespaceByDefault = true;

  private readonly _nodegroups: IrsaNodegroup[] = [];
  private readonly nodegroupNames = new Set<string | undefined>();

  /**
   * @throws if Amazon EKS does not accept the name, version or key, if there are several nodegroups and one has no name, or if `albController` is set.
   */
  constructor(scope: Construct, id: string, props: IrsaClusterProps) {
    super(scope, id);
    const { nodegroups = [], objectsFunction, ...clusterProps } = props;
    within(this, () => {
      checkClusterName(props.clusterName);
      checkKubernetesVersion('version', props.version.version);
      checkNodegroupNames(nodegroups);
      checkSymmetricKey('secretsEncryptionKey', props.secretsEncryptionKey);
      if (props.albController) {
        throw refusal('albController', props.albController.version.version, 'left out',
          'it would add an OIDC provider and a trust of its own; define its account with addServiceAccountWithRole, and install its chart');
      }
    });
    // One native provider, whatever the app's flags say, also for whoever asks the EKS cluster for it
    this.node.setContext(EKS_USE_NATIVE_OIDC_PROVIDER, true);
    this.eksCluster = new eks.Cluster(this, 'Cluster', {
      ...clusterProps,
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, // left out, it would be Auto Mode
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
    this.openIdConnectProviderArn = this.eksCluster.openIdConnectProvider.openIdConnectProviderArn;
    this.issuer = OidcIssuer.fromProviderArn(this.openIdConnectProviderArn);
    // from the start, so that stacks which come and go do not change this one
    ObjectsProvider.of(this);
    nodegroups.forEach((nodegroup) => this.addNodegroup(constructId(nodegroup.nodegroupName), nodegroup));
    this.node.addValidation({ validate: () => this.validateNodes() });
  }

  /** The nodegroups of the cluster: a copy, to add to with `addNodegroup`. */
  public get nodegroups(): IrsaNodegroup[] {
    return [...this._nodegroups];
  }

  /**
   * Defines a managed nodegroup of this cluster.
   *
   * @param id the construct's id in this one.
   * @param options the nodegroup.
   * @throws as `IrsaNodegroup` does, and if the cluster has a nodegroup of this name already.
   */
  public addNodegroup(id: string, options: IrsaNodegroupOptions = {}): IrsaNodegroup {
    const { nodegroupName } = options;
    within(this, () => this.checkNewNodegroup(nodegroupName));
    const nodegroup = new IrsaNodegroup(this, id, { ...options, cluster: this.eksCluster });
    this._nodegroups.push(nodegroup);
    this.nodegroupNames.add(nodegroupName);
    return nodegroup;
  }

  /**
   * Defines a service account and its role, in the cluster's stack. For another stack use `new ServiceAccountWithRole` there.
   *
   * @param id the construct's id in this one.
   * @param options the service account.
   * @throws as `ServiceAccountWithRole` does.
   */
  public addServiceAccountWithRole(id: string, options: ServiceAccountWithRoleOptions): ServiceAccountWithRole {
    return new ServiceAccountWithRole(this, id, { ...options, cluster: this });
  }

  /**
   * Defines Kubernetes objects in this cluster, in the cluster's stack. For another stack use `new KubernetesObjects` there.
   *
   * Workloads wait for neither nodes, nor service accounts, nor the namespaces of these, unless they depend on them. `KubernetesObjects`
   * says what happens to objects that are in the cluster already, and when objects are deleted.
   *
   * @param id the construct's id in this one.
   * @param options the objects.
   * @throws as `KubernetesObjects` does.
   */
  public addKubernetesObjects(id: string, options: KubernetesObjectsOptions): KubernetesObjects {
    return new KubernetesObjects(this, id, { ...options, cluster: this });
  }

  /**
   * Gives the function that applies objects access to the Kubernetes API of this cluster, as its administrator.
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
      throw refusal('nodegroupName', name, 'a name of its own', 'the cluster has a nodegroup of this name already');
    }
  }
}

/** Whether a resource is the one that an IrsaNodegroup has made. */
function isOurs(resource: IConstruct): boolean {
  const [irsaNodegroup, nodegroup] = resource.node.scopes.slice(-3);
  return irsaNodegroup instanceof IrsaNodegroup && irsaNodegroup.eksNodegroup === nodegroup;
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
function checkClusterName(name: string | undefined): void {
  if (name !== undefined && !Token.isUnresolved(name) && !/^[0-9A-Za-z][-0-9A-Za-z_]{0,99}$/.test(name)) {
    throw refusal('clusterName', name, '1 to 100 letters, digits, hyphens and underscores, with a letter or digit first');
  }
}

/** An id that follows from the place in the list would change when a nodegroup is put in front. */
function checkNodegroupNames(nodegroups: IrsaNodegroupOptions[]): void {
  const unnamed = nodegroups.findIndex(({ nodegroupName }) => !isLiteral(nodegroupName));
  if (nodegroups.length > 1 && unnamed >= 0) {
    throw refusal(`nodegroups[${unnamed}].nodegroupName`, nodegroups[unnamed].nodegroupName && '<token>', 'a literal where there are several nodegroups',
      'or define the nodegroup with addNodegroup, and an id of its own');
  }
}

const isLiteral = (name: string | undefined) => name !== undefined && !Token.isUnresolved(name);

const constructId = (name: string | undefined) => (isLiteral(name) ? `Nodegroup-${name}` : 'Nodegroup');
