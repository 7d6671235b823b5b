import { listOf, ResolvedMap } from '../../values/resolved';
import { isSet, textOf } from '../../values/text-parts';
import { IdentityPool } from '../identities';
import { StackResource, StackResources } from '../stack-resources';

/**
 * The identity pools of Amazon Cognito.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-identitypool.html
 */
export function readIdentityPools(resources: StackResources): IdentityPool[] {
  const withSignUp = resources.ofType('AWS::Cognito::UserPool').filter((users) => isSet(users.property('AdminCreateUserConfig', 'AllowAdminCreateUserOnly')) !== 'yes');
  return resources.ofType('AWS::Cognito::IdentityPool').map((pool) => ({
    id: pool.ref,
    hasGuests: isSet(pool.property('AllowUnauthenticatedIdentities')),
    hasSignUp: pool.property('SupportedLoginProviders') !== undefined || withSignUp.some((users) => takesUsersOf(pool, users)),
  }));
}

function takesUsersOf(pool: StackResource, users: StackResource): boolean {
  const own = new Set([users.ref, users.attribute('ProviderName'), users.attribute('UserPoolId')].flatMap(({ unknowns }) => unknowns.map(({ id }) => id)));
  return listOf(pool.property('CognitoIdentityProviders')).some((provider) =>
    !(provider instanceof ResolvedMap) || textOf(provider.get('ProviderName'))?.unknowns.some(({ id }) => own.has(id)));
}
