import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { IIrsaCluster, IrsaCluster, IrsaClusterProps, KubernetesObjects, KubernetesObjectsOptions, OidcIssuer } from '../lib';

export const version = eks.KubernetesVersion.of('1.36');

export const newStack = (id = 'Stack', props?: StackProps, app: Construct = new App()) => new Stack(app, id, props);

export const newCluster = (scope: Construct, props?: Partial<IrsaClusterProps>) => new IrsaCluster(scope, 'Cluster', { version, ...props });

/** A cluster that exists already, so that its issuer is a literal; what is applied to it goes to an EKS cluster of the test. */
export class ExistingCluster extends Construct implements IIrsaCluster {
  public readonly clusterName = 'existing';
  public readonly openIdConnectProviderArn = 'arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/E1';
  public readonly issuer = OidcIssuer.fromProviderArn(this.openIdConnectProviderArn);
  public readonly createNamespaceByDefault = false;
  private readonly cluster = new eks.Cluster(this, 'Cluster', { version, defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0 });

  public addManifest(scope: Construct, id: string, options: KubernetesObjectsOptions): KubernetesObjects {
    return new KubernetesObjects(scope, id, { ...options, cluster: this.cluster });
  }
}
