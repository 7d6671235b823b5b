/** Checks that a stated issuer is a URL, as `DescribeCluster` returns it. */
export function checkIssuer([cluster, url]: readonly [string, string]): void {
  if (!/^https:\/\/[\w.-]+(\/[\w.~-]+)*$/.test(url)) {
    throw new Error(`clusterIssuers.${cluster} is ${JSON.stringify(url)}, but must be the URL of an issuer, such as https://oidc.eks.us-west-2.amazonaws.com/id/ABC123`);
  }
}
