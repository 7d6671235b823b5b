import { Credentials } from './credentials';
import { possibleCredentials } from './next-credentials';
import { mayBeOf } from '../assignments/may-be-of';
import { Pods } from '../assignments/principal';
import { RoleIndex } from '../assignments/role-index';

/** The credentials of roles that trust identities which pods might have by something else than Amazon EKS. Claims of an identity can become session tags. */
export const identitiesOfPods = (pods: Pods, roles: RoleIndex): Credentials[] => roles.heldIdentities.filter(({ heldBy }) => mayBeOf(heldBy, pods))
  .map(({ roleArn, provider, where, names }) => {
    const role = roles.withArn(roleArn);
    const what = `pods might get role ${role.label}, which trusts ${provider}, because of ${where}: it names ${names}`;
    const credentials = possibleCredentials(role, `${provider}`, what);
    return { ...credentials, session: { ...credentials.session, hasChosenTags: true, federatedProvider: 'unknown' as const } };
  });
