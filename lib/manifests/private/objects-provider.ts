import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';

// lib/manifests/private and build/manifests/private are equally deep, so that this holds for both
const BUNDLE = join(__dirname, '..', '..', '..', 'assets', 'lib', 'manifests', 'handler', 'apply-objects');
// Frozen: CloudFormation refuses another ServiceToken for a resource that is there.
const ID = 'KubernetesObjectsProvider';

/** The function that applies objects to one cluster; there is one per cluster, in the cluster's own stack. */
export class ObjectsProvider extends Construct {
  /** The provider of this cluster, made at the first call: the cluster is its scope, so that it is found from any stack. */
  public static of(cluster: eks.ICluster): ObjectsProvider {
    return (cluster.node.tryFindChild(ID) as ObjectsProvider | undefined) ?? new ObjectsProvider(cluster, ID, cluster);
  }

  public readonly serviceToken: string;

  private constructor(scope: Construct, id: string, cluster: eks.ICluster) {
    super(scope, id);
    const { region, urlSuffix } = Stack.of(this);
    const onEventHandler = new lambda.Function(this, 'Handler', {
      code: lambda.Code.fromAsset(BUNDLE),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      description: 'Applies Kubernetes objects to an EKS cluster',
      timeout: Duration.minutes(10),
      memorySize: 512,
      ...network(cluster),
      environment: {
        CLUSTER_NAME: cluster.clusterName,
        CLUSTER_ENDPOINT: cluster.clusterEndpoint,
        CLUSTER_CERTIFICATE_AUTHORITY: cluster.clusterCertificateAuthorityData,
        STS_HOST: `sts.${region}.${urlSuffix}`,
      },
    });
    const access = new eks.AccessEntry(this, 'Access', {
      cluster,
      principal: onEventHandler.role!.roleArn,
      accessPolicies: [eks.AccessPolicy.fromAccessPolicyName('AmazonEKSClusterAdminPolicy', { accessScopeType: eks.AccessScopeType.CLUSTER })],
    });
    const provider = new Provider(this, 'Framework', { onEventHandler });
    provider.node.addDependency(access);
    this.serviceToken = provider.serviceToken;
  }
}

/**
 * Inside the VPC, a private endpoint is all that the function must reach: signing its token needs no network, and it is the
 * framework's function that talks to CloudFormation. Subnets without a NAT gateway will do.
 */
function network(cluster: eks.ICluster): Partial<lambda.FunctionProps> {
  const { privateSubnets } = cluster.vpc;
  return privateSubnets.length === 0 ? {} : {
    vpc: cluster.vpc, vpcSubnets: { subnets: privateSubnets }, securityGroups: [cluster.clusterSecurityGroup],
  };
}
