import { arnTexts } from './arn';
import { Text } from '../values/text';

/** Actions that can be about a resource of another Region than the one to which the request is sent. */
const ACROSS_REGIONS = /^bedrock:|copy|replica|restore|import/i;

/**
 * The Region to which a request about a resource is sent: that of the ARN, if it has one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
export function requestedRegion(action: string, arn: Text): Text | undefined {
  const region = arnTexts(arn)?.[3];
  return region === undefined || region.literal === '' || ACROSS_REGIONS.test(action) ? undefined : region;
}
