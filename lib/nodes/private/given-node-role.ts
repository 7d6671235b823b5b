import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { managedPolicyName, REGISTRY, WORKER } from './node-role';

/** What a node needs, and the managed policies of AWS that allow it. The policy for the CNI may be that of its service account. */
const NEEDED = [
  { policy: WORKER, allowedBy: /^AmazonEKSWorkerNode/ },
  { policy: REGISTRY, allowedBy: /^AmazonEC2ContainerRegistry/ },
];

/** Why instances with a given role cannot be nodes. Nothing is known of a role that is imported. */
export function unfitForNodes(role: iam.IRole): string[] {
  const resource = role.node.defaultChild;
  if (!(resource instanceof iam.CfnRole)) {
    return [];
  }
  const reasons = missingPolicies(role, resource).map((policy) => `lacks ${policy}, without which its instances cannot be nodes: attach it`);
  if (!trustsEc2(role, resource)) {
    reasons.unshift('does not trust ec2.amazonaws.com, for which its instances run: let it');
  }
  return reasons.map((reason) => `nodeRole ${role.node.path} ${reason}`);
}

function trustsEc2(role: iam.IRole, resource: iam.CfnRole): boolean {
  const trust = Stack.of(role).resolve(resource.assumeRolePolicyDocument);
  return JSON.stringify(trust).includes('ec2.amazonaws.com');
}

/** The managed policies that a node needs and the role lacks: none where it has customer managed policies, which may allow the same. */
function missingPolicies(role: iam.IRole, resource: iam.CfnRole): string[] {
  const arns: unknown[] = Stack.of(role).resolve(resource.managedPolicyArns) ?? [];
  const names = arns.map((arn) => managedPolicyName(role, arn));
  const hasOwnPolicies = names.includes(undefined) || resource.policies !== undefined || isNamedByPolicy(role, resource);
  if (hasOwnPolicies || names.includes('AdministratorAccess')) {
    return [];
  }
  return NEEDED.filter(({ allowedBy }) => !names.some((name) => allowedBy.test(name!))).map(({ policy }) => policy);
}

/** Whether a policy of the app names the role, instead of the role naming the policy. */
function isNamedByPolicy(role: iam.IRole, resource: CfnResource): boolean {
  const stack = Stack.of(role);
  const reference = JSON.stringify({ Ref: stack.resolve(resource.logicalId) });
  return role.node.root.node.findAll().filter(isPolicy).some((policy) => {
    const roles = rolesOf(policy);
    return Stack.of(policy) === stack
      ? JSON.stringify(roles).includes(reference)
      : roles.some((given) => typeof given !== 'string'); // another stack names it by a token of its own
  });
}

type Policy = iam.CfnPolicy | iam.CfnManagedPolicy | iam.CfnRolePolicy;

const isPolicy = (construct: IConstruct): construct is Policy =>
  construct instanceof iam.CfnPolicy || construct instanceof iam.CfnManagedPolicy || construct instanceof iam.CfnRolePolicy;

/** The roles that a policy names. */
function rolesOf(policy: Policy): unknown[] {
  const roles = policy instanceof iam.CfnRolePolicy ? [policy.roleName] : policy.roles;
  return Stack.of(policy).resolve(roles) ?? [];
}
