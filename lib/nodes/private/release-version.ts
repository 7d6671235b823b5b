import { Token } from 'aws-cdk-lib';
import { refusal } from '../../private/errors';

/**
 * A version, a hyphen, and the date or commit of the image. Amazon EKS accepts no abbreviation.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-linux-ami-versions.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-bottlerocket.html
 */
const RELEASE_VERSION = /^\d+(\.\d+)+-[0-9a-z.]+$/;

/** The value of `ssm.StringParameter.valueFromLookup` until the CDK CLI has looked it up. */
const PENDING_LOOKUP = /^dummy-value-for-/;

/** Refuses words such as `latest`, Kubernetes versions, and names of images. */
export function checkReleaseVersion(version: string | undefined): void {
  if (version === undefined || Token.isUnresolved(version) || PENDING_LOOKUP.test(version)) {
    return;
  }
  if (!RELEASE_VERSION.test(version)) {
    throw refusal('releaseVersion', version, 'the exact version of an Amazon EKS image, such as "1.36.0-20261015" of Amazon Linux 2023 or "1.26.1-943d9a41" of Bottlerocket',
      'omit it to use the latest version');
  }
}
