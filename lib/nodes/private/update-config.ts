import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { checkWholeNumber } from './whole-number';
import { refusal } from '../../private/errors';

/**
 * The number of nodes that can be unavailable during an update; undefined for the default of Amazon EKS.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupUpdateConfig.html
 */
export function updateConfigOf(given: CfnNodegroup.UpdateConfigProperty): CfnNodegroup.UpdateConfigProperty | undefined {
  const { maxUnavailable, maxUnavailablePercentage } = given;
  if (maxUnavailable === undefined && maxUnavailablePercentage === undefined) {
    return undefined;
  }
  if (maxUnavailable !== undefined && maxUnavailablePercentage !== undefined) {
    throw refusal('maxUnavailablePercentage', maxUnavailablePercentage, 'omitted if maxUnavailable is set', 'Amazon EKS accepts only one of them');
  }
  checkWholeNumber('maxUnavailable', maxUnavailable, { least: 1, most: 100 });
  checkWholeNumber('maxUnavailablePercentage', maxUnavailablePercentage, { least: 1, most: 100 });
  return { maxUnavailable, maxUnavailablePercentage };
}
