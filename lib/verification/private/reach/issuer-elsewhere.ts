import { ClusterIssuer } from '../assignments/cluster-issuers';
import { accountOf } from '../evaluation/resource-policies';
import { Role } from '../model/model';
import { matchesAction } from '../policies/matches-action';
import { mayBeEveryone } from '../policies/may-trust';
import { parsePolicy } from '../policies/parse-policy';
import { Statement } from '../policies/statement';
import { ClusterId } from '../values/cluster-id';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

/**
 * A provider that only the unknown part of a trust policy may name, or that a policy which admits everyone does not have to name: one for the cluster in the account of
 * the role. No template has to show it, because another app or another account can create it.
 *
 * @param known the providers that the templates show.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cross-account-access.html
 */
export function issuersElsewhere({ trustPolicy, label, arn, account }: Role, cluster: ClusterId, known: readonly ClusterIssuer[]): ClusterIssuer[] {
  const { problems, statements } = parsePolicy(trustPolicy, 'trust');
  const isRead = problems.length === 0 && statements.every((statement) => statement.problems.length === 0);
  const isShown = known.some(({ isOfCluster, providerArn }) => isOfCluster === 'yes' && equal(accountOf(providerArn) ?? account, account) === 'yes');
  if (isRead && (isShown || !statements.some(admitsEveryToken))) {
    return [];
  }
  const what = `an identity provider of cluster ${cluster} in the account of role ${label}, which the templates do not show`;
  const unknown = (name: string) => Text.unknown(new Unknown(`${name} of cluster ${cluster.key} for ${arn.key}`, { label: what }));
  return [{ providerArn: unknown('provider'), issuer: unknown('issuer'), isOfCluster: 'unknown', reason: { what } }];
}

/** Whether a statement may admit the tokens of any provider, as far as its conditions allow it. */
function admitsEveryToken(statement: Statement): boolean {
  const { effect, principals } = statement;
  return effect !== 'Deny' && matchesAction(statement, 'sts:AssumeRoleWithWebIdentity') !== 'no'
    && principals !== undefined && (principals.negated || principals.principals.some(mayBeEveryone));
}
