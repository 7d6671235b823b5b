import { Credentials } from './credentials';
import { Role } from '../model/model';

/**
 * Whether further credentials of a role may allow more: those of another role, or those of its own role without the session policy or the tags of the session.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
export const isUseful = (target: Role, { role, sessionPolicy, session: { sessionTags } }: Credentials): boolean =>
  target !== role || sessionPolicy !== undefined || (sessionTags?.size ?? 0) > 0;
