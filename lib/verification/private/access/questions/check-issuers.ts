import { AccessAssumptions } from '../../../access-assumptions';
import { Cluster } from '../../model/model';

/** Checks that a stated issuer is a URL, as `DescribeCluster` returns it. */
export function checkIssuer([cluster, url]: readonly [string, string]): void {
  if (!/^https:\/\/[\w.-]+(\/[\w.~-]+)*$/.test(url)) {
    throw new Error(`clusterIssuers.${cluster} is ${JSON.stringify(url)}, but must be the URL of an issuer, such as https://oidc.eks.us-west-2.amazonaws.com/id/ABC123`);
  }
}

/**
 * Checks that stated issuers are of clusters that exist already, because others would change nothing.
 *
 * @param clusters all that the templates have under any assignment of their conditions.
 */
export function checkClusters({ clusterIssuers = {} }: AccessAssumptions, clusters: readonly Cluster[]): void {
  for (const name of Object.keys(clusterIssuers)) {
    const named = clusters.filter((cluster) => cluster.name.literal === name);
    const created = named.find(({ place }) => place);
    if (created) {
      throw new Error(`clusterIssuers states the issuer of cluster ${name}, which the templates create: `
        + `pin it, or state it with attributes: { '${created.place?.logicalId}.OpenIdConnectIssuerUrl': 'https://oidc.eks…' }`);
    }
    if (named.length === 0) {
      throw new Error(`clusterIssuers states the issuer of cluster ${name}, which the templates do not name, and which no role trusts: correct the name or the URL`);
    }
  }
}
