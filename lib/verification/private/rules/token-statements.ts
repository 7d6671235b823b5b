import { AssignedModel } from '../assignments/assigned-model';
import { isInTemplates } from '../assignments/role-index';
import { accountOf } from '../evaluation/resource-policies';
import { Role } from '../model/model';
import { matchesAction } from '../policies/matches-action';
import { parsePolicy } from '../policies/parse-policy';
import { Condition, Statement } from '../policies/statement';
import { ASSUME_WITH_TOKEN } from '../reach/web-identity';
import { isOfEks, trustedIssuerOf } from '../values/issuer-of-eks';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** A statement of a trust policy that allows pods with tokens of a cluster to assume the role, on conditions. */
export interface TokenStatement {
  readonly role: Role;
  readonly statement: Statement;
  readonly conditions: readonly Condition[];
  readonly providerArn: Text;
  /** Of the provider, without `https://`. */
  readonly issuer: Text;
  /** The audiences that the provider accepts; undefined if the templates do not show them. */
  readonly audiences?: readonly Text[];
}

/** Several rules ask for them. */
const known = new WeakMap<AssignedModel, readonly TokenStatement[]>();

/** Those of all roles of the templates, as far as they can be read: one for each provider of a statement. */
export function tokenStatements(assigned: AssignedModel): readonly TokenStatement[] {
  const statements = known.get(assigned) ?? assigned.model.roles.filter(isInTemplates).flatMap((role) =>
    parsePolicy(role.trustPolicy, 'trust').statements.flatMap((statement) => ofProviders(role, statement, assigned)));
  known.set(assigned, statements);
  return statements;
}

function ofProviders(role: Role, statement: Statement, assigned: AssignedModel): TokenStatement[] {
  const { effect, principals, conditions, problems } = statement;
  if (effect !== 'Allow' || !principals || principals.negated || !conditions || problems.length > 0 || matchesAction(statement, ASSUME_WITH_TOKEN) !== 'yes') {
    return [];
  }
  return principals.principals.filter(({ kind, name }) => kind === 'Federated' && mayBeInAccount(name, role)).flatMap(({ name: providerArn }) => {
    const created = assigned.model.oidcProviders.find(({ arn }) => equal(arn, providerArn) === 'yes');
    const issuer = created && isOfCluster(created.issuer, assigned) ? created.issuer : issuerOfEks(providerArn);
    return issuer ? [{ role, statement, conditions, providerArn, issuer, audiences: created?.audiences }] : [];
  });
}

/** AWS STS looks for the provider in the account of the role. */
const mayBeInAccount = (providerArn: Text, { account }: Role): boolean => equal(accountOf(providerArn) ?? account, account) !== 'no';

const isOfCluster = (issuer: Text, { model }: AssignedModel): boolean => model.clusters.some((cluster) => cluster.issuer && equal(cluster.issuer, issuer) === 'yes');

/** The issuer in the ARN of a provider of a cluster. Providers of others, such as GitHub, have other claims. */
function issuerOfEks(providerArn: Text): Text | undefined {
  const issuer = trustedIssuerOf(providerArn);
  return issuer && isOfEks(issuer) === 'yes' ? issuer : undefined;
}

/** Whether a condition is for a claim of the tokens of an issuer, such as `sub`, or may be. IAM compares keys without regard to case. */
export const isOnClaim = ({ key }: Condition, issuer: Text, claim: string): boolean =>
  equal(key.toLowerCase(), Text.join([issuer, Text.of(claim)], ':').toLowerCase()) !== 'no';

/** The conditions of a statement for a claim of a token. */
export const conditionsOn = ({ conditions, issuer }: TokenStatement, claim: string): Condition[] =>
  conditions.filter((condition) => isOnClaim(condition, issuer, claim));
