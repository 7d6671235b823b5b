import { ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isReference, isSet, isText, textOf, textsIn } from '../../values/text-parts';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The user pools of Amazon Cognito in which nobody can sign up, nor sign in with another identity provider, which makes a user as well.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cognito-userpool-admincreateuserconfig.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html
 */
export function poolsWithoutSignUp(resources: StackResources): StackResource[] {
  const federated = resources.ofType('AWS::Cognito::UserPoolIdentityProvider').flatMap((provider) => textOf(provider.property('UserPoolId')) ?? []);
  const mayBeOfAny = federated.some((name) => name.literal === undefined && !isReference(name));
  return mayBeOfAny ? [] : resources.ofType('AWS::Cognito::UserPool').filter((pool) =>
    isSet(pool.property('AdminCreateUserConfig', 'AllowAdminCreateUserOnly')) === 'yes' && !federated.some((name) => namesPool(name, pool)));
}

/** Triggers that decide neither who signs in nor what a token says: they are told about it, write messages without the codes, or only refuse. */
const OTHERS = ['CustomMessage', 'KMSKeyID', 'PostAuthentication', 'PostConfirmation', 'PreAuthentication'];

/**
 * The functions that decide who signs in to a user pool, or what the tokens of its users say.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
export function triggersOf(pool: StackResource): Text[] {
  const config = pool.property('LambdaConfig');
  return config instanceof ResolvedMap ? config.entries.filter(([{ literal = '' }]) => !OTHERS.includes(literal)).flatMap(([, value]) => textsIn(value)) : textsIn(config);
}

const CLIENT_CREDENTIALS = 'client_credentials';

/**
 * The clients with which programs sign in to a user pool without a user, by a secret.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoint-oauth-grants.html
 */
export const clientsWithSecret = (pool: StackResource, resources: StackResources): StackResource[] => resources.ofType('AWS::Cognito::UserPoolClient').filter((client) => {
  const name = textOf(client.property('UserPoolId'));
  return name !== undefined && namesPool(name, pool) && isSet(client.property('GenerateSecret')) !== 'no'
    && textsIn(client.property('AllowedOAuthFlows')).some((flow) => isText(flow, CLIENT_CREDENTIALS) !== 'no');
});

/** Whether the name or the URL of an identity provider contains that of a user pool. */
export const namesPool = (provider: Text, { ref }: Pick<StackResource, 'ref'>): boolean =>
  provider.unknowns.some(({ id }) => ref.unknowns.some((own) => own.id === id));
