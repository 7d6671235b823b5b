import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { managedPolicyName, REGISTRY, WORKER } from './node-role';

/**
 * The policies that a node requires, and the AWS managed policies that include them. The VPC CNI can have its policy on its service account
 * instead.
 */
const NEEDED = [
  { policy: WORKER, allowedBy: /^AmazonEKSWorkerNode/ },
  { policy: REGISTRY, allowedBy: /^AmazonEC2ContainerRegistry/ },
];

/** The reasons why instances with this role cannot be nodes. The content of an imported role is unknown. */
export function unfitForNodes(role: iam.IRole): string[] {
  const resource = role.node.defaultChild;
  if (!(resource instanceof iam.CfnRole)) {
    return [];
  }
  const reasons = missingPolicies(role, resource).map((policy) => `does not have the managed policy ${policy}, which nodes require: attach it`);
  if (!trustsEc2(role, resource)) {
    reasons.unshift('does not trust ec2.amazonaws.com, which nodes require: add it to the trust policy');
  }
  return reasons.map((reason) => `nodeRole ${role.node.path} ${reason}`);
}

function trustsEc2(role: iam.IRole, resource: iam.CfnRole): boolean {
  const trust = Stack.of(role).resolve(resource.assumeRolePolicyDocument);
  return JSON.stringify(trust).includes('ec2.amazonaws.com');
}

/**
 * The managed policies that a node requires and the role does not have. Empty if the role has other policies, which could allow the same.
 */
function missingPolicies(role: iam.IRole, resource: iam.CfnRole): string[] {
  const arns: unknown[] = Stack.of(role).resolve(resource.managedPolicyArns) ?? [];
  const names = arns.map((arn) => managedPolicyName(role, arn));
  const hasOwnPolicies = names.includes(undefined) || resource.policies !== undefined || isNamedByPolicy(role, resource);
  if (hasOwnPolicies || names.includes('AdministratorAccess')) {
    return [];
  }
  return NEEDED.filter(({ allowedBy }) => !names.some((name) => allowedBy.test(name!))).map(({ policy }) => policy);
}

/** Whether a policy of the app refers to the role, instead of the role referring to the policy. */
function isNamedByPolicy(role: iam.IRole, resource: CfnResource): boolean {
  const stack = Stack.of(role);
  const reference = JSON.stringify({ Ref: stack.resolve(resource.logicalId) });
  return role.node.root.node.findAll().filter(isPolicy).some((policy) => {
    const roles = rolesOf(policy);
    return Stack.of(policy) === stack
      ? JSON.stringify(roles).includes(reference)
      : roles.some((given) => typeof given !== 'string'); // another stack refers to the role with a different token
  });
}

type Policy = iam.CfnPolicy | iam.CfnManagedPolicy | iam.CfnRolePolicy;

const isPolicy = (construct: IConstruct): construct is Policy =>
  construct instanceof iam.CfnPolicy || construct instanceof iam.CfnManagedPolicy || construct instanceof iam.CfnRolePolicy;

/** The roles that a policy refers to. */
function rolesOf(policy: Policy): unknown[] {
  const roles = policy instanceof iam.CfnRolePolicy ? [policy.roleName] : policy.roles;
  return Stack.of(policy).resolve(roles) ?? [];
}
