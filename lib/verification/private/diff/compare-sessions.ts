import { Change } from './change';
import { compareRules, NOTHING } from './compare-rules';
import { compareTags } from './compare-tags';
import { Elsewhere } from './elsewhere';
import { Rules } from './rule';
import { Limit, Session } from './session';
import { Interned } from '../values/interned';

const LIMITS: readonly Limit[] = ['permissions boundary', 'session policy'];

/** What changed for somebody who can get some credentials in one assembly, and others in another. */
export function compareAccess(before: readonly Session[], after: readonly Session[], elsewhere: Elsewhere): Change[] {
  const [ofRoles, ofNewRoles] = [byRole(before), byRole(after)];
  return [
    ...after.flatMap((session) => {
      const old = counterpartOf(session, ofRoles);
      return old ? compareSessions(old, session, elsewhere) : gainedRole(session, before, elsewhere);
    }),
    ...before.filter((session) => !counterpartOf(session, ofNewRoles)).flatMap((session) => lostRole(session, after, elsewhere)),
  ];
}

function byRole(sessions: readonly Session[]): ReadonlyMap<string, readonly Session[]> {
  const found = new Map<string, Session[]>();
  for (const session of sessions) {
    const known = found.get(session.roleKey) ?? [];
    found.set(session.roleKey, known);
    known.push(session);
  }
  return found;
}

/** Credentials of the same role, if possible those that one gets in the same way. */
function counterpartOf({ roleKey, by }: Session, others: ReadonlyMap<string, readonly Session[]>): Session | undefined {
  const ofRole = others.get(roleKey);
  return ofRole?.find((other) => other.by === by) ?? ofRole?.[0];
}

function compareSessions(before: Session, after: Session, elsewhere: Elsewhere): Change[] {
  return [...compareCertainty(before, after), ...comparePermissions(before, after), ...compareTags(before, after, elsewhere)];
}

function compareCertainty(before: Session, after: Session): Change[] {
  if (after.uncertain) {
    return [{ ...unknownWay(after), broadens: false }];
  }
  return before.uncertain ? [{ kind: 'GAINED', what: `certainly gets ${credentials(after)}`, place: after.place, broadens: true }] : [];
}

function comparePermissions(before: Session, after: Session): Change[] {
  const who = after.holder;
  const words = { allow: [`${who} is allowed`, `${who} is no longer allowed`], deny: [`${who} is no longer denied`, `${who} is denied`] } as const;
  return [...compareRules(before.grants, after.grants, words), ...LIMITS.flatMap((limit) => compareLimits(limit, before, after))];
}

/** Without a limit, credentials allow whatever the policies of the role allow. */
function compareLimits(name: Limit, before: Session, after: Session): readonly Change[] {
  const [old, now] = [before.limits.get(name), after.limits.get(name)];
  const limit = `the ${name} of ${after.holder}`;
  if (old && now) {
    return compareRules(old, now, { allow: [`${limit} allows`, `${limit} no longer allows`], deny: [`${limit} no longer denies`, `${limit} denies`] });
  }
  return old ? [{ kind: 'GAINED', what: `${limit} is gone`, broadens: true }]
    : now ? [{ kind: 'LOST', what: `${limit} is new`, broadens: false }] : [];
}

/** Nothing is gained with another role whose credentials allow no more than those of a role before, such as one that was renamed. */
function gainedRole(session: Session, before: readonly Session[], elsewhere: Elsewhere): Change[] {
  if (before.some((other) => allowsAll(other, session, elsewhere))) {
    return [];
  }
  const way: Change = session.uncertain
    ? { ...unknownWay(session), broadens: true }
    : { kind: 'GAINED', what: `gets ${credentials(session)}`, place: session.place, broadens: true };
  return [way, ...permissionsOf(session)];
}

function lostRole(session: Session, after: readonly Session[], elsewhere: Elsewhere): Change[] {
  return after.some((other) => allowsAll(other, session, elsewhere)) ? []
    : [{ kind: 'LOST', what: `no longer gets ${credentials(session)}`, place: session.place, broadens: false }];
}

/** Whether credentials allow whatever others allow. Policies of resources and of other roles that name only one of the roles can make a difference. */
const allowsAll = (wide: Session, narrow: Session, elsewhere: Elsewhere) =>
  (!wide.uncertain || narrow.uncertain !== '') && !elsewhere.distinguish(wide, narrow)
  && [...comparePermissions(wide, narrow), ...compareTags(wide, narrow, elsewhere)].every(({ broadens }) => !broadens);

/** What credentials allow to somebody who had none. Whatever they deny was denied before. */
const permissionsOf = ({ holder, grants }: Session): readonly Change[] =>
  compareRules(NOTHING, withoutDenials(grants), { allow: [`${holder} is allowed`, ''], deny: ['', ''] });

const withoutDenials = (rules: Rules): Rules => allowing.of([rules], () => ({ ...rules, denies: [] }));

const allowing = new Interned<Rules>();

const unknownWay = (session: Session) =>
  ({ kind: 'UNKNOWN', what: `it is not known whether it gets ${credentials(session)}: ${session.uncertain}`, place: session.place } as const);

const credentials = ({ holder, by }: Session) => `credentials of ${holder} (${by})`;
