import { Text } from '../../values/text';
import { isSet } from '../../values/text-parts';
import { StackResource, StackResources } from '../stack-resources';

/**
 * The user pools of Amazon Cognito in which nobody can sign up.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cognito-userpool-admincreateuserconfig.html
 */
export const poolsWithoutSignUp = (resources: StackResources): StackResource[] =>
  resources.ofType('AWS::Cognito::UserPool').filter((pool) => isSet(pool.property('AdminCreateUserConfig', 'AllowAdminCreateUserOnly')) === 'yes');

/** Whether the name or the URL of an identity provider contains that of a user pool. */
export const namesPool = (provider: Text, { ref }: Pick<StackResource, 'ref'>): boolean =>
  provider.unknowns.some(({ id }) => ref.unknowns.some((own) => own.id === id));
