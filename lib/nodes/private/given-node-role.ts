import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { managedPolicyName, REGISTRY, WORKER } from './node-role';

/**
 * Why instances with a role of the caller's cannot be nodes, where that can be known: not of a role that is imported, nor of one with
 * policies of the caller's, which may say the same as those of AWS. The policy for the CNI may be that of its service account.
 */
export function unfitForNodes(role: iam.IRole): string[] {
  const resource = role.node.defaultChild;
  if (!(resource instanceof iam.CfnRole)) {
    return [];
  }
  const { assumeRolePolicyDocument, managedPolicyArns, policies } = resource;
  const trust = JSON.stringify(Stack.of(role).resolve(assumeRolePolicyDocument));
  return [
    ...trust.includes('ec2.amazonaws.com') ? [] : ['does not trust ec2.amazonaws.com, for which its instances run: let it'],
    ...policies || hasPoliciesElsewhere(role, resource) ? [] : missingPolicies(role, managedPolicyArns),
  ].map((reason) => `nodeRole ${role.node.path} ${reason}`);
}

function missingPolicies(role: iam.IRole, managedPolicyArns: unknown): string[] {
  const arns: unknown[] = Stack.of(role).resolve(managedPolicyArns) ?? [];
  const names = arns.map((arn) => managedPolicyName(role, arn));
  if (names.some((name) => name === undefined || name === 'AdministratorAccess')) {
    return [];
  }
  const lacks = (name: string, pattern: RegExp) => (names.some((given) => pattern.test(given!)) ? [] : [name]);
  return [...lacks(WORKER, /^AmazonEKSWorkerNode/), ...lacks(REGISTRY, /^AmazonEC2ContainerRegistry/)]
    .map((name) => `lacks ${name}, without which its instances cannot be nodes: attach it`);
}

/** Whether a policy names the role, instead of the role naming it. One in another stack names it by a token of its own. */
function hasPoliciesElsewhere(role: iam.IRole, resource: CfnResource): boolean {
  const name = JSON.stringify({ Ref: Stack.of(role).resolve(resource.logicalId) });
  return role.node.root.node.findAll().some((construct) => {
    if (!(construct instanceof iam.CfnPolicy || construct instanceof iam.CfnManagedPolicy || construct instanceof iam.CfnRolePolicy)) {
      return false;
    }
    const stack = Stack.of(construct);
    const roles = stack.resolve(construct instanceof iam.CfnRolePolicy ? [construct.roleName] : construct.roles) ?? [];
    return stack === Stack.of(role) ? JSON.stringify(roles).includes(name) : roles.some((given: unknown) => typeof given !== 'string');
  });
}
