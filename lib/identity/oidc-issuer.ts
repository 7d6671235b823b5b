import { Fn, Token } from 'aws-cdk-lib';
import { refusal } from '../private/errors';
import { ISSUER_COMMAND } from '../private/issuer-command';

/** Amazon EKS also has other URLs, such as that of the API server, which people mistake for the issuer. */
const OF_EKS = /^[\w.-]*\beks\b[\w.-]*\.(amazonaws\.com|amazonaws\.com\.cn|aws)(\/|$)/;
/** IAM limits the URL to 255 characters. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
const MOST_CHARACTERS = 255 - 'https://'.length;
const ISSUER_OF_EKS = /^oidc[.-]eks\.[\w.-]+\/id\/[0-9A-Za-z]+$/;

/**
 * The OIDC issuer of a cluster without the URL scheme, as IAM uses it, such as `oidc.eks.us-west-2.amazonaws.com/id/ABC123`.
 *
 * It is a token for a cluster that is defined in this app, and can be a literal for an existing cluster.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export class OidcIssuer {
  /**
   * An issuer from its URL, as `DescribeCluster` returns it.
   *
   * @param url `https://` and the issuer. Can be a token.
   * @throws if the URL does not start with `https://`, if it has a query, a fragment or a trailing slash, or if IAM does not accept
   * its length.
   */
  public static fromUrl(url: string): OidcIssuer {
    if (Token.isUnresolved(url)) {
      return new OidcIssuer(Fn.select(1, Fn.split('//', url)));
    }
    const [, issuer] = /^https:\/\/(.*)$/.exec(url) ?? [];
    return OidcIssuer.literal('issuerUrl', url, issuer, 'https://oidc.eks.us-west-2.amazonaws.com/id/ABC123', `it is the output of ${ISSUER_COMMAND}`);
  }

  /**
   * The issuer of an IAM OIDC provider.
   *
   * @param arn the ARN of the provider. Can be a token.
   * @throws if the ARN is not the ARN of an IAM OIDC provider.
   */
  public static fromProviderArn(arn: string): OidcIssuer {
    if (Token.isUnresolved(arn)) {
      return new OidcIssuer(Fn.select(1, Fn.split(':oidc-provider/', arn)));
    }
    const [, issuer] = /^arn:[^:]+:iam::\d{12}:oidc-provider\/(.*)$/.exec(arn) ?? [];
    return OidcIssuer.literal('openIdConnectProviderArn', arn, issuer, 'arn:<partition>:iam::<account>:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/ABC123');
  }

  private static literal(property: string, got: string, issuer: string | undefined, example: string, fix?: string): OidcIssuer {
    if (issuer && issuer.length > MOST_CHARACTERS) { // first, because the time of a regular expression can grow with the square of the length
      throw refusal(`the length of the issuer in ${property}`, issuer.length, `at most ${MOST_CHARACTERS} characters`);
    }
    const isOther = issuer && OF_EKS.test(issuer) && !ISSUER_OF_EKS.test(issuer);
    if (!issuer || isOther || !/^[\w.-]+(:\d+)?(\/[\w.~-]+)*$/.test(issuer)) {
      throw refusal(property, got, `of the form ${example}`, fix);
    }
    return new OidcIssuer(issuer);
  }

  private constructor(
    /** The host and path of the issuer, without the scheme. Can be a token. */
    public readonly value: string,
  ) {}

  /** The condition key for the audience of a token: `<issuer>:aud`. It is a CDK token if the issuer is one. */
  public get audienceKey(): string {
    return `${this.value}:aud`;
  }

  /** The condition key for the subject of a token: `<issuer>:sub`. It is a CDK token if the issuer is one. */
  public get subjectKey(): string {
    return `${this.value}:sub`;
  }

  /** The issuer as a string, without the scheme. */
  public toString(): string {
    return this.value;
  }
}
