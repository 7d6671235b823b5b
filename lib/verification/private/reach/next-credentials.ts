import { Credentials } from './credentials';
import { roleSession } from '../evaluation/role-session';
import { Role } from '../model/model';
import { candidateResources } from '../policies/candidate-resources';

/** The credentials of a role to which others might lead by something else than `sts:AssumeRole`, which is never certain. */
export const nextCredentials = (credentials: Credentials, role: Role, by: string, what: string): Credentials => {
  const { missing, chain, ...next } = possibleCredentials(role, `${by} from ${credentials.role.label}`, what);
  return { ...next, assumed: credentials.assumed, missing: [...credentials.missing, ...missing], chain: [...credentials.chain, ...chain] };
};

/** The credentials of a role that something else than credentials might give, such as a key that a pod has. */
export const possibleCredentials = (role: Role, by: string, what: string): Credentials => ({
  role,
  by,
  isDefault: 'no',
  isObtained: 'unknown',
  missing: [what],
  chain: [{ what, place: role.place }],
  session: { role: roleSession(role), roleTags: role.tags, ...mayFederate(role) && { federates: true, hasChosenTags: true } },
});

/**
 * Whether a user might start sessions with other condition keys than its own. What they allow is no more than what the user or the policy of a resource does.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html
 */
const mayFederate = ({ noun, policies }: Role): boolean => noun === 'user' && candidateResources(policies, 'sts:GetFederationToken').length > 0;
