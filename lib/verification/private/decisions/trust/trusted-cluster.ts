import { AssignedModel } from '../../assignments/assigned-model';
import { trustedIssuers } from '../../assignments/cluster-issuers';
import { Cluster, Role } from '../../model/model';
import { ClusterId } from '../../values/cluster-id';
import { distinct } from '../../values/distinct';
import { isOfEks } from '../../values/issuer-of-eks';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';
import { findCluster } from '../principals/find-principals';

/**
 * The cluster whose pods a trust policy is about, if a question names none: the only one of the templates, or the one whose issuer the policy names. If the
 * templates have no cluster, the policy stands for itself, because it names the issuer, or admits no tokens.
 *
 * @throws if the policy does not tell which cluster it is.
 */
export function trustedCluster(role: Role, assigned: AssignedModel): Cluster {
  const { model } = assigned;
  const issuers = distinct(trustedIssuers(role.trustPolicy));
  if (model.clusters.length > 0) {
    const trusted = model.clusters.filter(({ issuer }) => issuer && issuers.some((one) => equal(one, issuer) === 'yes'));
    return trusted.length === 1 ? trusted[0] : findCluster(assigned, undefined);
  }
  if (issuers.length > 1 || issuers.some((issuer) => isOfEks(issuer) === 'no')) {
    throw new Error(`the trust policy of role ${role.label} names the issuer ${issuers.join(', ')}, and no template has a cluster: `
      + "state which issuer is that of the cluster with PodAccess.assume({ clusterIssuers: { prod: 'https://…' } }), and pass the option cluster: 'prod'");
  }
  return clusterOf(role, issuers[0]);
}

/** A cluster of which nothing is known but its issuer. */
function clusterOf({ arn, account, place }: Role, issuer?: Text): Cluster {
  const unknown = (what: string) => Text.unknown(new Unknown(`${what} of the cluster that ${arn.key} trusts`, { label: `Cluster${what}` }));
  return { id: new ClusterId(unknown('Name'), account, unknown('Region'), false), arn: unknown('Arn'), namedAt: place, ...(issuer && { issuer }) };
}
