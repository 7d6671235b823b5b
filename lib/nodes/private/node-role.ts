import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge, managedPolicyFinding } from '../../private/acknowledged-findings';
import { acknowledgeIpv6CniPolicy, CNI_IPV6_POLICY, CNI_POLICY, ipv6CniPolicy } from '../../private/cni-policies';
import { checkManagedPolicies } from '../../private/iam-names';
import { warnOfUnknownPolicies } from '../../private/unknown-managed-policies';

export interface NodeRoleProps {
  readonly ipFamily?: eks.IpFamily;
  /** Whether the add-on of the VPC CNI has a role, so that nodes need no policy for it. */
  readonly cniHasRole: boolean;
  readonly ssm: boolean;
  readonly managedPolicies: iam.IManagedPolicy[];
  readonly inlinePolicies?: { [name: string]: iam.PolicyDocument };
  readonly permissionsBoundary?: iam.IManagedPolicy;
}

/** The baseline: the policies that a node requires to join the cluster. @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
export const WORKER = 'AmazonEKSWorkerNodePolicy';
export const REGISTRY = 'AmazonEC2ContainerRegistryPullOnly';
/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html */
const SSM = 'AmazonSSMManagedInstanceCore';

/** Why nodes have these policies, for cdk-nag. */
const REASONS: { readonly [policy: string]: string } = {
  [WORKER]: 'Nodes require this policy to join the cluster.',
  [CNI_POLICY]: 'The VPC CNI requires this policy to assign IP addresses to pods, unless its add-on has a role.',
  [REGISTRY]: 'Nodes require this policy to pull images from Amazon ECR.',
  [SSM]: 'Session Manager requires this policy. The role does not have it if `ssm` is false.',
};

/** The role of the nodes of a nodegroup: the baseline, Session Manager, and the policies in the options. */
export function nodeRole(scope: Construct, id: string, props: NodeRoleProps): iam.Role {
  const { ipFamily, cniHasRole, ssm, managedPolicies, inlinePolicies, permissionsBoundary } = props;
  const ipv6 = !cniHasRole && ipFamily === eks.IpFamily.IP_V6;
  const hasRegistryPolicy = managedPolicies.some((policy) => managedPolicyName(scope, policy.managedPolicyArn)?.startsWith('AmazonEC2ContainerRegistry'));
  const own = [WORKER, ...(ipv6 || cniHasRole ? [] : [CNI_POLICY]), ...(hasRegistryPolicy ? [] : [REGISTRY]), ...(ssm ? [SSM] : [])];
  // the CDK attaches duplicates only once
  const all = [...own.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)), ...managedPolicies];
  checkManagedPolicies(scope, 'managedPolicies, including those that nodes require,', all);
  warnOfUnknownPolicies(scope, { managedPolicies, permissionsBoundary });
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: all,
    inlinePolicies: ipv6 || inlinePolicies ? { ...ipv6 && { [CNI_IPV6_POLICY]: ipv6CniPolicy(scope) }, ...inlinePolicies } : undefined,
    permissionsBoundary,
  });
  own.forEach((name) => acknowledge(role, managedPolicyFinding(name), REASONS[name]));
  if (ipv6 && !inlinePolicies) {
    acknowledgeIpv6CniPolicy(role);
  }
  return role;
}

/** The name of an AWS managed policy in any partition; undefined for another policy. */
export function managedPolicyName(scope: Construct, arn: unknown): string | undefined {
  return /:iam::aws:policy\/(?:[^"]{0,512}\/)?([\w+=,.@-]+)/.exec(JSON.stringify(Stack.of(scope).resolve(arn)))?.[1];
}
