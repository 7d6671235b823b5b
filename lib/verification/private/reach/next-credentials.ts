import { Credentials } from './credentials';
import { roleSession } from '../evaluation/role-session';
import { Role } from '../model/model';

/** The credentials of a role to which others might lead by something else than `sts:AssumeRole`, which is never certain. */
export const nextCredentials = (credentials: Credentials, role: Role, by: string, what: string): Credentials => ({
  role,
  by: `${by} from ${credentials.role.label}`,
  isDefault: 'no',
  isObtained: 'unknown',
  missing: [...credentials.missing, what],
  assumed: credentials.assumed,
  chain: [...credentials.chain, { what, place: role.place }],
  session: { role: roleSession(role), roleTags: role.tags },
});
