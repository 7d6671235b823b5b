import { Credentials } from './credentials';
import { isSessionTag, POD_IDENTITY } from './pod-identity';
import { principalName, RoleSessions } from '../assignments/principal';
import { roleSession } from '../evaluation/role-session';
import { Role } from '../model/model';
import { Tags } from '../model/resource';
import { matchesAction } from '../policies/matches-action';
import { mayBeEveryone, mayTrustOthers } from '../policies/may-trust';
import { Statement } from '../policies/statement';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** The credentials of whoever has a session of a role, or of a user. The trust policy of a role tells how the session may have started. */
export function ofRole(principal: RoleSessions): Credentials {
  const { role } = principal;
  const isRole = role.noun === 'role';
  return {
    role,
    by: isRole ? 'its own session' : `the policies of the ${role.noun}`,
    isDefault: 'yes',
    isObtained: 'yes',
    chain: [{ what: isRole ? `whoever has a session of role ${role.label}` : principalName(principal), place: role.place }],
    missing: [],
    session: isRole ? { role: roleSession(role), roleTags: tagsOfSessions(role), ...(mayComeByToken(role) && { federatedProvider: 'unknown' }) }
      : { role: roleSession(role), roleTags: role.tags },
  };
}

/** Whether identity providers may start sessions. Everyone, as a principal, includes those that they vouch for. */
const mayComeByToken = ({ trustPolicy }: Role): boolean => mayTrustOthers(trustPolicy, ({ effect, principals }) => effect === 'Deny'
  || (principals !== undefined && !principals.negated && principals.principals.every((principal) => principal.kind !== 'Federated' && !mayBeEveryone(principal))));

/**
 * Session tags override those of the role. Those who may set some can choose any, and EKS Pod Identity sets its own.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 */
function tagsOfSessions({ tags, trustPolicy }: Role): Tags {
  const setsNoTags = (statement: Statement) => statement.effect === 'Deny' || matchesAction(statement, 'sts:TagSession') === 'no';
  if (!mayTrustOthers(trustPolicy, setsNoTags)) {
    return tags;
  }
  const chosen = mayTrustOthers(trustPolicy, (statement) => setsNoTags(statement) || isOfPodIdentity(statement));
  const kept = chosen ? [] : [...tags].filter(([name]) => !isSessionTag(name));
  return Object.assign(new Map<string, Text>(kept), { mayHaveOthers: true });
}

const isOfPodIdentity = ({ principals }: Statement): boolean => principals !== undefined && !principals.negated
  && principals.principals.every(({ kind, name }) => kind === 'Service' && equal(name, POD_IDENTITY) === 'yes');
