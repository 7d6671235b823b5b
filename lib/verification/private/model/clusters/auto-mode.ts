import { Text } from '../../values/text';
import { isSet, textOf } from '../../values/text-parts';
import { anyOf, Truth } from '../../values/truth';
import { StackResource } from '../stack-resource';

/** Whether a cluster has EKS Auto Mode. @see https://docs.aws.amazon.com/eks/latest/userguide/automode.html */
export const hasAutoMode = (cluster: StackResource): Truth =>
  anyOf([isSet(cluster.property('ComputeConfig', 'Enabled')), isSet(cluster.property('Config', 'computeConfig', 'enabled'))]);

/** The role with which Amazon EKS acts for a cluster. @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html */
export const roleOfCluster = (cluster: StackResource): Text | undefined => textOf(cluster.property('RoleArn') ?? cluster.property('Config', 'roleArn'));
