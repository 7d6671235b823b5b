import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { refusal, refusalWithoutValue } from '../../private/errors';

type Json = { readonly [key: string]: any };

const LAMBDA = 'lambda.amazonaws.com';

/** The permissions that a function requires to write to its log group. */
export const writeTo = ({ logGroupArn }: logs.ILogGroup) => new iam.PolicyStatement({
  actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  resources: [logGroupArn],
});

/** The permissions that Lambda requires for a function in a VPC. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
export const manageNetworkInterfaces = () => new iam.PolicyStatement({
  actions: [
    'ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses',
  ],
  resources: ['*'],
});

/** An error if Lambda cannot assume the role. The trust policy of an imported role is unknown. */
export function trustErrors(role: iam.IRole): string[] {
  const { assumeRolePolicy } = role as iam.Role;
  const { Statement = [] } = Stack.of(role).resolve(assumeRolePolicy) ?? {};
  const services = Statement.filter(({ Effect }: Json) => Effect === 'Allow').flatMap(({ Principal }: Json) => Principal?.Service ?? []);
  if (!assumeRolePolicy || services.includes(LAMBDA)) {
    return [];
  }
  return [refusalWithoutValue('objectsFunction.role', `a role that trusts ${LAMBDA}`, `${role.node.path} does not`).message];
}

/** Lambda only accepts a role in the AWS account of the function. */
export function checkAccountOfRole(scope: IConstruct, role: iam.IRole): void {
  const { account } = Stack.of(scope);
  const [, roleAccount = account] = /^arn:[^:]+:iam::(\d{12}):/.exec(role.roleArn) ?? [];
  if (!Token.isUnresolved(account) && roleAccount !== account) {
    throw refusal('objectsFunction.role', role.roleArn, `in AWS account ${account}, the account of the cluster`);
  }
}
