import { Aws, CfnResource, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkPinWith, outputIssuer } from './pinned-issuer';
import { OidcIssuer } from '../../identity';
import { refusalWithoutValue } from '../../private/errors';
import { isOidcProvider } from '../../private/oidc-provider-resource';
import { OidcProvider } from '../oidc-provider';

/** What decides which issuer and provider a cluster has. */
export interface IssuerFacts {
  readonly oidcProvider: OidcProvider;
  readonly audience: string;
  /** The issuer that the app states. */
  readonly issuerUrl?: string;
  /** The issuer of a cluster that this app defines. */
  readonly definedIssuerUrl?: string;
  /** The provider that the construct of the cluster has. */
  readonly providerOfCluster?: iam.IOpenIdConnectProvider;
}

/** The issuer of a cluster and the ARN of its provider, as far as they are known. */
export interface ClusterIssuer {
  readonly issuer?: OidcIssuer;
  readonly openIdConnectProviderArn?: string;
}

/** Of a cluster that `IrsaCluster` defines. Code that reads `openIdConnectProvider` of the EKS cluster gets the same provider. */
export function issuerOfNewCluster(scope: Construct, cluster: eks.Cluster, facts: Omit<IssuerFacts, 'definedIssuerUrl' | 'providerOfCluster'>): ClusterIssuer {
  const definedIssuerUrl = cluster.clusterOpenIdConnectIssuerUrl;
  const known = facts.oidcProvider._definition.source === 'create'
    ? given(ownProvider(cluster, facts.audience), { ...facts, definedIssuerUrl })
    : issuerOf(scope, { ...facts, definedIssuerUrl });
  outputIssuer(scope, { url: definedIssuerUrl, trusted: known.issuer });
  return known;
}

/** The native provider of aws-eks-v2, which has no property for its client ids. */
function ownProvider({ openIdConnectProvider }: eks.Cluster, audience: string): iam.IOpenIdConnectProvider {
  (openIdConnectProvider.node.defaultChild as iam.CfnOIDCProvider).clientIdList = [audience];
  return openIdConnectProvider;
}

/** Of a cluster that `IrsaCluster` does not define. */
export function issuerOfExistingCluster(scope: Construct, facts: IssuerFacts): ClusterIssuer {
  const trusted = issuerOf(scope, facts);
  const isPinned = trusted.issuer && !Token.isUnresolved(trusted.issuer.value);
  if (facts.definedIssuerUrl && isPinned) {
    outputIssuer(scope, { url: facts.definedIssuerUrl, trusted: trusted.issuer });
  }
  return trusted;
}

function issuerOf(scope: Construct, facts: IssuerFacts): ClusterIssuer {
  const { oidcProvider, providerOfCluster } = facts;
  const { source, provider } = oidcProvider._definition;
  switch (source) {
    case 'create': return created(scope, facts);
    case 'existing': return given(provider!, facts);
    case 'alreadyInAccount': return providerOfCluster ? given(providerOfCluster, facts) : composed(facts);
    case 'none': return { issuer: statedIssuer(facts) };
  }
}

function created(scope: Construct, facts: IssuerFacts): ClusterIssuer {
  const { providerOfCluster, issuerUrl, definedIssuerUrl, audience } = facts;
  if (providerOfCluster) {
    throw refusalWithoutValue('oidcProvider', 'OidcProvider.existing(eksCluster.openIdConnectProvider)',
      `the cluster already has the OIDC provider ${providerOfCluster.node.path}, and an AWS account can have only one for its issuer`);
  }
  const url = definedIssuerUrl ?? issuerUrl;
  if (!url) {
    throw refusalWithoutValue('issuerUrl', 'set, because OidcProvider.create() creates the provider for it');
  }
  const provider = new iam.CfnOIDCProvider(scope, 'OidcProvider', { url, clientIdList: [audience] });
  return checkedIssuer(provider, trustedWith(provider.ref, facts), facts);
}

function given(provider: iam.IOpenIdConnectProvider, facts: IssuerFacts): ClusterIssuer {
  return checkedIssuer(provider.node.findAll().find(isOidcProvider), trustedWith(provider.openIdConnectProviderArn, facts), facts);
}

/** A provider that this app defines checks the pin of a cluster that this app defines. */
function checkedIssuer(provider: CfnResource | undefined, known: ClusterIssuer, { definedIssuerUrl }: IssuerFacts): ClusterIssuer {
  if (provider && definedIssuerUrl) {
    checkPinWith(provider, { url: definedIssuerUrl, trusted: known.issuer });
  }
  return known;
}

/** The issuer in the ARN of a provider is the one that IAM compares. A literal makes trust policies readable. */
function trustedWith(openIdConnectProviderArn: string, { issuerUrl }: IssuerFacts): ClusterIssuer {
  const inArn = OidcIssuer.fromProviderArn(openIdConnectProviderArn);
  const stated = issuerUrl === undefined ? inArn : OidcIssuer.fromUrl(issuerUrl);
  if (![inArn, stated].some(({ value }) => Token.isUnresolved(value)) && inArn.value !== stated.value) {
    throw refusalWithoutValue('oidcProvider', `for the issuer of the cluster, ${stated}`, `the provider is for ${inArn}`);
  }
  return { issuer: Token.isUnresolved(stated.value) ? inArn : stated, openIdConnectProviderArn };
}

/** With pseudo parameters, the ARN means the provider in the AWS account of the role that names it. */
function composed(facts: IssuerFacts): ClusterIssuer {
  if (facts.definedIssuerUrl) {
    throw new Error('this app defines the cluster, but no OIDC provider for it, so pods would get no credentials: set oidcProvider to OidcProvider.create() '
      + 'if the cluster has no provider; to OidcProvider.existing(eksCluster.openIdConnectProvider) if the app calls addServiceAccount or reads openIdConnectProvider; '
      + 'or to OidcProvider.existing(iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(…)) if something else created it');
  }
  const issuer = statedIssuer(facts);
  return { issuer, openIdConnectProviderArn: issuer && `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:oidc-provider/${issuer}` };
}

function statedIssuer({ issuerUrl, definedIssuerUrl }: IssuerFacts): OidcIssuer | undefined {
  const url = issuerUrl ?? definedIssuerUrl;
  return url === undefined ? undefined : OidcIssuer.fromUrl(url);
}
