import { AssignedModel } from '../assignments/assigned-model';
import { ClusterIssuer, trustedIssuerOf } from '../assignments/cluster-issuers';
import { isInTemplates } from '../assignments/role-index';
import { Role } from '../model/model';
import { parsePolicy } from '../policies/parse-policy';
import { Condition, Statement } from '../policies/statement';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** A statement of a trust policy that allows pods with tokens of a cluster to assume the role. */
export interface TokenStatement {
  readonly role: Role;
  readonly statement: Statement & { readonly conditions: readonly Condition[] };
  /** Of the provider, without `https://`. */
  readonly issuer: Text;
  /** Whether the provider accepts only one audience, so that tokens for others admit nobody. */
  readonly hasOneAudience: boolean;
}

/** Those of all roles of the templates, as far as they can be read. */
export const tokenStatements = (assigned: AssignedModel): TokenStatement[] => assigned.model.roles.filter(isInTemplates).flatMap((role) =>
  parsePolicy(role.trustPolicy, 'trust').statements.flatMap((statement) => ofProviders(role, statement, assigned)));

function ofProviders(role: Role, statement: Statement, assigned: AssignedModel): TokenStatement[] {
  const { effect, principals, conditions, problems } = statement;
  if (effect !== 'Allow' || !principals || principals.negated || !conditions || problems.length > 0) {
    return [];
  }
  return principals.principals.filter(({ kind }) => kind === 'Federated').flatMap(({ name }) => {
    const known = providerOfCluster(name, assigned);
    const issuer = known?.issuer ?? issuerOfEks(name);
    const hasOneAudience = known?.audiences?.length === 1;
    return issuer ? [{ role, statement: { ...statement, conditions }, issuer, hasOneAudience }] : [];
  });
}

const providerOfCluster = (arn: Text, assigned: AssignedModel): ClusterIssuer | undefined => assigned.model.clusters
  .flatMap((cluster) => assigned.issuersOf(cluster))
  .find(({ isOfCluster, providerArn }) => isOfCluster === 'yes' && equal(providerArn, arn) === 'yes');

/** The issuer in the ARN of a provider of a cluster. Providers of others, such as GitHub, have other claims. */
function issuerOfEks(providerArn: Text): Text | undefined {
  const issuer = trustedIssuerOf(providerArn);
  return issuer?.startsWith('oidc.eks.') ? issuer : undefined;
}

/** The conditions of a statement for a claim of a token, such as `sub`. IAM compares their keys without regard to case. */
export const conditionsOn = ({ statement, issuer }: TokenStatement, claim: string): Condition[] => {
  const key = Text.join([issuer, Text.of(claim)], ':').toLowerCase();
  return statement.conditions.filter((condition) => equal(condition.key.toLowerCase(), key) !== 'no');
};
