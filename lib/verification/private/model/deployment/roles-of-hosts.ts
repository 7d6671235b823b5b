import { customResources } from './custom-resources';
import { returnedCalls, SdkCall } from './sdk-calls';
import { equal } from '../../values/pattern';
import { Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { arnOf } from '../code/code-write';
import { ROLES } from '../roles/holder-kinds';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

const SETTING = '/managed-instance/default-ec2-instance-management-role';

/**
 * The ARNs of the roles that AWS Systems Manager gives to all instances, as an `AwsCustomResource` sets: with Default Host Management Configuration, they need no
 * instance profile.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/fleet-manager-default-host-management-configuration.html
 */
export const readRolesOfHosts = (resources: StackResources): Text[] => customResources(resources).flatMap((resource) =>
  returnedCalls(resource).flatMap((call) => {
    const role = textOf(roleIn(call));
    const own = role ? resources.ofType(ROLES.type).filter(({ ref, arn }) => [ref, arn].some((one) => one && equal(one, withoutPath(role)) !== 'no')) : [];
    return own.length > 0 ? own.map((one) => one.attribute('Arn')) : role ? [elsewhere(role, resource)] : [];
  }));

function roleIn({ action, parameters }: SdkCall): Resolved {
  if (action === 'ssm:RegisterDefaultHostManagementConfiguration') {
    return valueAt(parameters, 'RoleArn');
  }
  const isAboutHosts = action === 'ssm:UpdateServiceSetting' && textOf(valueAt(parameters, 'SettingId'))?.literal?.endsWith(SETTING) !== false;
  return isAboutHosts ? valueAt(parameters, 'SettingValue') : undefined;
}

/** A setting has the name of a role with its path. */
const withoutPath = (role: Text): Text => (role.literal === undefined || role.startsWith('arn:') ? role : Text.of(role.literal.slice(role.literal.lastIndexOf('/') + 1)));

const elsewhere = (role: Text, resource: StackResource): Text => (role.literal === undefined || role.startsWith('arn:') ? role
  : arnOf('iam', Text.of(`role/${role}`), Text.EMPTY, resource.pseudoParameter('AccountId')));
