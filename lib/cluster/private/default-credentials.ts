import { PodCredentials } from '../../identity';
import { refusalWithoutValue } from '../../private/errors';

/** @throws if all roles of a cluster would have one target role, because a grant to one service account would then be a grant to all. */
export function checkDefaultCredentials({ _definition: { podIdentityOptions } }: PodCredentials): void {
  if (podIdentityOptions?.targetRole) {
    throw refusalWithoutValue('podCredentials', 'without a targetRole for a cluster',
      'all service accounts of the cluster would get the permissions of this role: set podCredentials of the single role that needs it');
  }
}
