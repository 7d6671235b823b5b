import { Text } from '../../values/text';
import { isSet, textOf } from '../../values/text-parts';
import { anyOf, Truth } from '../../values/truth';
import { StackResource } from '../stack-resource';

/** Whether a cluster has EKS Auto Mode. @see https://docs.aws.amazon.com/eks/latest/userguide/automode.html */
export const hasAutoMode = (cluster: StackResource): Truth =>
  anyOf([isSet(cluster.property('ComputeConfig', 'Enabled')), isSet(cluster.property('Config', 'computeConfig', 'enabled'))]);

/**
 * The role with which Amazon EKS launches nodes of EKS Auto Mode; undefined without it. Each node class chooses a role that this one may pass.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html
 */
export const launcherOf = (cluster: StackResource): Text | undefined =>
  (hasAutoMode(cluster) === 'no' ? undefined : textOf(cluster.property('RoleArn') ?? cluster.property('Config', 'roleArn')));
