import { Rules, rulesOf, rulesOfPolicy } from './rule';
import { AccessPlace } from '../../access-reason';
import { NamedCaller, namedSession } from '../evaluation/principal-matcher';
import { roleSession } from '../evaluation/role-session';
import { holderName } from '../model/holder-name';
import { Role } from '../model/model';
import { Tags } from '../model/resource';
import { Policy } from '../policies/policy';
import { Credentials } from '../reach/credentials';
import { Interned } from '../values/interned';
import { Text } from '../values/text';

/** What credentials of a role allow. */
export interface Session {
  /** Identifies the role in both assemblies. */
  readonly roleKey: string;
  /** For messages: `role Reader`. */
  readonly holder: string;
  readonly account: Text;
  /** The session as policies of resources can name it. */
  readonly caller: NamedCaller;
  /** How somebody gets the credentials, and where that is written. */
  readonly by: string;
  readonly place: AccessPlace;
  /** Why it is not certain that somebody gets them; empty if it is. */
  readonly uncertain: string;
  /** Those of the session win over those of the role. */
  readonly tags: ReadonlyMap<string, Text>;
  readonly grants: Rules;
  /** What the credentials are limited to, by the name of the limit. */
  readonly limits: ReadonlyMap<Limit, Rules>;
}

export type Limit = 'permissions boundary' | 'session policy';

/** What credentials of a role allow to whoever the role trusts. */
export const sessionOfRole = (role: Role): Session => sessionOf(role, role.place, { by: 'its trust policy', uncertain: '', tags: allOf(role.tags) });

const allOf = (tags: Tags) => new Map([...tags.possible ?? [], ...tags]);

interface Way extends Pick<Session, 'by' | 'uncertain' | 'tags'> { readonly sessionPolicy?: Policy }

const sessionOf = (role: Role, place: AccessPlace, { by, uncertain, tags, sessionPolicy }: Way): Session => ({
  roleKey: role.arn.key,
  holder: holderName(role),
  account: role.account,
  caller: callers.of([role], () => namedSession(roleSession(role), role.boundary !== undefined)),
  by,
  place,
  uncertain,
  tags,
  grants: rulesOf(role.policies, 'identity'),
  limits: new Map(([['permissions boundary', role.boundary], ['session policy', sessionPolicy]] as const)
    .flatMap(([limit, policy]) => (policy ? [[limit, rulesOfPolicy(policy, 'identity')]] : []))),
});

const callers = new Interned<NamedCaller>();

/** Stands for all tags whose values the session chooses. */
const ANY_TAG = ['', Text.of('what the session chooses')] as const;

/** The credentials that somebody gets or may get. */
export const sessionsOf = (credentials: readonly Credentials[]): Session[] => credentials
  .filter(({ isObtained }) => isObtained !== 'no')
  .map(({ role, by, isObtained, chain, missing, session, sessionPolicy }) => sessionOf(role, chain[0]?.place ?? role.place, {
    by,
    uncertain: isObtained === 'yes' ? '' : missing.join('; ') || 'the templates do not show it',
    tags: new Map([...allOf(session.roleTags), ...session.sessionTags ?? [], ...(session.hasChosenTags ? [ANY_TAG] : [])]),
    sessionPolicy,
  }));
