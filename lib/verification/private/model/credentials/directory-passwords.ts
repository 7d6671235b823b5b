import { PasswordHolder } from './database-passwords';
import { textOf } from '../../values/text-parts';
import { ROLES } from '../roles/holder-kinds';
import { textsOfTrust } from '../roles/trust-texts';
import { StackResources } from '../stack-resources';

/** The properties with the passwords of administrators, by the types of directories. */
export const OF_DIRECTORIES: { readonly [type: string]: string } = {
  'AWS::DirectoryService::MicrosoftAD': 'Password',
  'AWS::DirectoryService::SimpleAD': 'Password',
};

const TRUSTED = /(^|[^\w.-])ds\.amazonaws\.com\b/;

/**
 * Directories whose users get roles that trust AWS Directory Service. Which users do, AWS Directory Service knows only. An administrator signs in as any of them.
 *
 * @see https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_manage_roles.html
 */
export function directoriesWithRoles(resources: StackResources): PasswordHolder[] {
  const directories = resources.ofType(...Object.keys(OF_DIRECTORIES));
  const roles = directories.length === 0 ? []
    : resources.ofType(ROLES.type).filter((role) => textsOfTrust(role).some((text) => TRUSTED.test(`${text}`)));
  return roles.length === 0 ? [] : directories.map((resource) => {
    const path = [OF_DIRECTORIES[resource.type]];
    return { name: `password of ${resource.logicalId}`, resource, path, password: textOf(resource.property(...path)), holderArns: roles.map((role) => role.attribute('Arn')) };
  });
}
