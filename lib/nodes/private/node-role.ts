import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkManagedPolicies } from '../../private/iam-names';

export interface NodeRoleProps {
  readonly ipFamily?: eks.IpFamily;
  readonly ssm: boolean;
  readonly managedPolicies: iam.IManagedPolicy[];
  readonly inlinePolicies?: { [name: string]: iam.PolicyDocument };
  readonly permissionsBoundary?: iam.IManagedPolicy;
}

/** The baseline: the policies that a node requires to join the cluster. @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
export const WORKER = 'AmazonEKSWorkerNodePolicy';
const CNI = 'AmazonEKS_CNI_Policy';
export const REGISTRY = 'AmazonEC2ContainerRegistryPullOnly';
/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html */
const SSM = 'AmazonSSMManagedInstanceCore';

/** The role of the nodes of a nodegroup: the baseline, Session Manager, and the policies in the options. */
export function nodeRole(scope: Construct, id: string, props: NodeRoleProps): iam.Role {
  const { ipFamily, ssm, managedPolicies, inlinePolicies, permissionsBoundary } = props;
  const ipv6 = ipFamily === eks.IpFamily.IP_V6;
  const hasRegistryPolicy = managedPolicies.some((policy) => managedPolicyName(scope, policy.managedPolicyArn)?.startsWith('AmazonEC2ContainerRegistry'));
  const own = [WORKER, ...ipv6 ? [] : [CNI], ...hasRegistryPolicy ? [] : [REGISTRY], ...ssm ? [SSM] : []];
  // the CDK attaches duplicates only once
  const all = [...own.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)), ...managedPolicies];
  checkManagedPolicies(scope, 'managedPolicies, including those that nodes require,', all);
  return new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: all,
    inlinePolicies: ipv6 || inlinePolicies ? { ...ipv6 && { AmazonEKS_CNI_IPv6_Policy: ipv6CniPolicy(scope) }, ...inlinePolicies } : undefined,
    permissionsBoundary,
  });
}

/** The name of an AWS managed policy in any partition; undefined for another policy. */
export function managedPolicyName(scope: Construct, arn: unknown): string | undefined {
  return /:iam::aws:policy\/(?:[^"]{0,512}\/)?([\w+=,.@-]+)/.exec(JSON.stringify(Stack.of(scope).resolve(arn)))?.[1];
}

/** There is no AWS managed policy for this. @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html#cni-iam-role-create-ipv6-policy */
function ipv6CniPolicy(scope: Construct): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        actions: ['ec2:AssignIpv6Addresses', 'ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeTags'],
        resources: ['*'],
      }),
      new iam.PolicyStatement({
        actions: ['ec2:CreateTags'],
        resources: [Stack.of(scope).formatArn({ service: 'ec2', region: '*', account: '*', resource: 'network-interface', resourceName: '*' })],
      }),
    ],
  });
}
