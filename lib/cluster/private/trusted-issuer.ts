import { Aws, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { clientIdOf, outputIssuer } from './pinned-issuer';
import { OidcIssuer } from '../../identity';
import { refusalWithoutValue } from '../../private/errors';
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
export interface TrustedIssuer {
  readonly issuer?: OidcIssuer;
  readonly openIdConnectProviderArn?: string;
}

/** Of a cluster that `IrsaCluster` defines. Code that reads `openIdConnectProvider` of the EKS cluster gets the same provider. */
export function issuerOfNewCluster(scope: Construct, cluster: eks.Cluster, facts: Omit<IssuerFacts, 'definedIssuerUrl' | 'providerOfCluster'>): TrustedIssuer {
  const providerOfCluster = facts.oidcProvider.source === 'create' ? cluster.openIdConnectProvider : undefined;
  const oidcProvider = providerOfCluster ? OidcProvider.existing(providerOfCluster) : facts.oidcProvider;
  const trusted = issuerOf(scope, { ...facts, oidcProvider, providerOfCluster, definedIssuerUrl: cluster.clusterOpenIdConnectIssuerUrl });
  outputIssuer(scope, { url: cluster.clusterOpenIdConnectIssuerUrl, trusted: trusted.issuer });
  return trusted;
}

/** Of a cluster that `IrsaCluster` does not define. */
export function issuerOfExistingCluster(scope: Construct, facts: IssuerFacts): TrustedIssuer {
  const trusted = issuerOf(scope, facts);
  const isPinned = trusted.issuer && !Token.isUnresolved(trusted.issuer.value);
  if (facts.definedIssuerUrl && isPinned) {
    outputIssuer(scope, { url: facts.definedIssuerUrl, trusted: trusted.issuer });
  }
  return trusted;
}

function issuerOf(scope: Construct, facts: IssuerFacts): TrustedIssuer {
  const { oidcProvider: { source, provider }, providerOfCluster } = facts;
  switch (source) {
    case 'create': return created(scope, facts);
    case 'existing': return given(provider!, facts);
    case 'fromIssuer': return providerOfCluster ? given(providerOfCluster, facts) : composed(facts);
    default: return { issuer: statedIssuer(facts) };
  }
}

function created(scope: Construct, facts: IssuerFacts): TrustedIssuer {
  const { providerOfCluster, issuerUrl, definedIssuerUrl, audience } = facts;
  if (providerOfCluster) {
    throw refusalWithoutValue('oidcProvider', `omitted, because ${providerOfCluster.node.path} is the OIDC provider of the cluster`);
  }
  const url = definedIssuerUrl ?? issuerUrl;
  if (!url) {
    throw refusalWithoutValue('issuerUrl', 'set, because OidcProvider.create() creates the provider for it');
  }
  const provider = new iam.CfnOIDCProvider(scope, 'OidcProvider', { url });
  const trusted = trustedWith(provider.ref, facts);
  provider.clientIdList = [definedIssuerUrl ? clientIdOf(audience, { url: definedIssuerUrl, trusted: trusted.issuer }) : audience];
  return trusted;
}

function given(provider: iam.IOpenIdConnectProvider, facts: IssuerFacts): TrustedIssuer {
  const trusted = trustedWith(provider.openIdConnectProviderArn, facts);
  const { definedIssuerUrl, audience, providerOfCluster } = facts;
  const resource = provider.node.defaultChild;
  if (definedIssuerUrl && provider === providerOfCluster && resource instanceof iam.CfnOIDCProvider) {
    resource.clientIdList = [clientIdOf(audience, { url: definedIssuerUrl, trusted: trusted.issuer })];
  }
  return trusted;
}

/** The issuer in the ARN of a provider is the one that IAM compares. A literal makes trust policies readable. */
function trustedWith(openIdConnectProviderArn: string, { issuerUrl }: IssuerFacts): TrustedIssuer {
  const inArn = OidcIssuer.fromProviderArn(openIdConnectProviderArn);
  const stated = issuerUrl === undefined ? inArn : OidcIssuer.fromUrl(issuerUrl);
  if (![inArn, stated].some(({ value }) => Token.isUnresolved(value)) && inArn.value !== stated.value) {
    throw refusalWithoutValue('oidcProvider', `for the issuer of the cluster, ${stated}`, `the provider is for ${inArn}`);
  }
  return { issuer: Token.isUnresolved(stated.value) ? inArn : stated, openIdConnectProviderArn };
}

/** With pseudo parameters, the ARN means the provider in the AWS account of the role that names it. */
function composed(facts: IssuerFacts): TrustedIssuer {
  if (facts.definedIssuerUrl) {
    throw new Error('this app defines the cluster, but no OIDC provider for it, so pods would get no credentials: set oidcProvider to OidcProvider.create(); '
      + 'or, if a provider exists, to OidcProvider.existing(iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(…)). If the app reads openIdConnectProvider of the '
      + 'EKS cluster, do that first');
  }
  const issuer = statedIssuer(facts);
  return { issuer, openIdConnectProviderArn: issuer && `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:oidc-provider/${issuer}` };
}

function statedIssuer({ issuerUrl, definedIssuerUrl }: IssuerFacts): OidcIssuer | undefined {
  const url = issuerUrl ?? definedIssuerUrl;
  return url === undefined ? undefined : OidcIssuer.fromUrl(url);
}
