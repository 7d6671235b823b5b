import { askedFunctions } from './asked-functions';
import { Program } from '../program';
import { ROLES } from '../roles/holder-kinds';
import { textsOfTrust } from '../roles/trust-texts';
import { namesPool, triggersOf } from '../roles/user-pools';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The functions that decide who signs in to a user pool of Amazon Cognito, or what the tokens of its users say, each with the roles that trust these users: whoever
 * changes the code of such a function might get these roles.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
export const readUserPoolTriggers = (resources: StackResources, functions: readonly Program[]): Program[] =>
  resources.ofType('AWS::Cognito::UserPool').flatMap((pool) => {
    const triggers = triggersOf(pool).flatMap((trigger) => askedFunctions(trigger, functions, pool));
    const roles = triggers.length > 0 ? resources.ofType(ROLES.type).filter((role) => trustsUsersOf(role, pool)) : [];
    return roles.flatMap((role) => triggers.map((one): Program => ({ ...one, startedBy: [], roleArn: role.attribute('Arn'), place: pool.place() })));
  });

/** An identity pool can have the users of any user pool. */
const trustsUsersOf = (role: StackResource, pool: StackResource): boolean =>
  textsOfTrust(role).some((text) => namesPool(text, pool) || text.toString().includes('cognito-identity.'));
