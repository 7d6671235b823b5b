import { textOf } from '../../values/text-parts';
import { StackResource } from '../stack-resource';

/** What the names of the parameters of images with Windows contain, and of what aws-cdk calls parameters after them. */
const IMAGE = /ami-?windows/i;

/** EC2Launch runs scripts in these tags. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
const USER_DATA = /<(?:powershell|script)>/i;

/**
 * Whether instances that a resource launches run Windows, as the name of their image or their user data shows.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-windows-ami-id.html
 */
export function launchesWindows(resource: StackResource): boolean {
  const paths = (name: string) => [[name], ['LaunchTemplateData', name]];
  return paths('ImageId').some((path) => IMAGE.test(`${textOf(resource.property(...path)) ?? ''}`))
    || paths('UserData').some((path) => USER_DATA.test(`${resource.decoded(...path) ?? ''}`));
}
