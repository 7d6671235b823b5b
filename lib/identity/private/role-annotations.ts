import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { areRolesCustomized } from './customized-roles';
import { isDefinedHere } from './roles-of-this-app';
import { ROLE_ARN_ANNOTATION } from '../../kubernetes/contract/marks';
import { partsOf } from '../../private/intrinsics';
import { outermostStack } from '../../private/outermost-stack';
import { Audience } from '../audience';

/** The annotations that connect a service account to a role. */
export const annotationsFor = (roleArn: string, audience = Audience.DEFAULT): { [key: string]: string } =>
  ({ [ROLE_ARN_ANNOTATION]: roleArn, ...Audience.annotationFor(audience) });

/**
 * The ARN of a role as a literal. The ARN of a role in this app is a token even if its name is a literal, so it is composed.
 *
 * @throws if a part of the ARN is known only at deployment, and says what to set.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function literalArnOf(role: iam.IRole): string {
  const stack = Stack.of(role);
  const { account, region } = stack;
  const partition = isLiteral(region) ? RegionInfo.get(region).partition : undefined;
  const { node: { path } } = outermostStack(role);
  const environment = { [`env.account of stack ${path}`]: account, [`env.region of stack ${path}`]: partition };
  if (isDefinedHere(role)) {
    const { roleName, path: rolePath = '/' } = role.node.defaultChild as iam.CfnRole; // with what an aspect has changed
    checkLiterals({ ...environment, roleName, path: rolePath });
    return `arn:${partition}:iam::${account}:role${rolePath}${roleName}`;
  }
  const literals: { [name: string]: string | undefined } = { 'AWS::AccountId': account, 'AWS::Partition': partition };
  const parts = partsOf(stack.resolve(role.roleArn)).map((part) => (typeof part === 'string' ? part : literals[part.Ref]));
  const arn = parts.every(isLiteral) ? parts.join('') : '';
  if (!/:role\/./.test(arn)) { // the ARN of a role that iam.Role.customizeRoles only reports has no name
    checkLiterals({ ...environment, [areRolesCustomized(role) ? 'the name of the role in usePrecreatedRoles' : 'the ARN of the imported role']: undefined });
  }
  return arn;
}

function checkLiterals(values: { readonly [property: string]: string | undefined }): void {
  const missing = Object.entries(values).filter(([, value]) => !isLiteral(value)).map(([property]) => property);
  if (missing.length > 0) {
    throw new Error(`literalAnnotations need the ARN of the role when the app is synthesized: set ${missing.join(', ')} to ${missing.length === 1 ? 'a literal' : 'literals'}`);
  }
}

const isLiteral = (value?: string): value is string => value !== undefined && !Token.isUnresolved(value);
