import * as iam from 'aws-cdk-lib/aws-iam';
import { inCall } from '../private/errors';
import { checkNoOptions } from '../private/no-options';
import { checkType } from '../private/props/check-props';

const OTHER_PROVIDER = 'to use a provider of your own, pass it to OidcProvider.existing';

type ProviderSource = 'create' | 'existing' | 'alreadyInAccount' | 'none';

/**
 * The IAM OIDC provider of a cluster, with which IAM verifies the tokens of service accounts. An AWS account can have only one provider for each
 * issuer.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
 */
export class OidcProvider {
  /**
   * Creates the provider with CloudFormation. The deployment fails if the AWS account already has a provider for the issuer. If the app has several
   * constructs for one cluster, only one of them can create the provider.
   */
  public static create(): OidcProvider {
    checkNoOptions('OidcProvider.create', arguments, OTHER_PROVIDER);
    return new OidcProvider('create');
  }

  /**
   * Uses a provider that this app defines elsewhere or imports. If a role is in another AWS account than this provider, it trusts the provider for
   * the same issuer in its own account. The ARN of that provider is composed from the issuer.
   *
   * @param provider the provider. It must be for the issuer of the cluster, and accept the audience of the cluster.
   * @throws if it is not a provider.
   */
  public static existing(provider: iam.IOpenIdConnectProvider): OidcProvider {
    inCall('OidcProvider.existing', () => checkType('provider', 'aws-cdk-lib.aws_iam.IOpenIdConnectProvider', provider));
    return new OidcProvider('existing', provider);
  }

  /**
   * Uses the provider for the issuer that already exists in the AWS account of each role. Its ARN is composed from the issuer, so nothing is
   * created or looked up. If there is no such provider, pods get no credentials.
   */
  public static alreadyInAccount(): OidcProvider {
    checkNoOptions('OidcProvider.alreadyInAccount', arguments, OTHER_PROVIDER);
    return new OidcProvider('alreadyInAccount');
  }

  /** Uses no provider. Roles can be used only with EKS Pod Identity. */
  public static none(): OidcProvider {
    checkNoOptions('OidcProvider.none', arguments, OTHER_PROVIDER);
    return new OidcProvider('none');
  }

  private constructor(private readonly source: ProviderSource, private readonly provider?: iam.IOpenIdConnectProvider) {}

  /** How the cluster gets its provider, and the provider that was given. @internal */
  public get _definition(): { readonly source: ProviderSource; readonly provider?: iam.IOpenIdConnectProvider } {
    return { source: this.source, provider: this.provider };
  }
}
