import { CfnResource, Stack, Stage, Token } from 'aws-cdk-lib';
import { IIrsaCluster } from '../../identity';
import { clusterResourceOf, targetsOf } from '../../private/cluster-resource';
import { isOidcProvider, settingsOf } from '../../private/oidc-provider-resource';

/**
 * Errors for the OIDC providers that the app defines for the issuer of a cluster. It runs at synthesis, because aws-eks and aws-eks-v2 define
 * a provider when code reads `openIdConnectProvider` of their cluster.
 *
 * @param resource the resource of a cluster that this app defines.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export function providerErrors(cluster: IIrsaCluster, resource: CfnResource | undefined): string[] {
  const providers = searchRoot(cluster).node.findAll().filter(isOidcProvider)
    .filter((provider) => Stack.of(provider).account === Stack.of(cluster).account && isFor(provider, cluster, resource));
  return [
    ...otherProviderErrors(cluster, resource),
    ...duplicateErrors(providers, cluster, resource),
    ...providers.flatMap((provider) => audienceErrors(provider, cluster)),
  ];
}

/** Two stages without an environment can be deployed to different AWS accounts. */
const searchRoot = (cluster: IIrsaCluster) => (Token.isUnresolved(Stack.of(cluster).account) ? Stage.of(cluster)! : cluster.node.root);

function isFor(provider: CfnResource, { issuer }: IIrsaCluster, resource: CfnResource | undefined): boolean {
  const { url } = settingsOf(provider);
  return Token.isUnresolved(url)
    ? resource !== undefined && clusterResourceOf(provider, url) === resource
    : issuer !== undefined && url === `https://${issuer}`;
}

/** With the provider of another cluster, roles would trust the pods of that cluster. */
function otherProviderErrors(cluster: IIrsaCluster, resource: CfnResource | undefined): string[] {
  const provider = targetsOf(cluster, cluster.openIdConnectProviderArn ?? '').find(isOidcProvider);
  const other = provider && clusterResourceOf(provider, settingsOf(provider).url);
  return resource && other && other !== resource ? [`oidcProvider must be for this cluster, but ${provider.node.path} is for ${other.node.path}`] : [];
}

/** The construct that reports the other providers for the issuer of a provider. Several constructs can represent the cluster. */
const REPORTERS = new WeakMap<CfnResource, IIrsaCluster>();

function duplicateErrors([first, ...others]: CfnResource[], cluster: IIrsaCluster, resource: CfnResource | undefined): string[] {
  if (others.length === 0 || (REPORTERS.get(first) ?? cluster) !== cluster) {
    return [];
  }
  REPORTERS.set(first, cluster);
  const fix = resource
    ? 'set oidcProvider to OidcProvider.existing(eksCluster.openIdConnectProvider) on all imports of the cluster, or import the cluster once, and pass the construct. '
      + 'Code that calls addServiceAccount of an EKS cluster or reads its openIdConnectProvider defines a provider, too'
    : 'set OidcProvider.create() on only one import of the cluster, and on none if other code defines the provider; or import the cluster once, and pass the construct';
  return others.map((other) => `${first.node.path} and ${other.node.path} are OIDC providers for the same issuer, but an AWS account can have only one: ${fix}`);
}

function audienceErrors(provider: CfnResource, { audience }: IIrsaCluster): string[] {
  const { clientIds } = settingsOf(provider);
  const isMissing = clientIds !== undefined && !Token.isUnresolved(clientIds) && !clientIds.some((id) => Token.isUnresolved(id) || id === audience);
  return isMissing ? [`the OIDC provider ${provider.node.path} does not accept the audience ${audience} of the cluster: add it to the client ids of the provider`] : [];
}
