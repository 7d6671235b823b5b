import { rolesByStoredCertificate } from './certificates';
import { Credentials, OtherCredentials, Raise } from './credentials';
import { decideWith } from './decide-with';
import { rolesByIdentity, rolesOfEveryone } from './federated-roles';
import { isUseful } from './is-useful';
import { newPrincipal } from './new-principals';
import { newRoles } from './new-roles';
import { oncePerSession } from './once-per-session';
import { rolesOpenToAccounts } from './open-roles';
import { handedOver } from './passed-roles';
import { areSame, raisesWith } from './raised-roles';
import { rolesOpenToAll } from './taken-over-roles';
import { keysOfEveryone, readableKeys } from './user-keys';
import { isInTemplates, outside, RoleIndex } from '../assignments/role-index';
import { Decision } from '../evaluation/decision';
import { truthOf, weakest } from '../evaluation/outcomes';
import { roleSession } from '../evaluation/role-session';
import { SessionContext } from '../evaluation/session-context';
import { ChainOptions } from '../evaluation/session-options';
import { titleOf } from '../evaluation/titles';
import { stackOf } from '../findings/gap';
import { holderName } from '../model/holder-name';
import { Role } from '../model/model';
import { Candidate, candidateResources } from '../policies/candidate-resources';
import { Statement } from '../policies/statement';
import { Interned } from '../values/interned';
import { Text } from '../values/text';
import { allOf, Truth } from '../values/truth';

const ASSUME_ROLE = 'sts:AssumeRole';
const TAG_SESSION = 'sts:TagSession';

/**
 * All credentials that some credentials lead to, with themselves: roles assume roles, which assume others.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export function withChains(first: readonly Credentials[], roles: RoleIndex, raises: ReadonlyMap<string, Raise> = new Map()): Credentials[] {
  const found = chainsOf(first, roles, raises);
  const next = raisesWith(found, roles);
  if (areSame(raises, next)) {
    return found; // in the end, because permissions only add roles, and ways to raise permissions
  }
  const raised = withRaises(found, next);
  if (!newPrincipal(raised, roles)) {
    return withChains(first, roles, next);
  }
  return newPrincipal(found, roles) ? raised : withRaises(found, raisesWith(raised, roles)); // what others may do is not known, so that further roles would tell nothing
}

function chainsOf(first: readonly Credentials[], roles: RoleIndex, raises: ReadonlyMap<string, Raise>): Credentials[] {
  const found = withRaises([...first, ...ofEveryone(roles)], raises);
  const seen = new Set(found.filter(({ isObtained }) => isObtained !== 'no').map(credentialsKey));
  for (let i = 0; i < found.length; i++) { // the list grows while it is read
    const credentials = found[i];
    for (const { key, make } of credentials.isObtained === 'no' || credentials.isLast ? [] : nextWith(credentials, roles)) {
      if (!seen.has(key)) {
        seen.add(key);
        found.push(...withRaises([make()], raises));
      }
    }
  }
  return found;
}

/** Credentials that others lead to, which are made only if their key is new: roles that may assume each other lead to each of them many times. */
interface Next {
  readonly key: string;
  readonly make: () => Credentials;
}

function nextWith(credentials: Credentials, roles: RoleIndex): Next[] {
  const made = [handedOver, readableKeys, rolesByIdentity, rolesByStoredCertificate, newRoles].flatMap((find) => find(credentials, roles));
  return [
    ...assumableWith(credentials, roles),
    ...othersAssumableWith(credentials, roles),
    ...made.map((next) => ({ key: credentialsKey(next), make: () => next })),
  ];
}

/** What anyone might get, also without credentials. */
const ofEveryone = (roles: RoleIndex): Credentials[] =>
  [...keysOfEveryone(roles), ...rolesOfEveryone(roles), ...rolesOpenToAll(roles), ...rolesOpenToAccounts(roles)];

const withRaises = (found: readonly Credentials[], raises: ReadonlyMap<string, Raise>): Credentials[] =>
  found.map((credentials) => ({ ...credentials, raise: raises.get(credentials.role.arn.key) }));

type Identity = Pick<Credentials, 'role' | 'sessionPolicy' | 'session' | 'isObtained'>;

/** Sessions of a role with the same limits and tags can do the same. Certain ones and others are kept apart, so that none hides another. */
function credentialsKey({ role, sessionPolicy, session: options, isObtained }: Identity): string {
  const { sessionTags, hasChosenTags = false, federatedProvider: provider } = options;
  const { place } = sessionPolicy ?? {};
  const ofPolicy = [sessionPolicy?.name, place && stackOf(place), place?.logicalId];
  const ofSession = [...ofPolicy, hasChosenTags, provider instanceof Text ? provider.key : provider];
  return [role.arn.key, isObtained, ...ofSession, ...[...sessionTags ?? []].map(([name, value]) => `${name}=${value.key}`)].join(' ');
}

/** A role that a session can or might assume. */
interface Step {
  readonly role: Role;
  readonly decision: Decision;
  readonly choosesTags: boolean;
  /** Of the credentials: if they are certain, and if not. */
  readonly keys: { readonly yes: string; readonly unknown: string };
}

/** Of a role that is not in the templates nothing is known, so that nothing follows from what it can assume. */
function assumableWith(credentials: Credentials, roles: RoleIndex): Next[] {
  if (!isInTemplates(credentials.role)) {
    return [];
  }
  const { trustingRoles } = roles;
  return oncePerSession(steps, credentials, [trustingRoles], () => stepsOf(credentials, trustingRoles)).map((each) => nextOf(credentials, each));
}

const steps = new Interned<readonly Step[]>();

function stepsOf(credentials: Credentials, trustingRoles: readonly Role[]): Step[] {
  return [
    ...trustingRoles.filter((role) => isUseful(role, credentials)).flatMap((role) => step(credentials, role)),
    ...trustingRoles.filter((role) => role !== credentials.role || !credentials.session.hasChosenTags)
      .flatMap((role) => taggedStep(credentials, role)),
  ];
}

const step = (credentials: Credentials, role: Role): Step[] => stepIf(decideSession(credentials, role), { credentials, role, choosesTags: false });

const taggedStep = (credentials: Credentials, role: Role): Step[] =>
  stepIf(decideTagged(credentials, role), { credentials, role, choosesTags: true });

function stepIf(decision: Decision, { credentials, role, choosesTags }: Pick<Step, 'role' | 'choosesTags'> & { readonly credentials: Credentials }): Step[] {
  const next = { role: roleSession(role), roleTags: role.tags, sessionTags: credentials.session.sessionTags, hasChosenTags: choosesTags };
  const keyIf = (isObtained: Truth) => credentialsKey({ role, isObtained, session: next });
  return decision.outcome === 'DENIED' ? [] : [{ role, decision, choosesTags, keys: { yes: keyIf('yes'), unknown: keyIf('unknown') } }];
}

const nextOf = (credentials: Credentials, { role, decision, choosesTags, keys }: Step): Next => ({
  key: credentials.isObtained === 'yes' && decision.outcome === 'ALLOWED' ? keys.yes : keys.unknown,
  make: () => (choosesTags ? taggedSession : session)(credentials, role, decision),
});

/** Roles that policies let a session assume by a wildcard, and that are not in the templates. Which ones there are, and whether they trust it, is not known. */
export function rolesByWildcard(found: readonly Credentials[]): OtherCredentials[] {
  const inTemplates = found.filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role));
  return inTemplates.flatMap((credentials) => oncePerSession(byWildcard, credentials, [], () =>
    candidateResources(credentials.role.policies, ASSUME_ROLE)
      .filter(({ resource }) => isPattern(resource) && stepOutside(credentials, resource).length > 0)
      .map(({ statement }): OtherCredentials => ({
        what: `${holderName(credentials.role)} may assume roles outside the templates that trust it: ${statement ? titleOf(statement) : 'not all of its policies can be read'}`,
        place: statement?.place,
        excludedBy: 'noOtherCredentials',
      }))));
}

const byWildcard = new Interned<readonly OtherCredentials[]>();

const isPattern = ({ unknowns }: Text): boolean => unknowns.some(({ isOfPattern }) => isOfPattern);

/** To a role outside the templates. A policy can ask for session tags. */
function stepOutside(credentials: Credentials, arn: Text): Step[] {
  const role = outside(arn);
  const plain = step(credentials, role);
  return plain.length > 0 ? plain : taggedStep(credentials, role);
}

/** Such a step, and the statement that allows it. */
interface StepOutside extends Step { readonly statement: Candidate['statement'] }

/** Roles outside the templates, of which nothing is known: those that policies let a session assume by their ARNs. */
function othersAssumableWith(credentials: Credentials, roles: RoleIndex): Next[] {
  if (!isInTemplates(credentials.role)) {
    return [];
  }
  const all = oncePerSession(outsideTemplates, credentials, [roles.arns], () => candidateResources(credentials.role.policies, ASSUME_ROLE)
    .filter(({ resource }) => !isPattern(resource) && !isInTemplates(roles.withArn(resource)))
    .flatMap(({ resource, statement }) => stepOutside(credentials, resource).map((each) => ({ ...each, statement }))));
  return all.map(({ statement, ...each }) => {
    const { key, make } = nextOf(credentials, each);
    return { key, make: () => (statement ? allowedBy(statement, credentials, make()) : make()) };
  });
}

function allowedBy(statement: Statement, credentials: Credentials, next: Credentials): Credentials {
  const first = { what: titleOf(statement), place: statement.place };
  return { ...next, chain: [...credentials.chain, first, ...next.chain.slice(credentials.chain.length)] };
}

const outsideTemplates = new Interned<readonly StepOutside[]>();

/**
 * The session of a role that other credentials assume. Tags of EKS Pod Identity are transitive, so that they stay.
 *
 * @param externalId that the request has; what a pod sends is not known.
 */
export const chained = (credentials: Credentials, role: Role, externalId?: Text): Credentials =>
  session(credentials, role, decideSession(credentials, role, externalId));

function decideSession(credentials: Credentials, role: Role, externalId?: Text): Decision {
  const passesTags = (credentials.session.sessionTags?.size ?? 0) > 0;
  const decide = (action: string) => decideChain(credentials, role, action, { externalId, choosesTags: false });
  return passesTags ? weakest([decide(ASSUME_ROLE), decide(TAG_SESSION)]) : decide(ASSUME_ROLE);
}

/**
 * Whether other credentials assume a role with session tags of their choice, such as those that a policy asks for.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
function decideTagged(credentials: Credentials, role: Role): Decision {
  const decide = (action: string) => decideChain(credentials, role, action, { choosesTags: true });
  const first = decide(TAG_SESSION);
  return first.outcome === 'DENIED' ? first : weakest([decide(ASSUME_ROLE), first]); // it is denied for most roles
}

function taggedSession(credentials: Credentials, role: Role, decision: Decision): Credentials {
  const next = session(credentials, role, decision);
  return { ...next, by: `${ASSUME_ROLE} with session tags from ${credentials.role.label}`, session: { ...next.session, hasChosenTags: true } };
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
      what: `${holderName(credentials.role)} ${{ ALLOWED: 'can', DENIED: 'cannot', UNKNOWN: 'might be able to' }[decision.outcome]} assume role ${role.label}`,
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
