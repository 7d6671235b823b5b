import { Credentials } from './credentials';
import { isSessionTag } from './pod-identity';
import { Trusted } from '../assignments/principal';
import { roleSession } from '../evaluation/role-session';
import { Tags } from '../model/resource';

/** The credentials of those that a role trusts. It is not known who they are, so neither is their provider, nor the tags of their session. */
export function ofTrusted({ role }: Trusted): Credentials {
  const { label, tags, trustPolicy, place } = role;
  const { unknown } = trustPolicy;
  return {
    role,
    by: 'its trust policy',
    isDefault: 'yes',
    isObtained: unknown === undefined ? 'yes' : 'unknown',
    chain: [{ what: `role ${label} ${unknown === undefined ? 'trusts' : 'may trust'} pods that the templates do not define`, place: trustPolicy.place ?? place }],
    missing: unknown === undefined ? [] : [`whom role ${label} trusts: ${unknown}`],
    session: { role: roleSession(role), roleTags: withUnknownTags(tags), federatedProvider: 'unknown' },
  };
}

/** Session tags override those of the role. */
const withUnknownTags = (tags: Tags): Tags =>
  Object.assign(new Map([...tags].filter(([name]) => !isSessionTag(name))), { mayHaveOthers: true });
