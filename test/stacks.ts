import { App, Stack, StackProps } from 'aws-cdk-lib';
import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { IIrsaCluster, IrsaCluster, IrsaClusterProps, ObjectsAccess, OidcIssuer, PodCredentials } from '../lib';

export const version = eks.KubernetesVersion.of('1.36');

export const newStack = (id = 'Stack', props?: StackProps, app: Construct = new App()) => new Stack(app, id, props);

export const newCluster = (scope: Construct, props?: Partial<IrsaClusterProps>) => new IrsaCluster(scope, 'Cluster', { version, ...props });

/** A cluster that exists already, so that its issuer is a literal. */
export class ExistingCluster extends Construct implements IIrsaCluster {
  public readonly clusterName = 'existing';
  public readonly clusterArn = 'arn:aws:eks:eu-central-1:123456789012:cluster/existing';
  public readonly clusterEndpoint = 'https://E1.gr7.eu-central-1.eks.amazonaws.com';
  public readonly clusterCertificateAuthorityData = 'Y2VydGlmaWNhdGU=';
  public readonly issuer: OidcIssuer;
  public readonly openIdConnectProviderArn: string;
  public readonly audience: string;
  public readonly _definition: IIrsaCluster['_definition'] = {
    hasUnrestrictedEndpoint: true,
    createNamespaceByDefault: false,
    objectsAccess: ObjectsAccess.clusterAdmin(),
    podCredentials: PodCredentials.irsa(),
    lacksPodIdentityAgent: () => false,
    lacksNodes: () => false,
    addObjectsAccess: (scope, role) => new CfnAccessEntry(scope, 'Access', { clusterName: this.clusterName, principalArn: role.roleArn }),
  };

  constructor(scope: Construct, id: string, options: { readonly issuer?: string; readonly audience?: string } = {}) {
    super(scope, id);
    const { issuer = 'oidc.eks.eu-central-1.amazonaws.com/id/E1' } = options;
    this.openIdConnectProviderArn = `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
    this.issuer = OidcIssuer.fromProviderArn(this.openIdConnectProviderArn);
    this.audience = 'audience' in options ? options.audience! : 'sts.amazonaws.com';
  }
}
