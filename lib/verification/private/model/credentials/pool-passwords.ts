import { PasswordHolder } from './database-passwords';
import { distinct } from '../../values/distinct';
import { Text } from '../../values/text';
import { textsUnder } from '../../values/text-parts';
import { customResources } from '../deployment/custom-resources';
import { returnedCalls } from '../deployment/sdk-calls';
import { readGivenRoles } from '../roles/given-roles';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** Properties of an `AwsCustomResource` with its requests. */
const CALLS = ['Create', 'Update'];

/**
 * The roles of those who sign in to user pools of Amazon Cognito. Which user gets which role is not asked.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-scenarios.html#scenario-aws-and-user-pool
 */
export const rolesOfUsers = (resources: StackResources): Text[] =>
  distinct(readGivenRoles(resources).flatMap(({ roleArn, to }) => (to === 'users' || to === 'group' ? [roleArn] : [])));

/**
 * The passwords that the requests of an `AwsCustomResource` give to users.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html
 */
export function givenPasswords(resources: StackResources): PasswordHolder[] {
  const holderArns = rolesOfUsers(resources);
  return holderArns.length === 0 ? [] : customResources(resources).flatMap((resource) => passwordsIn(resource).map((password) =>
    ({ name: `password of a user in ${resource.logicalId}`, resource, path: CALLS, password, holderArns })));
}

/** The properties of a resource with such passwords, which only the function of aws-cdk gets. */
export const propertiesWithPasswords = (resource: StackResource): readonly string[] => (passwordsIn(resource).length > 0 ? CALLS : []);

const passwordsIn = (resource: StackResource): Text[] => returnedCalls(resource)
  .flatMap(({ action, parameters }) => (action?.startsWith('cognito-idp:') ? textsUnder(parameters, /Password$/) : []));
