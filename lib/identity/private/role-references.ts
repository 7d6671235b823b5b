import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { isDefinedHere } from './roles-of-this-app';

/**
 * Whether a stack can refer to the ARN of a role. In another environment, that requires a literal name, and the error of aws-cdk does not name
 * the property to set.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/resources.html#resource-physical-names
 */
export function canReferTo(stack: Stack, role: iam.IRole, roleArn = role.roleArn): boolean {
  if (stack.environment === Stack.of(role).environment || !isDefinedHere(role)) {
    return true;
  }
  try {
    stack.resolve(roleArn);
    return true;
  } catch {
    return false;
  }
}
