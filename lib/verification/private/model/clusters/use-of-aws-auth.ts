import { isText } from '../../values/text-parts';
import { Cluster } from '../model';
import { StackResource } from '../stack-resource';

/**
 * Whether a cluster does not read `aws-auth`, or needs it. By default, it needs it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-eks-cluster-accessconfig.html
 */
export function useOfAwsAuth(cluster: StackResource): Cluster['awsAuth'] {
  const mode = cluster.property('AccessConfig', 'AuthenticationMode') ?? cluster.property('Config', 'accessConfig', 'authenticationMode');
  return isText(mode, 'API') === 'yes' ? 'ignored' : mode === undefined || isText(mode, 'CONFIG_MAP') === 'yes' ? 'needed' : undefined;
}
