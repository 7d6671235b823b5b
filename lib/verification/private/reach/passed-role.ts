import { Credentials } from './credentials';
import { AccessPlace } from '../../access-reason';
import { accountOf } from '../evaluation/resource-policies';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/**
 * Credentials of a role that is passed to a service. AWS documents that this works within one account only, so that a deployment with a role of another account
 * should fail.
 *
 * @param account that of what the role is passed for.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 */
export function passedRole(credentials: Credentials, roleArn: Text, account: Text, place: AccessPlace): Credentials {
  const own = accountOf(roleArn);
  if (credentials.isObtained === 'no' || own === undefined || equal(own, account) !== 'no') {
    return credentials;
  }
  const what = `whether AWS accepts role ${credentials.role.label} of account ${own} here: a role can be passed to a service of its own account only`;
  return { ...credentials, isObtained: 'unknown', missing: [...credentials.missing, what], chain: [...credentials.chain, { what: `it is not known ${what}`, place }] };
}
