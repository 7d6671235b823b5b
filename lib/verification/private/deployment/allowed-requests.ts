import { decideAccess } from '../evaluation/decide-access';
import { ResourceSide } from '../evaluation/grants';
import { roleSession } from '../evaluation/role-session';
import { SessionContext } from '../evaluation/session-context';
import { Role } from '../model/model';
import { Resource } from '../model/resource';
import { candidateResources } from '../policies/candidate-resources';
import { mayAllowAnything, policyMayAllow } from '../policies/may-allow';
import { Interned, sameList } from '../values/interned';
import { Text } from '../values/text';

/** The resources on which a role may be allowed an action: by its own policies, or by those of resources. Parts that wildcards stand for are unknown. */
export const resourcesAllowedTo = (role: Role, action: string, resources: readonly Resource[]): readonly Text[] => {
  const granting = withGrants.of([resources], () => sameList(resources.filter(({ policies }) => policies.some(mayAllowAnything))));
  return allowed.of([role, granting, action], () => findAllowed(role, action, granting));
};

const withGrants = new Interned<readonly Resource[]>();
const allowed = new Interned<readonly Text[]>();

function findAllowed(role: Role, action: string, resources: readonly Resource[]): Text[] {
  const own = candidateResources(role.policies, action).map(({ resource }) => resource);
  const byPolicy = resources.filter(({ policies }) => policies.some((policy) => policyMayAllow(policy, action)));
  return [
    ...own.filter((resource) => mayBeAllowed(role, action, resource, { kind: 'none' })),
    ...byPolicy.filter(({ arn, account, policies }) => mayBeAllowed(role, action, arn, { kind: 'policies', account, policies })).map(({ arn }) => arn),
  ];
}

function mayBeAllowed(role: Role, action: string, resource: Text, side: ResourceSide): boolean {
  const session = roleSession(role);
  return [false, true].some((isForwarded) => {
    const context = SessionContext.ofRole({ role: session, roleTags: role.tags, resource: {}, isForwarded });
    return decideAccess(session, { identity: role.policies, boundary: role.boundary, resource: side }, { action, resource, context }).outcome !== 'DENIED';
  });
}
