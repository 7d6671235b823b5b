import { Credentials } from './credentials';
import { roleSession } from '../evaluation/role-session';
import { Role } from '../model/model';

/** The credentials of a role to which others lead by something else than `sts:AssumeRole`. */
export function nextCredentials(credentials: Credentials, role: Role, by: string, isObtained: Credentials['isObtained'], what: string): Credentials {
  return {
    role,
    by: `${by} from ${credentials.role.label}`,
    isDefault: 'no',
    isObtained,
    missing: isObtained === 'unknown' ? [...credentials.missing, what] : credentials.missing,
    assumed: credentials.assumed,
    chain: [...credentials.chain, { what, place: role.place }],
    session: { role: roleSession(role), roleTags: role.tags },
  };
}
