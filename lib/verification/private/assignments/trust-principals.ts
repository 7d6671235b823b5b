import { Pods, subjectOf } from './principal';
import { operatorName } from '../evaluation/condition-operators';
import { accountOf } from '../evaluation/resource-policies';
import { Role } from '../model/model';
import { matchesAction } from '../policies/matches-action';
import { mayTrustOthers, namesOnly } from '../policies/may-trust';
import { parsePolicy } from '../policies/parse-policy';
import { Policy } from '../policies/policy';
import { Principal, Statement } from '../policies/statement';
import { Interned } from '../values/interned';
import { isProviderOfEks } from '../values/issuer-of-eks';
import { equal, Pattern } from '../values/pattern';
import { Text } from '../values/text';

/** The principals of a kind that a trust policy names. */
export const principalsOf = (trustPolicy: Policy, kind: Principal['kind']): Text[] => parsePolicy(trustPolicy, 'trust').statements
  .flatMap(({ principals }) => (principals?.negated ? [] : principals?.principals ?? []))
  .filter((principal) => principal.kind === kind)
  .map(({ name }) => name);

const subjectsByPolicy = new Interned<readonly string[] | undefined>();

/**
 * The only subjects whose tokens a role can trust, or undefined if that takes an evaluation:
 * a statement without a condition that names literal subjects could admit any.
 */
export const literalSubjects = (trustPolicy: Policy): readonly string[] | undefined => subjectsByPolicy.of([trustPolicy], () => {
  const subjects: string[] = [];
  const mayTrustAny = mayTrustOthers(trustPolicy, (statement) => {
    const found = literalSubjectsIn(statement);
    subjects.push(...found ?? []);
    return found !== undefined || namesOnly(statement, ['Service', 'CanonicalUser']);
  });
  return mayTrustAny ? undefined : subjects;
});

const endsWith = ({ parts }: Text, suffix: string): boolean => {
  const last = parts[parts.length - 1];
  return typeof last === 'string' && last.toLowerCase().endsWith(suffix);
};

/** The subjects of tokens that a trust policy names. */
export const subjectsOf = (trustPolicy: Policy): Text[] => parsePolicy(trustPolicy, 'trust').statements.flatMap((statement) => valuesOf(statement, ':sub'));

/**
 * Whether a trust policy could be about a service account: by the subject of its tokens, or by the tags of its sessions.
 *
 * @param otherIssuers those of other clusters.
 */
export const namesAccount = (trustPolicy: Policy, pods: Pods, otherIssuers: readonly Text[]): boolean => parsePolicy(trustPolicy, 'trust').statements.some((statement) => {
  const { cluster, namespace, serviceAccountName } = pods;
  const hasTag = (tag: string, value: Text) => mayMatch(valuesOf(statement, `/${tag}`), value);
  const isOfOthers = (key: Text) => otherIssuers.some((issuer) => equal(key, Text.join([issuer, Text.of(':sub')])) === 'yes');
  const isOfOtherCluster = (statement.conditions ?? []).some(({ operator, key, values }) =>
    /^String(Equals|Like)$/i.test(operator.toString()) && endsWith(key, '/eks-cluster-name') && !mayMatch(values, cluster.name));
  return mayMatch(valuesOf(statement, ':sub', isOfOthers), subjectOf(pods))
    || (hasTag('kubernetes-service-account', serviceAccountName) && hasTag('kubernetes-namespace', namespace) && !isOfOtherCluster);
});

const valuesOf = ({ conditions = [] }: Statement, suffix: string, isExcepted: (key: Text) => boolean = () => false): Text[] =>
  conditions.filter(({ key }) => endsWith(key, suffix) && !isExcepted(key)).flatMap(({ values }) => values);

const mayMatch = (patterns: readonly Text[], text: Text): boolean => patterns.some((pattern) => Pattern.glob(pattern).matches(text) !== 'no');

/** The service accounts whose tokens a trust policy can admit. */
export interface TrustedSubjects {
  /** Those that it names literally. */
  readonly literals: readonly string[];
  /** Whether it could admit others: by a pattern, by a subject that only the deployment knows, or because it has no condition for the subject. */
  readonly hasOthers: boolean;
}

/** Whom the statements of the trust policy of a role that could name an OIDC provider of a cluster admit. */
export const trustedSubjects = ({ trustPolicy, account }: Pick<Role, 'trustPolicy' | 'account'>): TrustedSubjects =>
  subjects.of([trustPolicy, account.key], () => findSubjects(trustPolicy, account));

const subjects = new Interned<TrustedSubjects>();

function findSubjects(trustPolicy: Policy, account: Text): TrustedSubjects {
  const { statements, problems } = parsePolicy(trustPolicy, 'trust');
  const admitting = statements.filter((statement) => statement.effect !== 'Deny' && mayNameIssuer(statement, account)
    && matchesAction(statement, 'sts:AssumeRoleWithWebIdentity') !== 'no');
  const named = admitting.map(literalSubjectsIn);
  return { literals: [...new Set(named.flatMap((literals) => literals ?? []))], hasOthers: problems.length > 0 || named.includes(undefined) };
}

/**
 * Providers of other kinds, such as SAML, and those that are not of Amazon EKS, give pods nothing. AWS STS looks for a provider in the account of the role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cross-account-access.html
 */
const mayNameIssuer = ({ principals, problems }: Statement, account: Text): boolean =>
  problems.length > 0 || principals === undefined || principals.negated
  || principals.principals.some(({ kind, name }) => name.literal === '*'
    || (kind === 'Federated' && isProviderOfEks(name) !== 'no' && equal(accountOf(name) ?? account, account) !== 'no'));

/** Undefined if the statement does not limit them to literals. A token has one subject, so that `ForAnyValue` changes nothing. */
function literalSubjectsIn({ conditions = [], problems }: Statement): string[] | undefined {
  const isExact = (base: string, { literal }: Text) => literal !== undefined && !literal.includes('${') && (base === 'StringEquals' || !/[*?]/.test(literal));
  const condition = conditions.find(({ operator, key, values }) => {
    const { set, base, ifExists } = operatorName(operator.literal ?? '');
    return ['StringEquals', 'StringLike'].includes(base) && set !== 'ForAllValues' && !ifExists && endsWith(key, ':sub') && values.every((value) => isExact(base, value));
  });
  return problems.length > 0 ? undefined : condition?.values.map(({ literal }) => literal!);
}
