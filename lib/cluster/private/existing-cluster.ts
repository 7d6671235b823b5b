import { Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { mapRole } from './aws-auth-access';
import { warnOfAwsCdkServiceAccounts } from './aws-cdk-service-accounts';
import { duplicateAddonErrors } from './cluster-addons';
import { ClusterFacts, accountAndRegionOf } from './cluster-facts';
import { checkPin } from './cluster-input';
import { issuerOfExistingCluster } from './cluster-issuer';
import { checkDefaultCredentials } from './default-credentials';
import { warnOfIssuerId } from './issuer-id';
import { POD_IDENTITY_AGENT } from './known-addons';
import { checkClusterName } from './names';
import { lacksNodes } from './nodes-of-app';
import { podIdentityErrors } from './nodes-without-pod-identity';
import { checkOwnIssuer } from './own-issuer';
import { providerErrors } from './provider-validation';
import { IIrsaCluster, OidcIssuer, PodCredentials } from '../../identity';
import { Audience } from '../../identity/internal/audience';
import { IrsaClusterDefinition } from '../../identity/internal/irsa-cluster-definition';
import { KubernetesObjects, ObjectsAccess } from '../../kubernetes';
import { DefinedObjects } from '../../kubernetes/internal/defined-objects';
import { ObjectsAccessEntry } from '../../kubernetes/internal/objects-access-entry';
import { ObjectsProvider } from '../../kubernetes/internal/objects-provider';
import { checkPlace } from '../../private/environments';
import { refusalWithoutValue, within } from '../../private/errors';
import { outermostStack } from '../../private/outermost-stack';
import { checkProps } from '../../private/props/check-props';
import { ExistingClusterOptions } from '../existing-cluster-options';
import { IrsaAddon } from '../irsa-addon';
import { OidcProvider } from '../oidc-provider';

/** A cluster that `IrsaCluster` does not define. */
export class ExistingCluster extends Construct implements IIrsaCluster {
  public readonly clusterName: string;
  public readonly clusterArn: string;
  public readonly vpc?: ec2.IVpc;
  public readonly clusterSecurityGroup?: ec2.ISecurityGroup;
  public readonly issuer?: OidcIssuer;
  public readonly audience: string;
  public readonly openIdConnectProviderArn?: string;
  public readonly _definition: IrsaClusterDefinition;

  private readonly facts: ClusterFacts;
  /** Whether the app says how objects are applied. */
  private readonly hasObjectsAccess: boolean;

  /**
   * @param struct the name of the struct of the options.
   * @param read checks the cluster, and returns what is known of it.
   */
  constructor(scope: Construct, id: string, struct: string, options: ExistingClusterOptions, read: (self: Construct) => ClusterFacts) {
    super(scope, id);
    checkProps(this, struct, options);
    const facts = this.facts = within(this, () => read(this));
    const { resource, issuerUrl: definedIssuerUrl, openIdConnectProvider: providerOfCluster } = facts;
    const {
      issuerUrl, oidcProvider = OidcProvider.alreadyInAccount(), audience = Audience.DEFAULT,
      objectsAccess = ObjectsAccess.clusterAdmin(), objectsFunction, podCredentials = PodCredentials.irsa(),
    } = options;
    this.clusterName = facts.clusterName;
    this.clusterArn = facts.clusterArn;
    this.vpc = facts.vpc;
    this.clusterSecurityGroup = facts.clusterSecurityGroup;
    this.hasObjectsAccess = options.objectsAccess !== undefined;
    this.audience = audience;
    this._definition = {
      objectsAccess,
      objectsFunction,
      issuerUrl: Token.isUnresolved(issuerUrl) ? undefined : issuerUrl,
      podCredentials,
      hasUnrestrictedEndpoint: facts.hasUnrestrictedEndpoint,
      createNamespaceByDefault: resource !== undefined && objectsAccess._definition.isClusterAdmin,
      lacksPodIdentityAgent: () => false, // something else can have installed it
      lacksNodes: () => resource !== undefined && lacksNodes(resource),
      addObjectsAccess: (accessScope, role) => this.addObjectsAccess(accessScope, role),
    };
    if (options.installPodIdentityAgent) {
      new IrsaAddon(this, 'PodIdentityAgent', { cluster: this, addonName: POD_IDENTITY_AGENT });
    }
    const trusted = within(this, () => {
      checkClusterName(facts.clusterName);
      Audience.check('audience', audience);
      checkDefaultCredentials(podCredentials);
      ObjectsProvider.checkOptions({ objectsAccess, objectsFunction });
      if (definedIssuerUrl) {
        checkPin(issuerUrl);
      }
      return issuerOfExistingCluster(this, { oidcProvider, audience, issuerUrl, definedIssuerUrl, providerOfCluster });
    });
    this.issuer = trusted.issuer;
    this.openIdConnectProviderArn = trusted.openIdConnectProviderArn;
    within(this, () => checkOwnIssuer(this));
    if (options.objectsAccess?._definition.appliesObjects) {
      ObjectsProvider.of(this); // even without objects, so that stacks that are added or removed later do not change this stack
    }
    if (!resource && this.issuer) {
      warnOfIssuerId(this, this.issuer);
    }
    this.node.addValidation({
      validate: () => {
        warnOfAwsCdkServiceAccounts(this, resource);
        return [
          // apps can have many imports, and a provider that nobody here defines cannot be wrong
          ...(resource || oidcProvider._definition.source !== 'alreadyInAccount' ? providerErrors(this, resource) : []),
          ...(this.hasObjectsAccess ? [] : errorsOfOtherStacks(this)),
          ...(resource ? duplicateAddonErrors({ name: this.clusterName, resource }) : []),
          ...podIdentityErrors(this, { name: this.clusterName, resource: resource ?? this }),
        ];
      },
    });
  }

  public get clusterEndpoint(): string {
    return this.required('clusterEndpoint');
  }

  public get clusterCertificateAuthorityData(): string {
    return this.required('clusterCertificateAuthorityData');
  }

  private addObjectsAccess(scope: Construct, role: iam.IRole): IDependable {
    const { facts: { withoutAccessEntries }, clusterName, _definition: { objectsAccess: access } } = this;
    within(this, () => {
      checkPlace(Stack.of(this), accountAndRegionOf(this.facts)); // elsewhere, the access entry would not be found
      checkSecurityGroup(this.facts);
    });
    return withoutAccessEntries
      ? within(this, () => this.mapRole(withoutAccessEntries, role))
      : new ObjectsAccessEntry(scope, 'Access', { clusterName, role, access });
  }

  private mapRole(cluster: eksv1.Cluster, role: iam.IRole): IDependable {
    if (!this.hasObjectsAccess) {
      throw refusalWithoutValue('objectsAccess',
        'set to ObjectsAccess.clusterAdmin() or ObjectsAccess.kubernetesGroups(…) for a cluster whose authenticationMode is CONFIG_MAP, the default of aws-eks',
        'otherwise, the deployment that removes the last objects would first remove the access of the function from the ConfigMap aws-auth');
    }
    return mapRole(this, cluster, role, this._definition.objectsAccess);
  }

  private required(attribute: 'clusterEndpoint' | 'clusterCertificateAuthorityData'): string {
    const value = this.facts[attribute];
    if (value === undefined) {
      within(this, () => {
        throw new Error(`${attribute} is not known, but the function that applies Kubernetes objects needs it: pass it to ${this.facts.source}, `
          + 'or define the role alone with ServiceAccountRole');
      });
    }
    return value!;
  }
}

/** Without the security group of the cluster, a private endpoint does not accept connections of the function. */
function checkSecurityGroup({ vpc, clusterSecurityGroup, hasUnrestrictedEndpoint }: ClusterFacts): void {
  if (vpc && !hasUnrestrictedEndpoint && !clusterSecurityGroup) {
    throw refusalWithoutValue('clusterSecurityGroup', 'set together with vpc',
      'the function that applies Kubernetes objects connects to the API server with it; aws eks describe-cluster returns it as resourcesVpcConfig.clusterSecurityGroupId');
  }
}

/**
 * Errors for objects of other stacks, if the function is created only when objects are defined. A deployment that removes the last objects would
 * remove the function before these stacks no longer use it.
 */
function errorsOfOtherStacks(cluster: ExistingCluster): string[] {
  return DefinedObjects.in(cluster).constructs
    .filter((construct) => construct instanceof KubernetesObjects && construct.cluster === cluster)
    .filter((objects) => outermostStack(objects) !== outermostStack(cluster))
    .map(({ node }) => `objectsAccess must be set, because ${node.path}, which is in another stack, defines objects in the cluster: for example to ObjectsAccess.clusterAdmin()`);
}
