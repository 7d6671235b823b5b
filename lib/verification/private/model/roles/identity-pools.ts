import { namesPool, poolsWithoutSignUp } from './user-pools';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { isSet, textOf } from '../../values/text-parts';
import { IdentityPool } from '../identities';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** Providers of which the templates do not show who gets an account. */
const OPEN_PROVIDERS = ['SupportedLoginProviders', 'OpenIdConnectProviderARNs'];

/**
 * The identity pools of Amazon Cognito.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-identitypool.html
 */
export function readIdentityPools(resources: StackResources): IdentityPool[] {
  const withoutSignUp = poolsWithoutSignUp(resources);
  return resources.ofType('AWS::Cognito::IdentityPool').map((pool) => ({
    id: pool.ref,
    hasGuests: isSet(pool.property('AllowUnauthenticatedIdentities')),
    hasSignUp: OPEN_PROVIDERS.some((name) => pool.property(name) !== undefined)
      || listOf(pool.property('CognitoIdentityProviders')).some((provider) => !withoutSignUp.some((users) => isOf(provider, users))),
  }));
}

/** Whether a provider is a user pool of the templates. */
function isOf(provider: Resolved, users: StackResource): boolean {
  const name = provider instanceof ResolvedMap ? textOf(provider.get('ProviderName')) : undefined;
  return name !== undefined && namesPool(name, users);
}
