import { Credentials, OtherCredentials, Raise } from './credentials';
import { decideWith } from './decide-with';
import { rolesByIdentity, rolesOfEveryone } from './federated-roles';
import { isUseful } from './is-useful';
import { newPrincipal } from './new-principals';
import { handedOver } from './passed-roles';
import { areSame, raisesWith } from './raised-roles';
import { keysOfEveryone, readableKeys } from './user-keys';
import { isInTemplates, outside, RoleIndex } from '../assignments/role-index';
import { Decision } from '../evaluation/decision';
import { truthOf, weakest } from '../evaluation/outcomes';
import { roleSession } from '../evaluation/role-session';
import { SessionContext } from '../evaluation/session-context';
import { ChainOptions } from '../evaluation/session-options';
import { titleOf } from '../evaluation/titles';
import { Role } from '../model/model';
import { candidateResources } from '../policies/candidate-resources';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { allOf } from '../values/truth';

const ASSUME_ROLE = 'sts:AssumeRole';
const TAG_SESSION = 'sts:TagSession';

/**
 * All credentials that some credentials lead to, with themselves: roles assume roles, which assume others.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export function withChains(first: readonly Credentials[], roles: RoleIndex, raises: ReadonlyMap<string, Raise> = new Map()): Credentials[] {
  const found = chainsOf(first, roles, raises);
  const next = raisesWith(found);
  if (areSame(raises, next)) {
    return found; // in the end, because permissions only add roles, and ways to raise permissions
  }
  const raised = withRaises(found, next);
  if (!newPrincipal(raised)) {
    return withChains(first, roles, next);
  }
  return newPrincipal(found) ? raised : withRaises(found, raisesWith(raised)); // what others may do is not known, so that further roles would tell nothing
}

function chainsOf(first: readonly Credentials[], roles: RoleIndex, raises: ReadonlyMap<string, Raise>): Credentials[] {
  const found = withRaises([...first, ...ofEveryone(roles)], raises);
  const seen = new Set(found.filter(({ isObtained }) => isObtained !== 'no').map(credentialsKey));
  for (let i = 0; i < found.length; i++) { // the list grows while it is read
    const credentials = found[i];
    for (const next of credentials.isObtained === 'no' ? [] : nextWith(credentials, roles)) {
      if (!seen.has(credentialsKey(next))) {
        seen.add(credentialsKey(next));
        found.push(...withRaises([next], raises));
      }
    }
  }
  return found;
}

const nextWith = (credentials: Credentials, roles: RoleIndex): Credentials[] =>
  [assumableWith, handedOver, readableKeys, rolesByIdentity].flatMap((find) => find(credentials, roles));

/** What anyone might get, also without credentials. */
const ofEveryone = (roles: RoleIndex): Credentials[] => [...keysOfEveryone(roles), ...rolesOfEveryone(roles)];

const withRaises = (found: readonly Credentials[], raises: ReadonlyMap<string, Raise>): Credentials[] =>
  found.map((credentials) => ({ ...credentials, raise: raises.get(credentials.role.arn.key) }));

/** Sessions of a role with the same limits and tags can do the same. Certain ones and others are kept apart, so that none hides another. */
function credentialsKey({ role, sessionPolicy, session: options, isObtained }: Credentials): string {
  const { sessionTags, hasChosenTags = false, federatedProvider: provider } = options;
  const { template, logicalId } = sessionPolicy?.place ?? {};
  const ofSession = [template, logicalId, hasChosenTags, provider instanceof Text ? provider.key : provider];
  return [role.arn.key, isObtained, ...ofSession, ...[...sessionTags ?? []].map(([name, value]) => `${name}=${value.key}`)].join(' ');
}

/** Of a role that is not in the templates nothing is known, so that nothing follows from what it can assume. */
function assumableWith(credentials: Credentials, roles: RoleIndex): Credentials[] {
  if (!isInTemplates(credentials.role)) {
    return [];
  }
  const isSame = (role: Role) => role === credentials.role;
  const inTemplates = [
    ...roles.trustingRoles.filter((role) => isUseful(role, credentials)).map((role) => chained(credentials, role)),
    ...roles.trustingRoles.filter((role) => !isSame(role) || !credentials.session.hasChosenTags).flatMap((role) => tagged(credentials, role)),
  ];
  return [...inTemplates, ...others(credentials, roles)].filter(({ isObtained }) => isObtained !== 'no');
}

/** Roles that policies let a session assume by a wildcard, and that are not in the templates. Which ones there are, and whether they trust it, is not known. */
export function rolesByWildcard(found: readonly Credentials[]): OtherCredentials[] {
  const inTemplates = found.filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role));
  return inTemplates.flatMap((credentials) => candidateResources(credentials.role.policies, ASSUME_ROLE)
    .filter(({ resource }) => isPattern(resource) && outsideWith(credentials, resource).isObtained !== 'no')
    .map(({ statement }): OtherCredentials => ({
      what: `role ${credentials.role.label} may assume roles outside the templates that trust it: ${statement ? titleOf(statement) : 'not all of its policies can be read'}`,
      place: statement?.place,
      excludedBy: 'noOtherCredentials',
    })));
}

const isPattern = ({ unknowns }: Text): boolean => unknowns.some(({ isOfPattern }) => isOfPattern);

/** The session of a role outside the templates. A policy can ask for session tags. */
function outsideWith(credentials: Credentials, arn: Text): Credentials {
  const [plain, withTags] = [chained(credentials, outside(arn)), ...tagged(credentials, outside(arn))];
  return plain.isObtained === 'no' && withTags ? withTags : plain;
}

/** Roles outside the templates, of which nothing is known: those that policies let a session assume by their ARNs. */
function others(credentials: Credentials, roles: RoleIndex): Credentials[] {
  return candidateResources(credentials.role.policies, ASSUME_ROLE)
    .filter(({ resource }) => !isPattern(resource) && !roles.all.some((role) => equal(role.arn, resource) === 'yes'))
    .map(({ resource, statement }) => {
      const next = outsideWith(credentials, resource);
      if (!statement) {
        return next;
      }
      const step = { what: titleOf(statement), place: statement.place };
      return { ...next, chain: [...credentials.chain, step, ...next.chain.slice(credentials.chain.length)] };
    });
}

/**
 * The session of a role that other credentials assume. Tags of EKS Pod Identity are transitive, so that they stay.
 *
 * @param externalId that the request has; what a pod sends is not known.
 */
export function chained(credentials: Credentials, role: Role, externalId?: Text): Credentials {
  const passesTags = (credentials.session.sessionTags?.size ?? 0) > 0;
  const decide = (action: string) => decideChain(credentials, role, action, { externalId, choosesTags: false });
  return session(credentials, role, passesTags ? weakest([decide(ASSUME_ROLE), decide(TAG_SESSION)]) : decide(ASSUME_ROLE));
}

/**
 * The session of a role that other credentials assume with session tags of their choice, such as those that a policy asks for.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
function tagged(credentials: Credentials, role: Role): Credentials[] {
  const decide = (action: string) => decideChain(credentials, role, action, { choosesTags: true });
  const first = decide(TAG_SESSION);
  if (first.outcome === 'DENIED') {
    return []; // as for most roles
  }
  const next = session(credentials, role, weakest([decide(ASSUME_ROLE), first]));
  return [{ ...next, by: `${ASSUME_ROLE} with session tags from ${credentials.role.label}`, session: { ...next.session, hasChosenTags: true } }];
}

function session(credentials: Credentials, role: Role, decision: Decision): Credentials {
  return {
    role,
    by: `${ASSUME_ROLE} from ${credentials.role.label}`,
    isDefault: 'no',
    isObtained: allOf([credentials.isObtained, truthOf(decision)]),
    missing: [...credentials.missing, ...decision.missing],
    assumed: credentials.assumed,
    chain: [...credentials.chain, {
      what: `role ${credentials.role.label} ${{ ALLOWED: 'can', DENIED: 'cannot', UNKNOWN: 'might be able to' }[decision.outcome]} assume role ${role.label}`,
      place: role.trustPolicy.place,
      because: [...decision.reasons],
    }],
    session: { role: roleSession(role), roleTags: role.tags, sessionTags: credentials.session.sessionTags },
  };
}

const decideChain = (credentials: Credentials, role: Role, action: string, options: ChainOptions): Decision => decideWith(
  credentials,
  { kind: 'policies', account: role.account, policies: [role.trustPolicy] },
  { action, resource: role.arn, context: SessionContext.chained(credentials.session, options) },
);
