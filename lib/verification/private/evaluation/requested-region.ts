import { arnTexts } from './arn';
import { Text } from '../values/text';

/** Actions that can be about a resource of another Region than the one to which the request is sent. */
const ACROSS_REGIONS = /^bedrock:|copy|replica|restore|import/i;

/** The Region of AWS Identity and Access Management in the partition `aws`. */
const OF_IAM = Text.of('us-east-1');

/**
 * The Region to which a request about a resource is sent: that of the ARN, if it has one. IAM has one Region.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
export function requestedRegion(action: string, arn: Text): Text | undefined {
  const [, partition, service, region] = arnTexts(arn) ?? [];
  if (service?.literal === 'iam' && /^iam:/i.test(action)) {
    return partition.literal === 'aws' ? OF_IAM : undefined;
  }
  return region === undefined || region.literal === '' || ACROSS_REGIONS.test(action) ? undefined : region;
}
