import { Credentials } from './credentials';
import { isUseful } from './is-useful';
import { mayRequest, requestsOf } from './may-request';
import { nextCredentials, possibleCredentials } from './next-credentials';
import { FederatedRole } from '../assignments/federated-roles';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { several } from '../evaluation/context-values';
import { decideTrust } from '../evaluation/decide-trust';
import { RequestContext } from '../evaluation/request';
import { SessionContext } from '../evaluation/session-context';
import { holderName } from '../model/holder-name';
import { IdentityPool } from '../model/identities';
import { parsePolicy } from '../policies/parse-policy';
import { Statement } from '../policies/statement';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

/**
 * The credentials of roles that trust a provider of identities, such as Amazon Cognito, of which a principal might get an identity by a request. Whether the identity
 * is one that the role trusts is not asked.
 */
export function rolesByIdentity(credentials: Credentials, roles: RoleIndex): Credentials[] {
  const { federated, federatedRequests } = roles;
  const mayAsk = isInTemplates(credentials.role) && requestsOf(credentials, roles, federatedRequests).length > 0; // most roles may not
  const others = mayAsk ? federated.filter(({ role }) => isUseful(role, credentials)) : [];
  return others.flatMap((one) => {
    const { role, provider, resource, requests } = one;
    const request = requests.find((action) => mayRequest(credentials, roles, action, resource) !== 'no');
    return request === undefined ? [] : [withIdentity(one,
      nextCredentials(credentials, role, request, `${holderName(credentials.role)} may request ${request}, and so might get role ${role.label}, which trusts ${provider}`))];
  });
}

/**
 * The credentials of roles that anyone might get from Amazon Cognito, also without credentials.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html
 */
export const rolesOfEveryone = ({ trustingCognito, trustingSignUp, identityPools }: RoleIndex): Credentials[] =>
  [...trustingCognito.filter((one) => isOpenToAll(one, identityPools)), ...trustingSignUp].map((one) => {
    const { role, provider } = one;
    const what = `anyone might get role ${role.label}, which trusts ${provider}: identities of Amazon Cognito without sign-in, or with sign-up`;
    return withIdentity(one, possibleCredentials(role, 'Amazon Cognito', what));
  });

/** Claims and attributes of an identity can become session tags. */
export const withIdentity = ({ provider }: FederatedRole, credentials: Credentials): Credentials =>
  ({ ...credentials, session: { ...credentials.session, hasChosenTags: true, federatedProvider: provider } });

/** A role that asks for no pool trusts those of all accounts. */
function isOpenToAll(one: FederatedRole, pools: readonly IdentityPool[]): boolean {
  const { role: { trustPolicy }, provider, given } = one;
  if (given) {
    const { pool: id } = given;
    const pool = id && pools.find((own) => equal(own.id, id) === 'yes');
    return given.to === 'guests' ? pool?.hasGuests !== 'no' : given.to === 'users' && pool?.hasSignUp !== false;
  }
  const { statements, problems } = parsePolicy(trustPolicy, 'trust');
  const named = statements.filter((statement) => mayTrust(statement, provider)).map((statement) => poolsIn(statement, provider));
  const audiences = [...named, ...problems.map(() => undefined)].flatMap((values) => values ?? [ofCognito('an identity pool')]);
  return audiences.some((audience) => {
    const pool = pools.find(({ id }) => equal(id, audience) === 'yes');
    return (pool?.hasGuests !== 'no' && admitsIdentity(one, audience, 'unauthenticated')) || (pool?.hasSignUp !== false && admitsIdentity(one, audience, 'authenticated'));
  });
}

const mayTrust = ({ effect, principals }: Statement, provider: Text): boolean => effect !== 'Deny'
  && (!principals || principals.negated || principals.principals.some(({ kind, name }) => kind === 'Federated' && equal(name, provider) !== 'no'));

/** The only identity pools that a statement admits; undefined if it admits others. */
function poolsIn({ conditions = [] }: Statement, provider: Text): readonly Text[] | undefined {
  const isAudience = (key: Text) => key.literal?.toLowerCase() === `${provider}:aud`.toLowerCase();
  return conditions.find(({ operator, key, values }) => isAudience(key) && /^string(equals|like)$/i.test(operator.toString())
    && values.every((value) => !/[*?]/.test(value.toString())))?.values;
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html */
function admitsIdentity({ role: { trustPolicy }, provider }: FederatedRole, pool: Text, how: string): boolean {
  const token = SessionContext.webIdentity(provider, ofCognito('an identity'), pool);
  const context: RequestContext = { lookup: (key) => (key.literal?.toLowerCase().endsWith(':amr') ? several([Text.of(how)]) : token.lookup(key)) };
  return decideTrust(trustPolicy, { kind: 'Federated', names: [provider] }, 'sts:AssumeRoleWithWebIdentity', context).outcome !== 'DENIED';
}

const ofCognito = (label: string): Text => Text.unknown(new Unknown(`${label} of Amazon Cognito`, { label }));
