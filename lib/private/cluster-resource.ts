import { CfnResource, Reference, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { propertiesOf } from './resource-properties';
import { onlyReferencesIn, tokensIn } from './tokens-in';

/** By resource type, because aws-eks and aws-eks-v2 can have their own classes. The second one is the custom resource of aws-eks. */
const CLUSTER_TYPES = ['AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster'];

/** Whether a construct is the resource that defines a cluster. */
export const isClusterResource = (construct: IConstruct): construct is CfnResource =>
  CfnResource.isCfnResource(construct) && CLUSTER_TYPES.includes(construct.cfnResourceType);

/** The resource of this app to which a value of a cluster, such as its name, refers. */
export const clusterResourceOf = (scope: IConstruct, value: string): CfnResource | undefined => targetsOf(scope, value).find(isClusterResource);

/** The constructs to which the tokens in a value refer. */
export function targetsOf(scope: IConstruct, value: string): IConstruct[] {
  const references = onlyReferencesIn(value) ?? tokensIn(scope, value).filter((token): token is Reference => Reference.isReference(token));
  return references.map(({ target }) => target);
}

/** The name of a cluster of this app, if it is a literal. */
export function literalNameOf(resource: CfnResource): string | undefined {
  const { name } = configurationOf(resource);
  return Token.isUnresolved(name) ? undefined : name;
}

/** Whether the API server of a cluster of this app accepts connections from the whole internet. @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html */
export function hasUnrestrictedEndpoint(resource: CfnResource): boolean {
  const { endpointPublicAccess, publicAccessCidrs = [] } = configurationOf(resource).resourcesVpcConfig ?? {};
  return endpointPublicAccess === true && (publicAccessCidrs.length === 0 || publicAccessCidrs.includes('0.0.0.0/0'));
}

/** Whether pods of a cluster of this app have IPv6 addresses. @see https://docs.aws.amazon.com/eks/latest/userguide/cni-ipv6.html */
export const isIpv6 = (resource: CfnResource): boolean => configurationOf(resource).kubernetesNetworkConfig?.ipFamily === 'ipv6';

/** Whether Amazon EKS Auto Mode manages nodes of a cluster of this app. @see https://docs.aws.amazon.com/eks/latest/userguide/automode.html */
export const isAutoMode = (resource: CfnResource): boolean => configurationOf(resource).computeConfig?.enabled === true;

/** Whether nodes outside of AWS can join a cluster of this app. @see https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-overview.html */
export const takesHybridNodes = (resource: CfnResource): boolean => configurationOf(resource).remoteNetworkConfig !== undefined;

interface Configuration {
  readonly name?: string;
  readonly remoteNetworkConfig?: unknown;
  readonly computeConfig?: { readonly enabled?: unknown };
  readonly kubernetesNetworkConfig?: { readonly ipFamily?: string };
  readonly resourcesVpcConfig?: { readonly endpointPublicAccess?: unknown; readonly publicAccessCidrs?: string[] };
}

/** The custom resource of aws-eks has the parameters of `CreateCluster` in its property `Config`. */
function configurationOf(resource: CfnResource): Configuration {
  const { Config, ...properties } = propertiesOf(resource);
  return Config ?? properties;
}
