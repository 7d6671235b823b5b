import { Fn, Token } from 'aws-cdk-lib';
import { refusal } from '../private/errors';

/**
 * The OIDC issuer of a cluster as IAM names it: without scheme, such as `oidc.eks.us-west-2.amazonaws.com/id/ABC123`.
 *
 * It is a token while the cluster is still to be made, and a literal for a cluster that exists.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export class OidcIssuer {
  /**
   * The issuer at a URL, as `DescribeCluster` gives it.
   *
   * @param url `https://` and the issuer; may be a token.
   * @throws if the URL is none of `https://`, or has a query, a fragment or a slash at its end.
   */
  public static fromUrl(url: string): OidcIssuer {
    if (Token.isUnresolved(url)) {
      return new OidcIssuer(Fn.select(1, Fn.split('//', url)));
    }
    const [, issuer] = /^https:\/\/(.*)$/.exec(url) ?? [];
    return OidcIssuer.literal('url', url, issuer, 'https://oidc.eks.us-west-2.amazonaws.com/id/ABC123');
  }

  /**
   * The issuer that an IAM OIDC provider stands for.
   *
   * @param arn the provider's ARN; may be a token.
   * @throws if the ARN is not one of an OIDC provider.
   */
  public static fromProviderArn(arn: string): OidcIssuer {
    if (Token.isUnresolved(arn)) {
      return new OidcIssuer(Fn.select(1, Fn.split(':oidc-provider/', arn)));
    }
    const [, issuer] = /^arn:[^:]+:iam::\d{12}:oidc-provider\/(.*)$/.exec(arn) ?? [];
    return OidcIssuer.literal('openIdConnectProviderArn', arn, issuer, 'arn:<partition>:iam::<account>:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/ABC123');
  }

  private static literal(property: string, got: string, issuer: string | undefined, example: string): OidcIssuer {
    if (!issuer || !/^[\w.-]+(:\d+)?(\/[\w.~-]+)*$/.test(issuer)) {
      throw refusal(property, got, `of the form ${example}`);
    }
    return new OidcIssuer(issuer);
  }

  private constructor(
    /** Host and path, without scheme. May be a token. */
    public readonly value: string,
  ) {}

  /** The condition key that holds whom a token is for, `<issuer>:aud`. A token where the issuer is one. */
  public get audienceKey(): string {
    return `${this.value}:aud`;
  }

  /** The condition key that holds who a pod is, `<issuer>:sub`. A token where the issuer is one. */
  public get subjectKey(): string {
    return `${this.value}:sub`;
  }

  /** The issuer, for use in a text. */
  public toString(): string {
    return this.value;
  }
}
