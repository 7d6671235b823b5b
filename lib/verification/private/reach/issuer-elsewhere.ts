import { ClusterIssuer } from '../assignments/cluster-issuers';
import { Role } from '../model/model';
import { parsePolicy } from '../policies/parse-policy';
import { ClusterId } from '../values/cluster-id';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

/**
 * A provider that only the unknown part of a trust policy may name: one for the cluster in the account of the role. No template has to show it,
 * because another app or another account can create it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cross-account-access.html
 */
export function issuersElsewhere({ trustPolicy, label, arn }: Role, cluster: ClusterId): ClusterIssuer[] {
  const { problems, statements } = parsePolicy(trustPolicy, 'trust');
  if (problems.length === 0 && statements.every((statement) => statement.problems.length === 0)) {
    return [];
  }
  const what = `an identity provider of cluster ${cluster} in the account of role ${label}, which the templates do not show`;
  const unknown = (name: string) => Text.unknown(new Unknown(`${name} of cluster ${cluster.key} for ${arn.key}`, { label: what }));
  return [{ providerArn: unknown('provider'), issuer: unknown('issuer'), isOfCluster: 'unknown', reason: { what } }];
}
