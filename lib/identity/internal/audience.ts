import { Token } from 'aws-cdk-lib';
import { refusal } from '../../private/errors';

/** The audience of the tokens that pods exchange for credentials. */
export class Audience {
  /** The audience of the tokens that Amazon EKS mounts into pods, unless the service account has an annotation. */
  public static readonly DEFAULT = 'sts.amazonaws.com';

  /**
   * The annotation that gives the pods of a service account tokens for another audience.
   *
   * @see https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough
   */
  public static readonly ANNOTATION = 'eks.amazonaws.com/audience';

  /**
   * Refuses an audience that IAM does not accept as a client ID, and one with a `$`, which could begin a policy variable in a trust policy.
   * Without an audience, a trust policy would not have a condition for it.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
   */
  public static check(property: string, audience: string): void {
    if (Token.isUnresolved(audience)) {
      throw refusal(property, '<token>', 'known when the app is synthesized', 'only an audience that is not the default needs an annotation');
    }
    if (typeof audience !== 'string' || !/^[!-#%-~]{1,255}$/.test(audience)) {
      throw refusal(property, audience, '1 to 255 printable ASCII characters without spaces or $', `the default is ${Audience.DEFAULT}`);
    }
  }

  /** The annotation for the audience of a cluster: none for the default, which needs no annotation. */
  public static annotationFor(audience: string): { [key: string]: string } {
    return audience === Audience.DEFAULT ? {} : { [Audience.ANNOTATION]: audience };
  }
}
