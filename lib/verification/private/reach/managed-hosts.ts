import { Credentials } from './credentials';
import { nextCredentials } from './next-credentials';
import { rolesOfService } from './services-with-roles';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { holderName } from '../model/holder-name';

/**
 * The credentials that AWS Systems Manager gives to instances besides those of their instance profile. The instance metadata has what asks for them, so that whoever
 * is on an instance might do that, too.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html#ec2-instance-identity-roles
 */
export function rolesOfHosts(credentials: Credentials, roles: RoleIndex): Credentials[] {
  if (roles.ofHosts.length === 0 || !roles.isOfInstances(credentials.role)) {
    return [];
  }
  const trusting = rolesOfService('ssm', roles);
  return roles.ofHosts.filter((role) => !isInTemplates(role) || trusting.includes(role)).map((role) => nextCredentials(credentials, role, 'AWS Systems Manager',
    `${holderName(credentials.role)} is that of instances, and AWS Systems Manager gives role ${role.label} to all of them`));
}
