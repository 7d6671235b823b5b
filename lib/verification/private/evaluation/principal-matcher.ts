import { arnTexts } from './arn';
import { Caller } from './caller';
import { RoleSession } from './grants';
import { Match, no, unknown, yes } from './match';
import { isOfKind, nameIn, userArn } from './user-arn';
import { Principal, Statement } from '../policies/statement';
import { LiteralIndex } from '../values/literal-index';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { Truth } from '../values/truth';
import { Unknown } from '../values/unknown';

/**
 * How a policy can name a caller. It matters for what it allows: boundaries and session policies limit what is granted to a role, but not what is granted to
 * a session or to everyone; what is granted to an account, its own policies have to pass on. IAM documents the last of everyone with a condition for
 * `aws:PrincipalArn`, and a statement without this condition grants no less.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
export type Naming = 'everyone' | 'account' | 'role' | 'session' | 'other';

/** A caller, by all its names. */
export interface NamedCaller {
  readonly kind: Caller['kind'];
  readonly names: ReadonlyArray<{ readonly naming: Naming; readonly name: Text }>;
  readonly hasBoundary: boolean;
  /** Whether no policy can have its unique ID. */
  readonly isNew?: boolean;
}

const EVERYONE = { naming: 'everyone', name: Text.of('*') } as const;

/** A caller of a trust policy. */
export const namedCaller = ({ kind, names }: Caller): NamedCaller => ({
  kind,
  hasBoundary: false,
  names: [
    EVERYONE,
    ...names.map((name) => ({ naming: kind === 'AWS' ? 'role' as const : 'other' as const, name })),
    ...names.filter((name) => kind === 'AWS' && isRole(name)).map((name) => ({ naming: 'session' as const, name: sessionArn(name) })),
  ],
});

const isRole = (name: Text) => isOfKind(arnTexts(name)?.[5], 'role');

/**
 * A session of a role, by all names that a policy can use, or a user: what a policy grants to a user is limited as little as what it grants to a session.
 * The ARN of a role in a policy stands for the ID that the role had when the policy was set, and so never for a role that is created later.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
export function namedSession({ roleArn, account, isNew }: RoleSession, hasBoundary: boolean): NamedCaller {
  const [, partition = Text.of('aws')] = arnTexts(roleArn) ?? [];
  const user = userArn(roleArn);
  return {
    kind: 'AWS',
    hasBoundary,
    isNew,
    names: [
      EVERYONE,
      { naming: 'account', name: account },
      { naming: 'account', name: Text.join([Text.of('arn'), partition, Text.of('iam'), Text.EMPTY, account, Text.of('root')], ':') },
      ...(user ? [user, federatedArn(partition, account)].map((name) => ({ naming: 'session' as const, name })) : [
        ...(isNew ? [] : [{ naming: 'role' as const, name: roleArn }]),
        { naming: 'session' as const, name: sessionArn(roleArn) },
      ]),
    ],
  };
}

/**
 * The ARN of a session that a user starts with `sts:GetFederationToken`, under a name of its choice.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html
 */
function federatedArn(partition: Text, account: Text): Text {
  const name = Text.unknown(new Unknown('name of a federated user', { label: 'the name of the federated user', excludes: '*?:/ "\\' }));
  return Text.join([Text.of('arn'), partition, Text.of('sts'), Text.EMPTY, account, Text.join([Text.of('federated-user/'), name])], ':');
}

/** The ARN of a session of a role. The session name is unknown. */
function sessionArn(roleArn: Text): Text {
  const [, partition = Text.of('aws'), , , account = Text.EMPTY, role = Text.EMPTY] = arnTexts(roleArn) ?? [];
  const sessionName = Text.unknown(new Unknown(`session name of ${roleArn.key}`, { label: 'the name of the session', excludes: '*?:/ "\\' }));
  const resource = Text.join([Text.of('assumed-role'), nameIn(role), sessionName], '/');
  return Text.join([Text.of('arn'), partition, Text.of('sts'), Text.EMPTY, account, resource], ':');
}

/** Whether a statement is about a caller, who is named in one of some ways. */
export function matchPrincipal({ principals, effect }: Pick<Statement, 'principals' | 'effect'>, caller: NamedCaller, namings: readonly Naming[]): Match {
  if (!principals) {
    return unknown('its principals are not known', []);
  }
  if (principals.negated) {
    return effect === 'Deny' ? matchDenyOfOthers(principals.principals, caller) : matchAllowOfOthers(principals.principals, caller, namings);
  }
  const truths = candidates(principals.principals, caller).map((principal) => ({ principal, truth: namedIn(principal, caller, namings) }));
  const [certain, possible] = (['yes', 'unknown'] as const).map((wanted) => truths.find(({ truth }) => truth === wanted)?.principal);
  return certain ? yes(`Principal ${certain.name}`)
    : possible ? unknown(`Principal ${possible.name} may be the caller`, [possible.name.toString()])
      : no(`Principal ${shownPrincipals(principals.principals)} is not the caller`);
}

/** A literal ARN of IAM is one role or user, or an account. */
const ONE_PRINCIPAL = new LiteralIndex<Principal>(({ kind, name: { literal } }) => (kind === 'AWS' && literal?.match(/^arn:[^:]+:iam:/) ? literal : undefined));

/** The principals that can be a caller. Only the name of a session may be unknown, and a session has an ARN of AWS STS, not of IAM. */
function candidates(principals: readonly Principal[], { names }: NamedCaller): readonly Principal[] {
  const literals = names.flatMap(({ name: { literal } }) => literal ?? []);
  const areKnown = names.every(({ name }) => name.literal !== undefined || /^arn:[^:]+:sts:/.test(name.start));
  return areKnown ? ONE_PRINCIPAL.candidates(principals, literals) : principals;
}

/** Whether a principal is one of the names of a caller, of some kinds. */
function namedIn({ kind, name }: Principal, caller: NamedCaller, namings: readonly Naming[]): Truth {
  const truths = caller.names.filter((own) => namings.includes(own.naming))
    .map((own): Truth => (kind === caller.kind || (kind === 'AWS' && own.naming === 'everyone') ? equal(name, own.name) : mayBeOf({ kind, name }, caller, own.naming)));
  return truths.includes('yes') ? 'yes' : truths.includes('unknown') || isIdOf(name, caller, namings) ? 'unknown' : 'no';
}

/** The template does not show the canonical user ID of an account. */
const mayBeOf = ({ kind }: Principal, caller: NamedCaller, naming: Naming): Truth => (kind === 'CanonicalUser' && caller.kind === 'AWS' && naming === 'account' ? 'unknown' : 'no');

/** IAM replaces the ARN of a deleted role or user by its unique ID, and accepts the ID of an existing one. */
function isIdOf(name: Text, caller: NamedCaller, namings: readonly Naming[]): boolean {
  const [prefix, naming] = caller.names.some((own) => own.naming === 'role') ? ['AROA', 'role' as const] : ['AIDA', 'session' as const];
  return caller.kind === 'AWS' && !caller.isNew && name.startsWith(prefix) && namings.includes(naming);
}

const ALL_NAMINGS: readonly Naming[] = ['everyone', 'account', 'role', 'session', 'other'];

/** `Allow` with `NotPrincipal` is a grant to everyone except those named. */
function matchAllowOfOthers(principals: readonly Principal[], caller: NamedCaller, namings: readonly Naming[]): Match {
  if (!namings.includes('everyone')) {
    return no('NotPrincipal names nobody');
  }
  const named = principals.map((principal) => namedIn(principal, caller, ALL_NAMINGS));
  return named.includes('yes') ? no(`NotPrincipal ${shownPrincipals(principals)} names the caller`)
    : named.includes('unknown') ? unknown(`NotPrincipal ${shownPrincipals(principals)} may name the caller`, principals.map(({ name }) => name.toString()))
      : yes(`NotPrincipal ${shownPrincipals(principals)} does not name the caller`);
}

/**
 * A session is exempt only if the policy names the session, its role and its account. The name of the session is unknown.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function matchDenyOfOthers(principals: readonly Principal[], caller: NamedCaller): Match {
  if (caller.hasBoundary) {
    return yes('Deny with NotPrincipal always denies a role that has a permissions boundary');
  }
  const namedUnder = (namings: readonly Naming[]) => principals.map((principal) => namedIn(principal, caller, namings));
  if (namedUnder(['everyone', 'other']).includes('yes')) {
    return no(`NotPrincipal ${shownPrincipals(principals)} names the caller`);
  }
  return namedUnder(ALL_NAMINGS).every((truth) => truth === 'no') ? yes(`NotPrincipal ${shownPrincipals(principals)} does not name the caller`)
    : unknown(`NotPrincipal ${shownPrincipals(principals)} does not certainly name the session, its role and its account`, ['the name of the session']);
}

const shownPrincipals = (principals: readonly Principal[]) =>
  principals.slice(0, 3).map(({ name }) => name).join(', ') + (principals.length > 3 ? ` and ${principals.length - 3} others` : '');
