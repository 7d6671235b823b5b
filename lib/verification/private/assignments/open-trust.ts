import { isOfAnyAccount, OF_ACCOUNTS } from './senders';
import { operatorName } from '../evaluation/condition-operators';
import { Role } from '../model/model';
import { matchesAction } from '../policies/matches-action';
import { parsePolicy } from '../policies/parse-policy';
import { Policy } from '../policies/policy';
import { Condition, Statement } from '../policies/statement';
import { Interned } from '../values/interned';
import { Text } from '../values/text';
import { textAfter } from '../values/text-parts';

/** A role that anyone gets, because they can have what it trusts outside the account. */
export interface OpenRole extends OpenTrust {
  readonly role: Role;
}

interface OpenTrust {
  /** The provider of identities that everyone can have; undefined for principals of any account. */
  readonly provider?: Text;
}

/** The roles that anyone might get with an account of their own: of AWS, or of a provider that has tokens for everyone. */
export const openRoles = (roles: readonly Role[]): OpenRole[] =>
  roles.flatMap((role) => openTrustsIn(role.trustPolicy).map((open) => ({ role, ...open })));

/** Found once for all assignments of the conditions under which the trust policy is the same. */
const openTrustsIn = (trustPolicy: Policy): readonly OpenTrust[] => known.of([trustPolicy], () =>
  parsePolicy(trustPolicy, 'trust').statements.filter(({ effect }) => effect !== 'Deny').flatMap(openTrusts));

const known = new Interned<readonly OpenTrust[]>();

function openTrusts(statement: Statement): OpenTrust[] {
  const { principals, conditions } = statement;
  if (!principals || principals.negated || !conditions) {
    return [];
  }
  const admitsAccounts = matchesAction(statement, 'sts:AssumeRole') !== 'no' && conditions.every(isChosen);
  const admitsTokens = matchesAction(statement, 'sts:AssumeRoleWithWebIdentity') !== 'no' && !conditions.some(limitsOwner);
  return principals.principals.flatMap(({ kind, name }): OpenTrust[] =>
    (kind === 'AWS' ? (admitsAccounts && name.literal === '*' ? [{}] : []) : kind === 'Federated' && admitsTokens && isOfEveryone(name) ? [{ provider: name }] : []));
}

/** Keys of any request. Others are of identities of a provider. */
const OF_REQUESTS = /^(aws|sts):/i;

/** Whether somebody can fulfill a condition with a principal of their own: they decide about its name and its tags, and their requests can come from pods. */
function isChosen({ operator, key: { literal: key = '' }, values }: Condition): boolean {
  const { set, base, ifExists } = operatorName(operator.literal ?? '');
  const isLoose = /Not|Null/.test(base) || set === 'ForAllValues' || ifExists || values.some((value) => value.startsWith('*') || isOfAnyAccount(value));
  return OF_REQUESTS.test(key) && (isLoose || !OF_ACCOUNTS.test(key));
}

/**
 * Issuers that have tokens for everyone with an account of their own there.
 *
 * @see https://docs.github.com/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services
 * @see https://docs.gitlab.com/ci/cloud_services/aws
 * @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
const ISSUERS = new Set([
  'accounts.google.com', 'agent.buildkite.com', 'app.terraform.io', 'gitlab.com', 'graph.facebook.com', 'token.actions.githubusercontent.com', 'www.amazon.com',
]);

const isOfEveryone = (provider: Text): boolean => ISSUERS.has((textAfter(provider, ':oidc-provider/') ?? provider).literal ?? '');

const OWNERS = 'enterprise|group|namespace|organization|owner|project|repository|team|user|workspace';

/** Claims that tell whose token it is. */
const OF_OWNERS = new RegExp(`:(sub|email|hd|actor(_id)?|job_workflow_ref|(\\w+_)?(${OWNERS})(_(id|name|path|slug))?)$`, 'i');

/** Whether a condition admits the tokens of some owners only. */
function limitsOwner({ operator, key, values }: Condition): boolean {
  const { set, base, ifExists } = operatorName(operator.literal ?? '');
  return ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike'].includes(base) && set !== 'ForAllValues' && !ifExists
    && (key.literal === undefined || OF_OWNERS.test(key.literal)) && values.every((value) => base !== 'StringLike' || namesOwner(value, key.literal?.endsWith(':sub') ?? true));
}

/** Whether a pattern has the name of an owner as a whole: others can have one that starts like that in `repo:acme*`. In a subject, it follows what it is the name of. */
function namesOwner({ parts }: Text, isSubject: boolean): boolean {
  const [before, ...rest] = parts.map((part) => (typeof part === 'string' ? part : 'x')).join('').split(/[*?]/);
  return rest.length === 0 || (isSubject ? /^[^:]+:[^:/]+[:/]/ : /^[^:/]+[:/]/).test(before);
}
