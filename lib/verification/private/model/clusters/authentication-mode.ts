import { isText } from '../../values/text-parts';
import { StackResource } from '../stack-resources';

/** Whether a cluster does not read `aws-auth`. @see https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html */
export const ignoresAwsAuth = (cluster: StackResource): boolean =>
  [['AccessConfig', 'AuthenticationMode'], ['Config', 'accessConfig', 'authenticationMode']].some((path) => isText(cluster.property(...path), 'API') === 'yes');
