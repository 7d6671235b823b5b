import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { IrsaClusterAttributes, ExistingClusterOptions } from './existing-cluster-options';
import { IrsaAddon } from './irsa-addon';
import { IrsaAddonOptions } from './irsa-addon-options';
import { IrsaClusterProps } from './irsa-cluster-props';
import { IIrsaCluster, OidcIssuer, ServiceAccountWithRole, ServiceAccountWithRoleOptions } from '../identity';
import { KubernetesObjects, KubernetesObjectsOptions } from '../kubernetes';
import { IrsaNodegroup, IrsaNodegroupOptions } from '../nodes';
import { factsOfAttributes, factsOfEksCluster, factsOfEksV1Cluster } from './private/cluster-facts';
import { checkedInput } from './private/cluster-input';
import { issuerOfNewCluster } from './private/cluster-issuer';
import { ClusterParts } from './private/cluster-parts';
import { errorsOfNewCluster } from './private/cluster-validation';
import { defineEksCluster } from './private/eks-cluster';
import { ExistingCluster } from './private/existing-cluster';
import { lacksNodes } from './private/nodes-of-app';
import { checkOmittedProperties } from './private/omitted-properties';
import { checkOwnIssuer } from './private/own-issuer';
import { IrsaClusterDefinition } from '../identity/internal/irsa-cluster-definition';
import { ObjectsAccessEntry } from '../kubernetes/internal/objects-access-entry';
import { hasUnrestrictedEndpoint } from '../private/cluster-resource';
import { within } from '../private/errors';
import { checkOwnCluster } from '../private/own-cluster';
import { checkProps } from '../private/props/check-props';

/**
 * Defines an EKS cluster in which each service account can have its own IAM role: the cluster, its IAM OIDC provider, its nodegroups, and the
 * function that applies Kubernetes objects. `IrsaClusterProps` describes the inherited properties that differ from aws-cdk-lib.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 * @example
 * const cluster = new IrsaCluster(this, 'Cluster', { version: eks.KubernetesVersion.of('1.36'), nodegroups: [{}] });
 * const reader = cluster.addServiceAccountWithRole('Reader', { serviceAccountName: 'reader', namespace: 'reports' });
 * bucket.grantRead(reader);
 */
export class IrsaCluster extends Construct implements IIrsaCluster {
  /**
   * A cluster that something else defines, such as eksctl, Terraform or another app. The name and the issuer are enough for roles.
   *
   * Kubernetes objects also require the endpoint and the certificate authority, and a cluster with access entries: its authentication mode
   * must be `API` or `API_AND_CONFIG_MAP`. The function that applies them is created in the stack of `scope`.
   *
   * @param scope the scope of the construct that represents the cluster.
   * @param id its id, which does not influence the logical ids of service accounts and their roles.
   * @param attributes what is known of the cluster.
   * @throws if a value is invalid, if `oidcProvider` is for another issuer, or if the app has another cluster with this issuer.
   */
  public static fromIrsaClusterAttributes(scope: Construct, id: string, attributes: IrsaClusterAttributes): IIrsaCluster {
    return new ExistingCluster(scope, id, 'IrsaClusterAttributes', attributes, (self) => factsOfAttributes(self, attributes));
  }

  /**
   * A cluster of `aws-eks-v2`, which this app defines or imports.
   *
   * The function that applies Kubernetes objects is created in the stack of `scope`.
   *
   * @param scope the scope of the construct that represents the cluster.
   * @param id its id, which does not influence the logical ids of service accounts and their roles.
   * @param cluster the cluster.
   * @param options for example, its OIDC provider.
   * @throws if this app defines the cluster, but no OIDC provider for it, and `oidcProvider` is `OidcProvider.alreadyInAccount()`, the default.
   */
  public static fromEksCluster(scope: Construct, id: string, cluster: eks.ICluster, options: ExistingClusterOptions = {}): IIrsaCluster {
    return new ExistingCluster(scope, id, 'ExistingClusterOptions', options, (self) => factsOfEksCluster(self, cluster));
  }

  /**
   * A cluster of `aws-eks`, which this app defines or imports.
   *
   * The function that applies Kubernetes objects is created in the stack of `scope`. If this app defines the cluster with the authentication
   * mode `CONFIG_MAP`, the default of `aws-eks`, the role of the function is mapped in the ConfigMap `aws-auth`. Then `scope` must be in the
   * stack of the cluster, and `objectsAccess` must be `ObjectsAccess.clusterAdmin()` or `ObjectsAccess.kubernetesGroups(…)`.
   *
   * @param scope the scope of the construct that represents the cluster.
   * @param id its id, which does not influence the logical ids of service accounts and their roles.
   * @param cluster the cluster.
   * @param options for example, its OIDC provider.
   * @throws if this app defines the cluster, but no OIDC provider for it, and `oidcProvider` is `OidcProvider.alreadyInAccount()`, the default.
   */
  public static fromEksV1Cluster(scope: Construct, id: string, cluster: eksv1.ICluster, options: ExistingClusterOptions = {}): IIrsaCluster {
    return new ExistingCluster(scope, id, 'ExistingClusterOptions', options, (self) => factsOfEksV1Cluster(self, cluster));
  }

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

  /** The VPC of the cluster: the property `vpc`, or a new VPC. It is always set here. */
  public readonly vpc?: ec2.IVpc;

  /** The security group that Amazon EKS creates for the cluster. It is always set here. */
  public readonly clusterSecurityGroup?: ec2.ISecurityGroup;

  /** The audience of the tokens that Amazon EKS mounts into pods. */
  public readonly audience: string;

  /** The OIDC issuer of the cluster: a literal if it is pinned, otherwise a token. */
  public readonly issuer?: OidcIssuer;

  /** The ARN of the cluster's IAM OIDC provider. */
  public readonly openIdConnectProviderArn?: string;

  private readonly parts = new ClusterParts(this);
  private readonly definition: IrsaClusterDefinition;

  /**
   * @throws if Amazon EKS does not accept the name, version or key; if there are several nodegroups and one does not have a literal and unique
   * name; if a nodegroup is invalid; if `albController` is set; if the function that applies Kubernetes objects cannot use its subnets,
   * VPC or role; or if `objectsFunction` is set together with `ObjectsAccess.none()`.
   */
  constructor(scope: Construct, id: string, props: IrsaClusterProps) {
    super(scope, id);
    within(this, () => checkOmittedProperties(props));
    checkProps(this, 'IrsaClusterProps', props);
    const given = within(this, () => checkedInput(props));
    this.eksCluster = defineEksCluster(this, given.autoMode, given.ofEksCluster);
    this.clusterName = props.clusterName ?? this.eksCluster.clusterName;
    this.clusterArn = this.eksCluster.clusterArn;
    this.clusterEndpoint = this.eksCluster.clusterEndpoint;
    this.clusterCertificateAuthorityData = this.eksCluster.clusterCertificateAuthorityData;
    this.vpc = this.eksCluster.vpc;
    this.clusterSecurityGroup = this.eksCluster.clusterSecurityGroup;
    const resource = this.eksCluster.node.defaultChild as eksv1.CfnCluster;
    const { objectsAccess, objectsFunction, issuerUrl, podCredentials } = given;
    this.definition = {
      objectsAccess,
      objectsFunction,
      issuerUrl,
      podCredentials,
      hasUnrestrictedEndpoint: hasUnrestrictedEndpoint(resource),
      createNamespaceByDefault: objectsAccess._definition.isClusterAdmin, // a new cluster does not have the namespaces of its service accounts
      lacksPodIdentityAgent: () => this.parts.lacksPodIdentityAgent(),
      lacksNodes: () => lacksNodes(resource),
      addObjectsAccess: (accessScope, role) =>
        new ObjectsAccessEntry(accessScope, 'Access', { clusterName: this.eksCluster.clusterName, role, access: objectsAccess }),
    };
    this.audience = given.audience;
    const { issuer, openIdConnectProviderArn } = within(this, () => issuerOfNewCluster(this, this.eksCluster, given));
    this.issuer = issuer;
    this.openIdConnectProviderArn = openIdConnectProviderArn;
    within(this, () => checkOwnIssuer(this));
    this.parts.define(given);
    this.node.addValidation({ validate: () => errorsOfNewCluster(this, resource) });
  }

  /** The add-ons that were defined with `addons` and `addAddon`, and the add-on of the EKS Pod Identity agent. The list is a copy. */
  public get addons(): IrsaAddon[] {
    return [...this.parts.addons];
  }

  /** The nodegroups that were defined with `nodegroups` and `addNodegroup`. The list is a copy. */
  public get nodegroups(): IrsaNodegroup[] {
    return [...this.parts.nodegroups];
  }

  /**
   * Defines an EKS add-on of this cluster and the role of its pods. In other stacks, use `new IrsaAddon`.
   *
   * @param id the id of the new construct, in the scope of this cluster.
   * @param options the options for the add-on.
   * @throws like `IrsaAddon`.
   */
  public addAddon(id: string, options: IrsaAddonOptions): IrsaAddon {
    checkOwnCluster(this, options, this);
    return this.parts.addAddon(id, options);
  }

  /**
   * Defines a managed nodegroup of this cluster.
   *
   * @param id the id of the new construct, in the scope of this cluster.
   * @param options the options for the nodegroup.
   * @throws like `IrsaNodegroup`; if the cluster already has a nodegroup with this name; or, with `autoMode`, if an add-on is missing that
   * nodegroups require.
   */
  public addNodegroup(id: string, options: IrsaNodegroupOptions = {}): IrsaNodegroup {
    checkOwnCluster(this, options, this.eksCluster);
    return this.parts.addNodegroup(id, options);
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

  /** What this library needs to know about the cluster, and users do not. @internal */
  public get _definition(): IrsaClusterDefinition {
    return this.definition;
  }
}
