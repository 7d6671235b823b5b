import { isReference, textOf } from '../../values/text-parts';
import { namesPool, poolsWithoutSignUp } from '../roles/user-pools';
import { StackResources } from '../stack-resources';
import { UserSource } from '../user-source';

/**
 * The identity providers of clusters. A user pool has no other users if nobody can sign up, and if it has no identity provider of its own.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html
 */
export function readUserSources(resources: StackResources): UserSource[] {
  const federated = resources.ofType('AWS::Cognito::UserPoolIdentityProvider').flatMap((provider) => textOf(provider.property('UserPoolId')) ?? []);
  const mayBeOfAny = federated.some((name) => name.literal === undefined && !isReference(name));
  const closed = mayBeOfAny ? [] : poolsWithoutSignUp(resources).filter((pool) => !federated.some((name) => namesPool(name, pool)));
  return resources.ofType('AWS::EKS::IdentityProviderConfig').flatMap((config) => {
    const cluster = config.cluster('ClusterName');
    const issuer = textOf(config.property('Oidc', 'IssuerUrl')) ?? config.ref;
    const pool = closed.find((one) => namesPool(issuer, one))?.attribute('Arn');
    return cluster ? [{ cluster, issuer, ...pool && { pool } }] : [];
  });
}
