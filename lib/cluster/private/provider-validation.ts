import { CfnResource, Stack, Stage, Token } from 'aws-cdk-lib';
import { IIrsaCluster } from '../../identity';
import { clusterResourceOf } from '../../private/cluster-resource';
import { isOidcProvider } from '../../private/oidc-provider-resource';
import { propertiesOf } from '../../private/resource-properties';

/**
 * Errors for the OIDC providers that the stage of a cluster defines for its issuer. It runs at synthesis, because aws-eks and aws-eks-v2
 * define a provider when code reads `openIdConnectProvider` of their cluster.
 *
 * @param resource the resource of a cluster that this app defines.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export function providerErrors(cluster: IIrsaCluster, resource: CfnResource | undefined): string[] {
  const { account } = Stack.of(cluster);
  const providers = Stage.of(cluster)!.node.findAll().filter(isOidcProvider)
    .filter((provider) => Stack.of(provider).account === account && isFor(provider, cluster, resource));
  return [...duplicateErrors(providers), ...providers.flatMap((provider) => audienceErrors(provider, cluster))];
}

function isFor(provider: CfnResource, { issuer }: IIrsaCluster, resource: CfnResource | undefined): boolean {
  const { url } = settingsOf(provider);
  return Token.isUnresolved(url)
    ? resource !== undefined && clusterResourceOf(provider, url) === resource
    : issuer !== undefined && url === `https://${issuer}`;
}

function duplicateErrors([first, ...others]: CfnResource[]): string[] {
  return others.map((other) => `${first.node.path} and ${other.node.path} are OIDC providers for the same issuer, but an AWS account can have only one: `
    + 'omit oidcProvider: OidcProvider.create() where another provider exists. Code that reads openIdConnectProvider of an EKS cluster defines a provider, too');
}

function audienceErrors(provider: CfnResource, { audience }: IIrsaCluster): string[] {
  const { clientIds } = settingsOf(provider);
  const isMissing = clientIds !== undefined && !Token.isUnresolved(clientIds) && !clientIds.some((id) => Token.isUnresolved(id) || id === audience);
  return isMissing ? [`the OIDC provider ${provider.node.path} does not accept the audience ${audience} of the cluster: add it to the client ids of the provider`] : [];
}

/** Both resource types have the same properties, written differently. */
function settingsOf(provider: CfnResource): { readonly url: string; readonly clientIds?: string[] } {
  const { url, Url, clientIdList, ClientIDList } = propertiesOf(provider);
  return { url: url ?? Url, clientIds: clientIdList ?? ClientIDList };
}
