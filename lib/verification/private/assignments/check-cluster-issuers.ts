import { AssignedModel } from './assigned-model';
import { trustedIssuers } from './cluster-issuers';
import { Assembly } from '../assembly/assembly';
import { StatedIssuers } from '../model/clusters/clusters';
import { ServiceAccount } from '../model/model';
import { issuerOf } from '../model/roles/oidc-providers';
import { available } from '../questions/nearest';
import { isAmbiguous } from '../resolution/resource-values';
import { isOfEks } from '../values/issuer-of-eks';
import { Text } from '../values/text';

/**
 * Checks that stated issuers fit the templates. With a wrong one, no role would trust the pods of a cluster, so that they would be denied everything.
 *
 * @param all the templates under all assignments of their conditions.
 */
export function checkClusters(issuers: StatedIssuers, all: readonly AssignedModel[], assembly: Assembly): void {
  const names = Object.keys(issuers);
  names.forEach((name) => checkAlone(name, all));
  names.forEach((name) => checkNotCreated(name, all, assembly));
  names.forEach((name) => checkTrusted(name, issuers[name], all));
  names.forEach((name) => checkUnique(issuers[name], all));
  if (names.length > 0) {
    checkAnnotatedRoles(all);
  }
}

function checkNotCreated(name: string, all: readonly AssignedModel[], assembly: Assembly): void {
  const created = all.flatMap(({ model }) => model.clusters).filter(({ id, arn }) => [id.name.literal, arn.literal].includes(name))
    .flatMap(({ place }) => place ?? [])[0];
  if (created) {
    const attribute = `${created.logicalId}.OpenIdConnectIssuerUrl`;
    const stated = isAmbiguous(created.logicalId, assembly) ? `${created.nestedStack ?? created.template}/${attribute}` : attribute;
    throw new Error(`clusterIssuers states the issuer of cluster ${name}, which the templates create: `
      + `pin it, or state it with attributes: { '${stated}': 'https://oidc.eks…' }`);
  }
}

/** Clusters in different accounts or Regions can have one name, but each has an issuer of its own. */
function checkAlone(name: string, all: readonly AssignedModel[]): void {
  const arns = new Set(all.flatMap(({ model }) => model.clusters).filter(({ id }) => id.name.literal === name).map(({ arn }) => `${arn}`));
  if (arns.size > 1) {
    throw new Error(`clusterIssuers states the issuer of cluster ${name}, but several clusters have this name: use their ARNs instead of the name: ${[...arns].join(', ')}`);
  }
}

function checkTrusted(name: string, url: string, all: readonly AssignedModel[]): void {
  const roles = all.flatMap(({ model }) => model.roles);
  const urls = roles.flatMap(({ trustPolicy }) => trustedIssuers(trustPolicy)).map((issuer) => `https://${issuer}`);
  if (!urls.includes(url)) {
    throw new Error(`clusterIssuers states the issuer of cluster ${name}, but no role trusts ${url}: correct the name or the URL. `
      + `Of the issuers that roles trust, ${available(url, urls)}`);
  }
}

function checkUnique(url: string, all: readonly AssignedModel[]): void {
  const { key } = issuerOf(Text.of(url));
  const clusters = all.flatMap(({ model }) => model.clusters).filter(({ issuer }) => issuer?.key === key);
  const [one, other] = new Map(clusters.map((cluster) => [cluster.id.key, cluster])).values();
  if (other) {
    throw new Error(`with clusterIssuers, clusters ${one.id} and ${other.id} have one issuer, ${url}, but each cluster has its own: correct a name or a URL`);
  }
}

/** A service account of a template, and why its role does not fit the issuers. */
interface Annotated { readonly account: string; readonly problem?: string }

/** A service account is annotated with a role that trusts its cluster, except under assignments of the conditions that cannot occur together. */
function checkAnnotatedRoles(all: readonly AssignedModel[]): void {
  const annotated = all.flatMap((assigned) => assigned.model.serviceAccounts.map((account): Annotated =>
    ({ account: clusterAccountKey(account), problem: problemOf(account, assigned) })));
  const fitting = new Set(annotated.filter(({ problem }) => problem === undefined).map(({ account }) => account));
  const wrong = annotated.find(({ account }) => !fitting.has(account));
  if (wrong) {
    throw new Error(wrong.problem);
  }
}

const clusterAccountKey = ({ cluster, namespace, name }: ServiceAccount): string => `${cluster.key} ${namespace.key} ${name.key}`;

function problemOf({ cluster: id, namespace, name, roleArn }: ServiceAccount, assigned: AssignedModel): string | undefined {
  const cluster = assigned.cluster(id);
  if (!roleArn || !cluster || cluster.place) {
    return undefined;
  }
  const { label, trustPolicy } = assigned.roles.withArn(roleArn);
  const ofCluster = new Set(assigned.issuersOf(cluster).map(({ issuer }) => issuer.key));
  const trusted = trustedIssuers(trustPolicy);
  const first = trusted.find((issuer) => isOfEks(issuer) === 'yes');
  return first && !trusted.some((issuer) => ofCluster.has(issuer.key))
    ? `with clusterIssuers, https://${first} is not the issuer of cluster ${id}, but service account ${namespace}/${name} of this cluster `
      + `has role ${label}, which trusts this issuer: correct the name or the URL, or the role of the service account`
    : undefined;
}
