import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Audience } from '../../identity/audience';

/**
 * The native OIDC provider of a cluster, which accepts tokens for the audience only. It has no property for its client IDs.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
export function providerFor({ openIdConnectProvider }: eks.Cluster, audience: string): iam.IOpenIdConnectProvider {
  if (audience !== Audience.DEFAULT) {
    (openIdConnectProvider.node.defaultChild as iam.CfnOIDCProvider).clientIdList = [audience];
  }
  return openIdConnectProvider;
}
