import { Credentials } from './credentials';
import { possibleCredentials } from './next-credentials';
import { mayBeOf } from '../assignments/may-be-of';
import { Pods } from '../assignments/principal';
import { RoleIndex } from '../assignments/role-index';
import { HeldIdentity, KeyHolders } from '../model/identities';
import { addTo } from '../values/add-to';
import { Interned } from '../values/interned';

/**
 * The credentials of roles that trust identities which pods might have by something else than Amazon EKS: of each role once, because all of its sessions can do the same.
 * Claims of an identity can become session tags.
 */
export function identitiesOfPods(pods: Pods, roles: RoleIndex): Credentials[] {
  const { holders, byRole } = grouped.of([roles.heldIdentities], () => groupsOf(roles.heldIdentities));
  const own = new Set(holders.filter((heldBy) => mayBeOf(heldBy, pods)));
  const first = own.size === 0 ? [] : byRole.flatMap((identities) => identities.find(({ heldBy }) => own.has(heldBy)) ?? []);
  return first.map(({ roleArn, provider, where, names }) => {
    const role = roles.withArn(roleArn);
    const what = `pods might get role ${role.label}, which trusts ${provider}, because of ${where}: it names ${names}`;
    const credentials = possibleCredentials(role, `${provider}`, what);
    return { ...credentials, session: { ...credentials.session, hasChosenTags: true, federatedProvider: 'unknown' as const } };
  });
}

/** Many pods can have identities for many roles, each of them for all. */
interface Groups {
  /** All that have an identity, each once. */
  readonly holders: readonly KeyHolders[];
  /** Those for the same role, of the same provider. */
  readonly byRole: ReadonlyArray<readonly HeldIdentity[]>;
}

const grouped = new Interned<Groups>();

function groupsOf(identities: readonly HeldIdentity[]): Groups {
  const byRole = new Map<string, HeldIdentity[]>();
  identities.forEach((identity) => addTo(byRole, JSON.stringify([identity.roleArn.key, identity.provider.key]), identity));
  return { holders: [...new Set(identities.map(({ heldBy }) => heldBy))], byRole: [...byRole.values()] };
}
