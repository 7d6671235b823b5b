import { decideAccess } from '../evaluation/decide-access';
import { ResourceSide } from '../evaluation/grants';
import { roleSession } from '../evaluation/role-session';
import { SessionContext } from '../evaluation/session-context';
import { Role } from '../model/model';
import { Resource } from '../model/resource';
import { candidateResources } from '../policies/candidate-resources';
import { Interned } from '../values/interned';
import { Text } from '../values/text';

/** The resources of the templates whose own policies might allow an action to a role. */
export interface Granting { to(role: Role, action: string): readonly Resource[] }

/** The resources on which a role may be allowed an action: by its own policies, or by those of resources. Parts that wildcards stand for are unknown. */
export function resourcesAllowedTo(role: Role, action: string, granting: Granting): readonly Text[] {
  const own = candidateResources(role.policies, action);
  const byPolicy = granting.to(role, action);
  return own.length === 0 && byPolicy.length === 0 ? NONE : allowed.of([role, granting, action], () => [
    ...own.map(({ resource }) => resource).filter((resource) => mayBeAllowed(role, action, resource, { kind: 'none' })),
    ...byPolicy.filter(({ arn, account, policies }) => mayBeAllowed(role, action, arn, { kind: 'policies', account, policies })).map(({ arn }) => arn),
  ]);
}

const NONE: readonly Text[] = [];
const allowed = new Interned<readonly Text[]>();

function mayBeAllowed(role: Role, action: string, resource: Text, side: ResourceSide): boolean {
  const session = roleSession(role);
  return [false, true].some((isForwarded) => {
    const context = SessionContext.ofRole({ role: session, roleTags: role.tags, resource: {}, isForwarded });
    return decideAccess(session, { identity: role.policies, boundary: role.boundary, resource: side }, { action, resource, context }).outcome !== 'DENIED';
  });
}
