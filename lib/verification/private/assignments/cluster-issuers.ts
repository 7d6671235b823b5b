import { principalsOf } from './trust-principals';
import { AccessReason } from '../../access-reason';
import { Cluster, Model } from '../model/model';
import { Policy } from '../policies/policy';
import { Interned, sameList } from '../values/interned';
import { isOfEks, trustedIssuerOf } from '../values/issuer-of-eks';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { Truth } from '../values/truth';

/** A provider that AWS asks to judge the tokens of a cluster. */
export interface ClusterIssuer {
  readonly providerArn: Text;
  /** Without `https://`. */
  readonly issuer: Text;
  /** The audiences that the provider accepts; undefined if the templates do not show them. */
  readonly audiences?: readonly Text[];
  /** Whether the provider belongs to the cluster. */
  readonly isOfCluster: Truth;
  readonly reason: AccessReason;
  /** Whether the provider exists, in words, if that is not known. */
  readonly missing?: string;
  /** What is assumed of the provider. */
  readonly assumed?: readonly string[];
}

type Provider = Omit<ClusterIssuer, 'isOfCluster'>;

/**
 * The providers of a cluster: those that the templates create, and those that only trust policies name. Such a provider of a cluster that exists already
 * is assumed to exist, too, and explanations say so. That of a cluster which the templates create cannot exist before the first deployment.
 *
 * @param oidcProvidersExist whether all providers that trust policies name are assumed to exist.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
 */
export function issuersOf(cluster: Cluster, model: Model, oidcProvidersExist: boolean): readonly ClusterIssuer[] {
  const { clusters, oidcProviders } = model;
  const trusted = sameList(model.roles.map(({ trustPolicy }) => trustPolicy));
  return issuers.of([cluster, clusters, oidcProviders, trusted, oidcProvidersExist], () =>
    findIssuers(cluster, { clusters, oidcProviders, trusted }, oidcProvidersExist));
}

/** The same list for all assignments of the conditions under which the clusters, the providers and the trust policies are the same. */
const issuers = new Interned<readonly ClusterIssuer[]>();

/** Where the issuers of a cluster are found. */
interface Found extends Pick<Model, 'clusters' | 'oidcProviders'> {
  /** The trust policies of all roles. */
  readonly trusted: readonly Policy[];
}

function findIssuers(cluster: Cluster, model: Found, oidcProvidersExist: boolean): ClusterIssuer[] {
  const created = model.oidcProviders.map(({ arn, issuer, audiences, place }): Provider =>
    ({ providerArn: arn, issuer, audiences, reason: { what: `identity provider ${place.logicalId}`, place } }));
  const isDoubtful = cluster.place !== undefined && !oidcProvidersExist;
  const others = namedByRoles(model, created).map((arn) => (isDoubtful ? doubtful(arn, model) : existing(arn, oidcProvidersExist)));
  const providers = [...created, ...others];
  if (cluster.issuer) {
    const { issuer } = cluster;
    return providers.map((provider) => ({ ...provider, isOfCluster: equal(provider.issuer, issuer) }))
      .filter(({ isOfCluster, issuer: own }) => isOfCluster === 'yes' || (isOfCluster === 'unknown' && isOfEks(own) !== 'no'));
  }
  return assumed(cluster, providers.filter(({ issuer }) => isOfEks(issuer) !== 'no'), model);
}

/** A provider that trust policies name, and no template creates. */
type Named = Pick<Provider, 'providerArn' | 'issuer'>;

function namedByRoles({ trusted }: Found, created: readonly Provider[]): Named[] {
  const arns = new Map(trusted.flatMap((trustPolicy) => principalsOf(trustPolicy, 'Federated')).map((arn) => [arn.key, arn]));
  created.forEach(({ providerArn }) => arns.delete(providerArn.key));
  return [...arns.values()].flatMap((providerArn) => {
    const issuer = trustedIssuerOf(providerArn);
    return issuer ? [{ providerArn, issuer }] : [];
  });
}

const existing = (provider: Named, isStated: boolean): Provider => ({
  ...provider,
  reason: { what: `identity provider ${provider.providerArn}, which no template creates: it is assumed to exist` },
  assumed: isStated ? [] : [`the IAM OIDC provider ${provider.providerArn} exists, which no template creates`],
});

function doubtful(provider: Named, { oidcProviders }: Found): Provider {
  const because = oidcProviders.filter(({ issuer }) => isSimilar(issuer, provider.issuer)).map(({ arn, place }) =>
    ({ what: `the templates create a similar identity provider, ${place.logicalId}, with the ARN ${arn}: its URL must be exactly the issuer of the cluster`, place }));
  return {
    ...provider,
    reason: {
      what: `identity provider ${provider.providerArn}, which no template creates: it is not known whether it exists`,
      ...(because.length > 0 && { because }),
    },
    missing: `whether the IAM OIDC provider ${provider.providerArn} exists, which no template creates`,
  };
}

/** Whether two issuers are the same but for their case, slashes at their end, or the end of their path. */
function isSimilar(one: Text, other: Text): boolean {
  const [first, second] = [one, other].map((issuer) => `${issuer.toLowerCase().key.replace(/\/+$/, '')}/`);
  return first.startsWith(second) || second.startsWith(first);
}

/** The issuers that a trust policy names, without `https://`. */
export const trustedIssuers = (trustPolicy: Policy): Text[] => principalsOf(trustPolicy, 'Federated').flatMap((providerArn) => trustedIssuerOf(providerArn) ?? []);

/** How to state the issuer of a cluster that the templates do not create. */
export const howToState = (cluster: Text): string => `PodAccess.assume({ clusterIssuers: { '${cluster.literal ?? '…'}': 'https://oidc.eks…' } })`;

/**
 * The templates often do not show the issuer of a cluster that they only name. If exactly one issuer belongs to no other cluster, it is assumed to be its issuer. An
 * issuer of a cluster that may be the same may be its issuer, too.
 */
function assumed(cluster: Cluster, providers: readonly Provider[], model: Found): ClusterIssuer[] {
  const ownersOf = ({ issuer }: Provider) => model.clusters.filter((other) => other.issuer && equal(other.issuer, issuer) === 'yes');
  const left = providers.filter((provider) => ownersOf(provider).every(({ id }) => id.is(cluster.id) !== 'no'));
  const isOnly = new Set(left.map(({ issuer }) => issuer.key)).size === 1 && model.clusters.filter(({ issuer }) => !issuer).length === 1
    && left.every((provider) => ownersOf(provider).length === 0);
  const isNamedAlone = model.clusters.every(({ id }) => id.key === cluster.id.key || id.name.key !== cluster.id.name.key);
  const hint = { what: `if you know the issuer of cluster ${cluster.id}: ${howToState(isNamedAlone ? cluster.id.name : cluster.arn)}` };
  return left.map((provider) => ({
    ...provider,
    isOfCluster: isOnly ? 'yes' : 'unknown',
    reason: isOnly ? { ...provider.reason, what: `${provider.reason.what}, and to belong to cluster ${cluster.id}` } : { ...provider.reason, because: [hint] },
    assumed: [...provider.assumed ?? [], ...(isOnly ? [`the IAM OIDC provider ${provider.providerArn} belongs to cluster ${cluster.id}`] : [])],
  }));
}
