import { Credentials } from './credentials';
import { roleSession } from './role-session';
import { Trusted } from '../assignments/principal';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

/** The credentials of those that a role trusts. It is not known who they are, so neither is their provider, nor the tags of their session. */
export function ofTrusted({ role }: Trusted): Credentials {
  const { label, arn, tags, trustPolicy, place } = role;
  return {
    role,
    by: 'its trust policy',
    isDefault: 'yes',
    isObtained: 'yes',
    chain: [{ what: `role ${label} trusts pods that the templates do not define`, place: trustPolicy.place ?? place }],
    missing: [],
    session: {
      role: roleSession(role),
      roleTags: Object.assign(new Map(tags), { mayHaveOthers: true }),
      federatedProvider: Text.unknown(new Unknown(`provider of sessions of ${arn.key}`, { label: `the provider of a session of ${label}` })),
    },
  };
}
