import { CfnElement, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FunctionNetwork } from './function-network';
import { acknowledge, managedPolicyFinding, wildcardFinding } from '../../private/acknowledged-findings';

const LOGS = 'service-role/AWSLambdaBasicExecutionRole';
const NETWORK_INTERFACES = 'service-role/AWSLambdaVPCAccessExecutionRole';
const WRITES_LOGS = 'The function writes logs. This policy allows nothing else.';
const IS_IN_VPC = 'A function in a VPC requires permissions for its network interfaces, which do not exist before it runs.';

/** Acknowledges the policies that Lambda requires, on the role that the CDK creates for the function. */
export function acknowledgeHandlerPolicies(role: iam.IRole, { vpc }: FunctionNetwork): void {
  acknowledge(role, managedPolicyFinding(LOGS), WRITES_LOGS);
  if (vpc) {
    acknowledge(role, managedPolicyFinding(NETWORK_INTERFACES), IS_IN_VPC);
  }
}

/** Acknowledges the wildcard of `manageNetworkInterfaces` in the policy for a role that is given. */
export function acknowledgeNetworkInterfaces(policy: iam.Policy, { vpc }: FunctionNetwork): void {
  if (vpc) {
    acknowledge(policy, wildcardFinding('*'), IS_IN_VPC);
  }
}

/** Acknowledges what the provider framework of the CDK is allowed to do. */
export function acknowledgeFrameworkFindings(role: iam.IRole, handler: lambda.Function): void {
  acknowledge(role, managedPolicyFinding(LOGS), WRITES_LOGS);
  const logicalId = Stack.of(handler).resolve((handler.node.defaultChild as CfnElement).logicalId);
  acknowledge(role, wildcardFinding(`<${logicalId}.Arn>:*`), 'The provider framework may invoke each version of the function, and no other function.');
}
