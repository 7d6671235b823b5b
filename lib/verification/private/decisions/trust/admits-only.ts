import { AccessReason } from '../../../access-reason';
import { ClusterIssuer } from '../../assignments/cluster-issuers';
import { Pods, subjectOf } from '../../assignments/principal';
import { Cluster, Role } from '../../model/model';
import { parsePolicy } from '../../policies/parse-policy';
import { Principal, Statement } from '../../policies/statement';
import { sessionTags } from '../../reach/pod-identity';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';

/** The service account that a trust policy should admit, and the cluster of its pods. */
export interface Admitted {
  readonly pods: Pods;
  readonly cluster: Cluster;
  readonly issuers: readonly ClusterIssuer[];
  /** The audiences of the tokens that the service account has for AWS. */
  readonly audiences: readonly Text[];
}

/**
 * Whom a trust policy admits, or might admit, besides the pods of a service account. Denials are not looked at, because they admit nobody.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export function othersAdmitted({ trustPolicy }: Role, admitted: Admitted): AccessReason[] {
  const { statements, problems } = parsePolicy(trustPolicy, 'trust');
  return [
    ...problems.map((what) => ({ what, place: trustPolicy.place })),
    ...statements.filter(({ effect }) => effect !== 'Deny').flatMap((statement) => othersIn(statement, admitted).map((what) => ({ what, place: statement.place }))),
  ];
}

function othersIn(statement: Statement, admitted: Admitted): string[] {
  const { principals, problems } = statement;
  if (problems.length > 0) {
    return [...problems];
  }
  return !principals || principals.negated
    ? ['it admits everyone except the principals in NotPrincipal']
    : principals.principals.flatMap((principal) => othersThrough(principal, statement, admitted));
}

function othersThrough({ kind, name }: Principal, statement: Statement, { pods, cluster, issuers, audiences }: Admitted): string[] {
  if (kind === 'Service' && name.literal === 'pods.eks.amazonaws.com') {
    const tags = [...sessionTags(pods, cluster)].filter(([tag]) => ['eks-cluster-arn', 'kubernetes-namespace', 'kubernetes-service-account'].includes(tag));
    return tags.flatMap(([tag, value]) =>
      unless(statement, Text.of(`aws:RequestTag/${tag}`), value, 'anyone who can create EKS Pod Identity associations can give the role to other pods'));
  }
  const issuer = kind === 'Federated' ? issuers.find(({ providerArn, isOfCluster }) => isOfCluster === 'yes' && equal(providerArn, name) === 'yes') : undefined;
  if (!issuer) {
    return [`it also admits ${kind === 'AWS' && name.literal === '*' ? 'everyone' : `the ${kind} principal ${name}`}`];
  }
  const key = (claim: string) => Text.join([issuer.issuer, Text.of(claim)], ':');
  return [
    ...unless(statement, key('sub'), subjectOf(pods), 'it admits other service accounts'),
    ...otherAudiences(statement, key('aud'), issuer, audiences),
  ];
}

/** A pod can have tokens for any audience, and others to whom it sends one could use it. What the provider does not accept admits nobody. */
function otherAudiences(statement: Statement, key: Text, issuer: ClusterIssuer, audiences: readonly Text[]): string[] {
  const exact = conditionsOn(statement, key).filter(({ operator, values }) => isExact(operator, values));
  if (exact.length === 0) {
    return [`its condition for ${key} is missing or is not an exact match: it admits tokens that were not issued for AWS`];
  }
  const { audiences: accepted } = issuer;
  const allowed = accepted?.length === 1 ? [...audiences, ...accepted] : audiences;
  const isOther = (audience: Text) => allowed.every((own) => equal(own, audience) !== 'yes') && (accepted?.some((one) => equal(one, audience) !== 'no') ?? true);
  const others = exact.map(({ values }) => values.filter(isOther));
  return others.some((found) => found.length === 0) ? []
    : [`its condition for ${key} also has ${others[0].join(', ')} instead of only ${audiences.join(', ')}: it admits tokens that were not issued for AWS`];
}

/** What is wrong unless a statement requires that a key has exactly one value. */
function unless(statement: Statement, key: Text, value: Text, consequence: string): string[] {
  const conditions = conditionsOn(statement, key);
  if (conditions.some((condition) => isExact(condition.operator, condition.values) && condition.values.every((one) => equal(one, value) === 'yes'))) {
    return [];
  }
  const found = conditions.map(({ operator, values }) => `${operator} ${values.join(', ')}`).join(' and ');
  return [conditions.length === 0
    ? `it has no condition for ${key}: ${consequence}`
    : `its condition for ${key} is ${found}, but must be StringEquals ${value}: ${consequence}`];
}

const conditionsOn = ({ conditions = [] }: Statement, key: Text) => conditions.filter((condition) => equal(condition.key.toLowerCase(), key.toLowerCase()) === 'yes');

function isExact(operator: Text, values: readonly Text[]): boolean {
  const hasWildcard = values.some(({ parts }) => parts.some((part) => (typeof part === 'string' ? /[*?]/.test(part) : part.mayContain('*') || part.mayContain('?'))));
  return values.length > 0 && (operator.literal === 'StringEquals' || (operator.literal === 'StringLike' && !hasWildcard));
}
