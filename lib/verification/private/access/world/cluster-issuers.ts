import { principalsOf } from './trust-principals';
import { Reason } from '../../findings/reason';
import { Cluster, Model } from '../../model/model';
import { derived, textAfter } from '../../model/texts';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { Truth } from '../../values/truth';

/** A provider that AWS asks to judge the tokens of a cluster. */
export interface ClusterIssuer {
  readonly providerArn: Text;
  /** Without `https://`. */
  readonly issuer: Text;
  /** The audiences that the provider accepts; undefined if the templates do not show them. */
  readonly audiences?: readonly Text[];
  /** Whether the provider belongs to the cluster. */
  readonly isOfCluster: Truth;
  readonly reason: Reason;
}

type Provider = Omit<ClusterIssuer, 'isOfCluster'>;

/**
 * The providers of a cluster: those that the templates create, and those that only trust policies name. Such a provider is
 * assumed to exist already, and explanations say so.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
 */
export function issuersOf(cluster: Cluster, model: Model): ClusterIssuer[] {
  const created = model.oidcProviders.map(({ arn, issuer, audiences, place }): Provider =>
    ({ providerArn: arn, issuer, audiences, reason: { what: `identity provider ${place.logicalId}`, place } }));
  const providers = [...created, ...existing(model, created)];
  if (cluster.issuer) {
    const { issuer } = cluster;
    return providers.map((provider) => ({ ...provider, isOfCluster: equal(provider.issuer, issuer) })).filter(({ isOfCluster }) => isOfCluster !== 'no');
  }
  return assumed(cluster, providers, model);
}

/** The providers that trust policies name, and no template creates. */
function existing(model: Model, created: readonly Provider[]): Provider[] {
  const arns = new Map(model.roles.flatMap(({ trustPolicy }) => principalsOf(trustPolicy, 'Federated')).map((arn) => [arn.key, arn]));
  created.forEach(({ providerArn }) => arns.delete(providerArn.key));
  return [...arns.values()].flatMap((providerArn) => {
    const issuer = issuerIn(providerArn);
    return issuer ? [{ providerArn, issuer, reason: { what: `identity provider ${providerArn}, which no template creates: it is assumed to exist` } }] : [];
  });
}

/** The issuer in the ARN of a provider: unknown if the ARN is, and undefined if the provider is of another kind, such as SAML. */
function issuerIn(providerArn: Text): Text | undefined {
  const known = textAfter(providerArn, ':oidc-provider/');
  return known ?? (providerArn.literal === undefined ? derived(providerArn, 'issuer') : undefined);
}

/** The templates often do not show the issuer of a cluster that they only name. If exactly one issuer belongs to no other cluster, it is assumed to be its issuer. */
function assumed(cluster: Cluster, providers: readonly Provider[], model: Model): ClusterIssuer[] {
  const left = providers.filter(({ issuer }) => !model.clusters.some((other) => other.issuer && equal(other.issuer, issuer) === 'yes'));
  const isOnly = new Set(left.map(({ issuer }) => issuer.key)).size === 1 && model.clusters.filter(({ issuer }) => !issuer).length === 1;
  return left.map((provider) => ({
    ...provider,
    isOfCluster: isOnly ? 'yes' : 'unknown',
    reason: isOnly ? { ...provider.reason, what: `${provider.reason.what}, and to belong to cluster ${cluster.name}` } : provider.reason,
  }));
}
